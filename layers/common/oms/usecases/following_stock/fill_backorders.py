"""Arriving stock goes to waiting demand: by priority, promise date, order date.

It takes a place in the first day of the node that has room; while there is none, it waits on.

One consumer per SKU at a time (the stream keeps the order of an item's changes), claims before
plans: a crash leaves a claim that the next run or the orphan check finds.
"""

from __future__ import annotations

from dataclasses import replace

from ...domain.errors import LostRace, NodeCannotServe, OutOfStock
from ...domain.ids import claim_id
from ...domain.model import order as o
from ...domain.model import units
from ...domain.model.decision import arrival_decision_record
from ...domain.model.node import Node
from ...domain.model.order import Order
from ...domain.model.plan import PlannedPart
from ...domain.model.stock_item import StockItem
from ...domain.model.stock_location import MAIN
from ...domain.model.units import LineUnits, minus
from ...domain.orders.progress import still_waiting
from ...domain.stock import movements
from ...domain.stock.availability import feed_is_fresh
from ...domain.timeline import Entry
from ...ports import ConfigReader, Orders
from ..sourcing.reading import Reading
from ..sourcing.take_slot import TakenSlot, take_slot
from .deps import FollowingStock

ACTOR = "stock"


def fill_backorders(sku: str, node_id: str, deps: FollowingStock) -> list[str]:
    """Order ids that were given units of `sku` at `node_id`."""
    stock, config, now = deps.stock, deps.config, deps.now
    node = config.node(node_id)
    served = []
    for row in stock.waiting.of_sku(sku):
        item = stock.items.get(sku, node_id)
        current = item is not None and feed_is_fresh(node, item.fed_at, now)
        order = deps.orders.get(row["order"])
        kept = _kept_back(node, item, order, config) if item else 0
        free = item.available - kept if item and current and node.sells else 0
        if free <= 0:
            break
        serving = config.channel(order.snapshot.channel).nodes or (node.id,)
        lines = _wanted(order, sku, node, free, now) if node.id in serving else {}
        if not lines:
            if not order.state.waiting or order.state.status == o.CANCELLED:
                stock.waiting.drop(order)
            continue
        channel = config.channel(order.snapshot.channel)
        reading = Reading(stock, config, channel, (node,), now, ACTOR)
        try:
            if _allocate(order, sku, lines, kept, reading, deps.orders):
                served.append(order.id)
        except NodeCannotServe:  # nobody else finds a day there either
            break
    return served


def _kept_back(node: Node, item: StockItem, order: Order, config: ConfigReader) -> int:
    """Safety stock of the node for the order's method."""
    product = config.products([item.sku]).get(item.sku)
    category = product.category if product else ""
    method = order.snapshot.method
    return node.safety_of(item.sku, category=category, method=method, on_hand=item.on_hand)


def fill_backorders_everywhere(sku: str, deps: FollowingStock) -> list[str]:
    """Demand that began to wait: stock may have arrived while nobody waited yet."""
    served = []
    for item in deps.stock.items.of_sku(sku):
        if item.available > 0:
            served += fill_backorders(sku, item.node, deps)
    return served


def _wanted(order: Order, sku: str, node: Node, free: int, now: int) -> dict[int, frozenset[int]]:
    """The waiting units of this SKU that the node may serve, up to `free`."""
    snapshot = order.snapshot
    if order.state.cancel_reason or snapshot.method not in node.methods or not node.online:
        return {}
    if snapshot.node and snapshot.node != node.id:
        return {}
    found: dict[int, frozenset[int]] = {}
    for no, still in sorted(still_waiting(order).items()):
        if snapshot.line(no).sku != sku or node.id in order.refused_by(no, now):
            continue
        take = units.first(still, min(len(still), free))
        free -= len(take)
        if take:
            found[no] = take
    return found


def _allocate(
    order: Order, sku: str, lines: LineUnits, kept: int, reading: Reading, orders: Orders
) -> bool:
    """Claim, then plan the part on STATE; the order's execution goes on from there.

    Raises NodeCannotServe when no day of the node has room, LostRace; nothing is held then.
    """
    stock, (node,) = reading.stock, reading.nodes
    number = order.next_part
    quantity = sum(len(which) for which in lines.values())
    claim = claim_id(order.id, number)
    try:
        move = movements.allocate(claim, sku, node.id, quantity, safety=kept)
        outcome = stock.claims.allocate(replace(move, actor=ACTOR))
    except OutOfStock:
        return False
    place, where = TakenSlot(), outcome.move.location
    locations = {} if where == MAIN else {sku: where}
    try:
        place = take_slot(order, number, lines, node, reading)
        promise = order.snapshot.promise
        part = PlannedPart(number, node.id, lines, promise, locations=locations, day=place.day)
        saved = _planned(order, part, f"{sku}@{node.id}", reading.now, orders)
    except (LostRace, NodeCannotServe):
        if outcome.made:  # else whoever won may be living on it
            stock.movements.move(movements.undo(outcome.move))
        place.give_back(stock)
        raise
    stock.waiting.drop(order)
    if saved.state.waiting:
        stock.waiting.put(saved, reading.now)
    return True


def _planned(order: Order, part: PlannedPart, note: str, now: int, orders: Orders) -> Order:
    state = order.state
    left = minus(state.waiting, part.lines)
    following = replace(state, planned=(*order.planned, part), waiting=left)
    decided = arrival_decision_record(part, sum(map(len, left.values())), order.next_decision, now)
    entry = Entry(state.version + 1, "fill_backorder", now, ACTOR, note)
    return replace(order, state=orders.save_state(order, following, entry, decided=decided))
