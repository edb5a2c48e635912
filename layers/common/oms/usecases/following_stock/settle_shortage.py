"""A count or a short pick found less than is promised: the last in line gives way (domain 3.4).

The case STOCK_SHORTAGE is open while available is below zero. Of the parts that the node has not
accepted, the one of lowest priority moves to other nodes that have it; its claim is released from
the stream, and the next change of the item looks again. What nobody else has stays, and so does
the case: a human decides. Runs from the stream, possibly twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...domain.errors import NotFound
from ...domain.ids import part_of_claim
from ...domain.limits.stock import MAX_AUDIT_CLAIMS
from ...domain.model import fulfilment as fo
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.network import Network
from ...domain.model.order import Order
from ...domain.model.plan import Plan
from ...domain.model.stock_item import ALLOCATED, StockItem, entry_quantity
from ...ports import Orders, Row, Stock
from ..rerouting.rehome_part import MoveReason, rehome_part
from ..sourcing.reading import Reading
from .deps import FollowingStock
from .settle_pages import recall_open

SHORTAGE = "STOCK_SHORTAGE"
ACTOR = "stock"
Holder = tuple[Order, FulfilmentOrder]


def follow_shortage(
    pk: str, sk: str, old: Row | None, new: Row | None, deps: FollowingStock
) -> str:
    """After a node's stock changed: less is available than is promised, or was until now."""
    kind, _, node = sk.partition("#")
    if kind != "NODE" or not any((row or {}).get("av", 0) < 0 for row in (old, new)):
        return ""
    return settle_shortage(pk.removeprefix("SKU#"), node, deps)


def settle_shortage(sku: str, node: str, deps: FollowingStock) -> str:
    """The order whose part moved, "" when none did. Raises LostRace."""
    item = _recalled(sku, node, deps.stock)
    if item is None:
        return ""
    if item.available >= 0:
        note = {"note": f"available is {item.available} again", "resolved_at": deps.now}
        deps.cases.close_case(sku, node, SHORTAGE, note)
        return ""
    reason = {"reason": "PROMISED_MORE_THAN_THERE_IS", "available": item.available}
    deps.cases.open_case(sku, node, SHORTAGE, {**reason, "at": deps.now, "by": ACTOR})
    holders = list(_holders(item, deps.orders))
    leaving = sum(_units(item, part) for _, part in holders if part.status in fo.LET_GO)
    if item.available + leaving >= 0:  # enough is on its way already
        return ""
    waiting = [each for each in holders if each[1].status == fo.ASSIGNED]
    for order, part in sorted(waiting, key=_last_in_line, reverse=True):
        if not order.state.cancel_reason and _moved_elsewhere(order, part, deps):
            return order.id
    return ""


def _recalled(sku: str, node: str, stock: Stock) -> StockItem | None:
    """The whole item. Of a hot SKU what nobody claimed yet comes back first: it is missing, and
    nobody is to buy it elsewhere.
    """
    main = stock.items.get(sku, node)
    if main is not None and main.available < 0:
        recall_open(main, stock.pages)
    return stock.items.whole(sku, node)


def _holders(item: StockItem, orders: Orders) -> Iterator[Holder]:
    """The parts that hold allocated units of the item, a bounded number of them."""
    claims = sorted(claim for claim, entry in item.claims.items() if entry.startswith(ALLOCATED))
    for claim in claims[:MAX_AUDIT_CLAIMS]:
        id, number = part_of_claim(claim)
        try:
            order = orders.get(id)
        except NotFound:
            continue
        part = order.part(number)
        if part is not None and part.node == item.node:
            yield order, part


def _units(item: StockItem, part: FulfilmentOrder) -> int:
    return entry_quantity(item.claims[f"{part.order_id}.{part.number}"])


def _last_in_line(holder: Holder) -> tuple[int, str, int, str]:
    """Served by priority, promise date, order date: the greatest comes last."""
    snapshot = holder[0].snapshot
    promise = snapshot.promise.deliver_by if snapshot.promise else ""
    return snapshot.priority, promise or "9999-12-31", snapshot.placed_at, snapshot.id


def _moved_elsewhere(order: Order, part: FulfilmentOrder, deps: FollowingStock) -> bool:
    """To other nodes, all of it or nothing."""
    channel = deps.config.channel(order.snapshot.channel)
    nodes = deps.config.nodes(channel)
    reading = Reading(deps.stock, deps.config, channel, nodes, deps.now)
    others = replace(reading, nodes=tuple(n for n in reading.nodes if n.id != part.node))

    def choose(network: Network) -> Plan | None:
        plan = others.plan(order, part.lines, network)
        return None if plan.unfilled or not plan.parts else plan

    why = MoveReason(ACTOR, lambda _: SHORTAGE)
    return bool(rehome_part(order, part, choose, others, orders=deps.orders, why=why))
