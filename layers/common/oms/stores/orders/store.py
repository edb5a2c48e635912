"""Orders: everything under one order's partition. One conditional put per transition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...domain.errors import IdempotencyConflict, NotFound, ValidationFailed
from ...domain.limits.orders import PAYMENT_ANSWER_WITHIN_S
from ...domain.model.decision import DecisionRecord
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.order import Order, OrderSnapshot, OrderState
from ...domain.model.order_change import OrderChange
from ...domain.model.payment import PENDING, Payment
from ...domain.model.returns import Return
from ...domain.orders.progress import next_check_at
from ...domain.timeline import Entry
from ..dynamo.codec import encode, step_of_order
from ..dynamo.table import MAX_BATCH_GET, Item, Table
from . import keys
from .rows import assemble, change_row, current, decision_row, part_of, snapshot_of, state_of
from .small_rows import SmallRows
from .versions import V, entry_of, next_row, part_row


class OrderStore(SmallRows):
    def __init__(self, table: Table) -> None:
        self.table = table

    # --- reading -------------------------------------------------------------------------

    def get(self, order_id: str, *, consistent: bool = True) -> Order:
        """The whole order in one Query; raises NotFound."""
        items = self.table.query(keys.order_pk(order_id), consistent=consistent)
        if not any(item["sk"] == keys.SNAPSHOT for item in items):
            raise NotFound(f"there is no order {order_id}")
        return assemble(items)

    def find(self, order_id: str) -> OrderSnapshot | None:
        item = self.table.get(keys.order_pk(order_id), keys.SNAPSHOT)
        return snapshot_of(item) if item else None

    def ids_of_customer(
        self, channel: str, customer: str, *, limit: int, start: Item | None
    ) -> tuple[list[str], Item | None]:
        """Order ids, newest first, and where the next page starts.

        Raises ValidationFailed when `start` is of another customer's list.
        """
        customer_key = keys.customer_key(channel, customer)
        items, following = self.table.page(
            keys.BY_CUSTOMER,
            "cu = :cu",
            {":cu": customer_key},
            limit=limit,
            start=_own_start(start, customer_key),
            newest_first=True,
        )
        return [keys.order_of(item["pk"]) for item in items], following

    def part_ids_of_node(
        self, node: str, *, limit: int, start: Item | None
    ) -> tuple[list[tuple[str, int]], Item | None]:
        """Open parts of a node as (order id, part number), oldest first."""
        items, following = self.table.page(
            keys.BY_NODE, "gn = :gn", {":gn": node}, limit=limit, start=start
        )
        found = [(keys.order_of(i["pk"]), int(i["sk"].split("#")[1])) for i in items]
        return list(dict.fromkeys(found)), following

    def shards(self) -> list[str]:
        return keys.due_shards()

    def due(self, shard: str, now: int, *, limit: int) -> list[tuple[str, str]]:
        """(order id, sort key) of what is due in one shard, longest overdue first."""
        items, _ = self.table.page(
            keys.BY_DUE, "ds = :ds AND due <= :now", {":ds": shard, ":now": now}, limit=limit
        )
        return [(keys.order_of(item["pk"]), item["sk"]) for item in items]

    def part(self, order_id: str, number: int) -> FulfilmentOrder:
        item = self.table.get(keys.order_pk(order_id), keys.part_sk(number))
        if not item:
            raise NotFound(f"order {order_id} has no part {number}")
        return part_of(item)

    def work(self, ids: Sequence[tuple[str, int]]) -> list[tuple[FulfilmentOrder, OrderSnapshot]]:
        rows: dict[tuple[str, str], Item] = {}
        size = MAX_BATCH_GET // 3
        for at in range(0, len(ids), size):
            rows |= self.table.batch_get(
                (keys.order_pk(order_id), sk)
                for order_id, number in ids[at : at + size]
                for sk in (keys.part_sk(number), keys.SNAPSHOT, keys.STATE)
            )
        found = [(keys.order_pk(order_id), keys.part_sk(number)) for order_id, number in ids]
        return [
            (part_of(rows[key]), _now(rows, key[0]))
            for key in found
            if key in rows and (key[0], keys.SNAPSHOT) in rows
        ]

    def same(self, stored: OrderSnapshot, asked: OrderSnapshot) -> OrderSnapshot:
        return same_order(stored, asked)

    # --- writing: one item each ------------------------------------------------------------

    def create(self, snapshot: OrderSnapshot, entry: Entry) -> OrderSnapshot:
        """Accept the order. Delivered again: the stored one; raises IdempotencyConflict when the
        same key names a different order.
        """
        item = {
            "pk": keys.order_pk(snapshot.id),
            "sk": keys.SNAPSHOT,
            "v": 1,
            "cu": keys.customer_key(snapshot.channel, snapshot.customer.id),
            "at": snapshot.placed_at,
            "last": step_of_order(entry),
            "tl": [encode(entry)],
            **encode(snapshot),
        }
        if self.table.put_if_absent(item):
            return snapshot
        stored = self.find(snapshot.id)
        assert stored is not None
        return same_order(stored, snapshot)

    def save_state(
        self,
        order: Order,
        state: OrderState,
        entry: Entry,
        cause: str = "",
        decided: DecisionRecord | None = None,
    ) -> OrderState:
        due = next_check_at(order, state, entry.at)
        further = [decision_row(order.id, decided)] if decided else []
        return self._save(order.id, keys.STATE, state, entry, cause, further, due=due)

    def save_part(self, part: FulfilmentOrder, entry: Entry, cause: str = "") -> FulfilmentOrder:
        after, item = part_row(part, entry, cause)
        self.table.put(item, expected_version=part.version)
        return after

    def supersede(
        self,
        order: Order,
        state: OrderState,
        part: FulfilmentOrder,
        successors: Sequence[FulfilmentOrder],
        entry: Entry,
        decided: DecisionRecord,
    ) -> tuple[FulfilmentOrder, ...]:
        due = next_check_at(order, state, entry.at)
        _, first = next_row(order.id, keys.STATE, state, entry, "", due=due)
        rows = [part_row(each, entry_of(each, entry)) for each in (part, *successors)]
        before = [state.version, part.version, *(each.version for each in successors)]
        items = [first, *(item for _, item in rows)]
        why = (decision_row(order.id, decided), 0)
        self.table.put_all([*zip(items, before, strict=True), why])
        return tuple(after for after, _ in rows[1:])

    def save_change(
        self,
        order: Order,
        state: OrderState,
        parts: Sequence[tuple[str, FulfilmentOrder]],
        change: OrderChange,
        entry: Entry,
    ) -> Order:
        due = next_check_at(order, state, entry.at)
        after, first = next_row(order.id, keys.STATE, state, entry, entry.note, due=due)
        moved = [
            part_row(part, replace(entry, version=part.version + 1, kind=event), entry.note)
            for event, part in parts
        ]
        items = [(item, part.version) for (_, item), (_, part) in zip(moved, parts, strict=True)]
        why = (change_row(order.id, change), 0)
        self.table.put_all([(first, state.version), *items, why])
        now = {part.number: part for part, _ in moved}
        return replace(
            order,
            snapshot=current(order.snapshot, after),
            state=after,
            parts=tuple(now.get(part.number, part) for part in order.parts),
            changes=(*order.changes, change),
        )

    def save_payment(
        self, order_id: str, payment: Payment, entry: Entry, cause: str = ""
    ) -> Payment:
        due = payment.due or entry.at + PAYMENT_ANSWER_WITHIN_S
        after = replace(payment, due=due if payment.status == PENDING else None)
        sk = keys.payment_sk(payment.number)
        return self._save(order_id, sk, after, entry, cause, due=after.due)

    def save_return(self, ret: Return, entry: Entry, cause: str = "") -> Return:
        sk = keys.return_sk(ret.number)
        return self._save(ret.order_id, sk, ret, entry, cause, due=ret.due)

    def _save(
        self,
        order_id: str,
        sk: str,
        value: V,
        entry: Entry,
        cause: str,
        further: Sequence[Item] = (),
        *,
        due: int | None = None,
    ) -> V:
        """Put the next version of one item; raises LostRace when somebody was faster.

        Rows `beside` are new ones: they are there when this version is, and only then.
        """
        after, item = next_row(order_id, sk, value, entry, cause, due=due)
        if further:
            self.table.put_together(item, value.version, further)
        else:
            self.table.put(item, expected_version=value.version)
        return after


def _now(rows: Mapping[tuple[str, str], Item], pk: str) -> OrderSnapshot:
    agreed, state = snapshot_of(rows[pk, keys.SNAPSHOT]), rows.get((pk, keys.STATE))
    return current(agreed, state_of(state)) if state else agreed


def _own_start(start: Item | None, customer_key: str) -> Item | None:
    if start and (set(start) != {"pk", "sk", "cu", "at"} or start["cu"] != customer_key):
        wrong = {"/cursor": "not a cursor of this list"}
        raise ValidationFailed("the cursor is not valid", fields=wrong)
    return start


def same_order(stored: OrderSnapshot, asked: OrderSnapshot) -> OrderSnapshot:
    if (stored.channel, stored.external_id) != (asked.channel, asked.external_id):
        raise IdempotencyConflict("order id collision", order_id=stored.id)
    if stored.fingerprint != asked.fingerprint:
        raise IdempotencyConflict(
            f"order {stored.external_id} of channel {stored.channel} exists with other contents",
            fields={"/external_id": "already used for a different order"},
            order_id=stored.id,
        )
    return stored
