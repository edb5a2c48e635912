"""Customer service gives a part to a node of its choice: stock and rules are checked again.

A node that gave a line back is not asked for it until its refusal ends; `override` asks it all the
same, and says why on the timeline. It sets aside nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from ...domain.errors import NodeCannotServe, NotFound, OutOfStock, ValidationFailed
from ...domain.model import fulfilment as fo
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.network import Network
from ...domain.model.order import Order
from ...domain.model.plan import Plan
from ...domain.preparing import moving, steps
from ...domain.sourcing.vocabulary import BELOW_SAFETY, NO_STOCK, REJECTED_BEFORE
from ..preparing.command import PartCommand
from ..retrying import retrying
from ..sourcing.reading import Reading
from .deps import Rerouting
from .rehome_part import MoveReason, reading_of, rehome_part

ABOUT_STOCK = frozenset({NO_STOCK, BELOW_SAFETY})
NOT_IN_NETWORK = "NOT_IN_NETWORK"


def move_to_node(
    command: PartCommand, *, node: str, note: str, override: bool = False, deps: Rerouting
) -> FulfilmentOrder:
    """The part at its new node; asked again, the same one.

    Raises OutOfStock, NodeCannotServe (`reason`, `until`), IllegalTransition past acceptance,
    NotFound, ValidationFailed for an override without a note.
    """
    if override and not note.strip():
        raise ValidationFailed("an override says why", fields={"/note": "why the node is asked"})

    def attempt() -> FulfilmentOrder:
        order = deps.orders.get(command.order_id)
        part = order.part(command.number)
        if part is None:
            raise NotFound(f"order {order.id} has no part {command.number}")
        if done := _at_target(order, part, node):
            return done
        steps.check_version(part, command.version)
        moving.check_movable(order, part)
        chosen = _only(node, reading_of(order, deps))
        asked = _as_if_none_refused(order) if override else order
        said = f"override: {note}" if override else note
        choose = partial(_plan, asked, part, node, chosen)
        why = MoveReason(command.worker.actor, lambda _: said)
        return rehome_part(order, part, choose, chosen, orders=deps.orders, why=why)[0]

    return retrying(attempt)


def _at_target(order: Order, part: FulfilmentOrder, node: str) -> FulfilmentOrder | None:
    """The part that this very move led to before, or the part itself when it is there already."""
    if part.status == fo.ASSIGNED and part.node == node:
        return part
    found = [each for each in moving.successors(order, part) if each.node == node]
    return found[0] if found and len(part.successors) == 1 else None


def _only(node: str, reading: Reading) -> Reading:
    reading.config.node(node)
    found = tuple(each for each in reading.nodes if each.id == node)
    if not found:
        raise _refusal(node, NOT_IN_NETWORK)
    return replace(reading, nodes=found)


def _plan(
    order: Order, part: FulfilmentOrder, node: str, reading: Reading, network: Network
) -> Plan:
    """All of the part at this node, by the same fences and stock as any sourcing."""
    plan = reading.plan(order, part.lines, network)
    if not plan.unfilled:
        return plan
    why = next((each.excluded for each in plan.considered if each.node == node), "") or NO_STOCK
    if why in ABOUT_STOCK:
        raise OutOfStock(
            f"{node} has not all of it",
            fields={"/node": why},
            reason=why,
            missing=order.snapshot.per_sku(plan.unfilled),
        )
    refused = [e.thru for e in order.exclusions if e.line in part.lines and e.node == node]
    raise _refusal(node, why, max(refused) if why == REJECTED_BEFORE else 0)


def _as_if_none_refused(order: Order) -> Order:
    """Every refusal ends when it begins."""
    return replace(order, snapshot=replace(order.snapshot, exclude_for_s=0))


def _refusal(node: str, why: str, until: int = 0) -> NodeCannotServe:
    """`until`: epoch seconds from which it may be asked again, 0 where that is not known."""
    more = {"until": datetime.fromtimestamp(until, UTC).isoformat()} if until else {}
    said = f"{node} cannot take it: {why}"
    return NodeCannotServe(said, fields={"/node": why}, reason=why, **more)
