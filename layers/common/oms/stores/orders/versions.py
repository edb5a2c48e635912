"""The next version of an item of an order, as it is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from ...domain.model import fulfilment as fo
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.order import OrderState
from ...domain.model.payment import Payment
from ...domain.model.returns import Return
from ...domain.timeline import Entry, append
from ..dynamo.codec import encode, step_of_order
from ..dynamo.table import Item
from . import keys

V = TypeVar("V", OrderState, FulfilmentOrder, Payment, Return)


def part_row(part: FulfilmentOrder, entry: Entry, cause: str = "") -> tuple[FulfilmentOrder, Item]:
    """The part's next version and its row: in the work list of its node while it is open."""
    sk, extra = keys.part_sk(part.number), {}
    if part.status not in fo.TERMINAL and not part.digital:
        extra = {"gn": part.node, "at": part.assigned_at}
    return next_row(part.order_id, sk, part, entry, cause, due=part.due, **extra)


def entry_of(part: FulfilmentOrder, moved: Entry) -> Entry:
    """What a move means for one part: it ends, or it begins."""
    kind = moved.kind if part.version else "assign"
    return replace(moved, version=part.version + 1, kind=kind)


def next_row(
    order_id: str,
    sk: str,
    value: V,
    entry: Entry,
    cause: str,
    *,
    due: int | None = None,
    **extra: Any,
) -> tuple[V, Item]:
    """The next version of one item and how it is stored."""
    changes: dict[str, Any] = {"version": value.version + 1}
    if hasattr(value, "timeline"):
        changes["timeline"] = append(value.timeline, entry)
    after = replace(value, **changes)
    plain = encode(after)
    plain.pop("version")
    plain.pop("order_id", None)
    item = {
        "pk": keys.order_pk(order_id),
        "sk": sk,
        "v": after.version,
        "last": step_of_order(entry, cause),
        **extra,
        **plain,
    }
    if due is not None:
        item |= {"ds": keys.due_shard(order_id), "due": due}
    return after, item
