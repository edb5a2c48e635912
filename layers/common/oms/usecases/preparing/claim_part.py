"""A node claims an offered part: its stock and a place in its day first, then one conditional
write decides.
"""

from __future__ import annotations

from dataclasses import replace

from ...domain.errors import (
    LostRace,
    NodeCannotServe,
    NotFound,
    OutOfStock,
    ValidationFailed,
)
from ...domain.ids import claim_id
from ...domain.model import fulfilment as fo
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.stock_item import Movement
from ...domain.preparing import offering, steps
from ...domain.preparing.purchasing import is_purchase
from ...domain.stock import movements
from ...domain.timeline import Entry
from ...ports import ConfigReader, Orders, Stock, Worker
from ..retrying import retrying
from ..sourcing.reading import Reading
from ..sourcing.take_slot import TakenSlot, take_slot
from .command import PartCommand
from .deps import Preparing
from .move_part import sees


def claim_part(command: PartCommand, *, node: str, deps: Preparing) -> FulfilmentOrder:
    """`node` may be left out by who works at one of the nodes that see it.

    Raises IllegalTransition when another node was faster, OutOfStock when it is not there,
    NodeCannotServe when no day of the node has room.
    """

    orders, stock, worker = deps.orders, deps.stock, command.worker

    def attempt() -> FulfilmentOrder:
        part = offer_for(command.order_id, command.number, orders)
        at = _node_of(part, node, worker)
        if part.status != fo.OFFERED and part.node == at and _claimed(part):
            return part
        event, after = _claim(part, at, deps.config)
        steps.check_version(part, command.version)
        made: list[Movement] = []
        place = TakenSlot()
        if at != part.node:
            made = _held(part, at, stock, deps.config)
            place = _place(part, at, made, deps)
            after = replace(after, day=place.day)
        try:
            return orders.save_part(
                after, Entry(part.version + 1, event, deps.now, worker.actor, at)
            )
        except LostRace:
            if (
                orders.part(part.order_id, part.number).node != at
            ):  # else a twin of this call has it
                _undo(made, stock)
                place.give_back(stock)
            raise

    return retrying(attempt)


def offer_for(order_id: str, number: int, orders: Orders) -> FulfilmentOrder:
    """Raises the same NotFound for a part that does not exist and for one that is not seen."""
    try:
        return orders.part(order_id, number)
    except NotFound:
        raise NotFound("there is no such part at your node") from None


def _claim(part: FulfilmentOrder, node: str, config: ConfigReader) -> steps.Step:
    event, after = offering.claim(part, node)
    if node != part.node:
        after = replace(after, purchase=is_purchase(config.node(node), after))
    return event, after


def _claimed(part: FulfilmentOrder) -> bool:
    return any(entry.kind == "claim" for entry in part.timeline)


def _node_of(part: FulfilmentOrder, node: str, worker: Worker) -> str:
    """Raises NotFound for a node that does not see the offer, or is not the worker's."""
    if not part.offered:
        worker.may_work_at(part.node)
        return part.node
    seen_at = [each for each in part.offered if sees(each, worker)]
    if (node and node not in seen_at) or not seen_at:
        raise NotFound("there is no such part at your node")
    if not node and len(seen_at) > 1:
        raise ValidationFailed("say for which node", fields={"/node": "one of several"})
    return node or seen_at[0]


def _held(part: FulfilmentOrder, node: str, stock: Stock, config: ConfigReader) -> list[Movement]:
    """What this call claimed. Raises OutOfStock."""
    made, refused = stock.claims.claim_all(_moves(part, node, config))
    if refused:
        _undo(made, stock)
        raise OutOfStock(f"{node} has not all of it", missing={m.sku: m.quantity for m in refused})
    return made


def _place(part: FulfilmentOrder, node: str, made: list[Movement], deps: Preparing) -> TakenSlot:
    where = deps.config.node(node)
    if not where.daily_capacity:
        return TakenSlot()
    order = deps.orders.get(part.order_id)
    channel = deps.config.channel(order.snapshot.channel)
    reading = Reading(deps.stock, deps.config, channel, (where,), deps.now)
    try:
        return take_slot(order, part.number, part.lines, where, reading)
    except NodeCannotServe:
        _undo(made, deps.stock)
        raise


def _moves(part: FulfilmentOrder, node: str, config: ConfigReader) -> list[Movement]:
    claim, keeps = claim_id(part.order_id, part.number), config.node(node)
    return [
        movements.allocate(claim, sku, node, units, safety=keeps.safety_of(sku))
        for sku, units in part.by_sku.items()
    ]


def _undo(made: list[Movement], stock: Stock) -> None:
    for move in made:
        stock.movements.move(movements.undo(move))
