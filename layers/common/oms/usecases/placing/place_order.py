"""Accept an order: hold its stock, then write it. What is answered with yes is never short."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from ...domain.errors import OutOfStock
from ...domain.ids import order_id
from ...domain.model.channel import Channel
from ...domain.model.decision import (
    PLACED,
    decision_record,
    parts_with_decision,
    promise_with_decision,
)
from ...domain.model.kits import taken_apart
from ...domain.model.network import Network
from ...domain.model.node import DIGITAL
from ...domain.model.order import Order, OrderLine, OrderSnapshot, OrderState
from ...domain.model.plan import Plan
from ...domain.model.product import Product
from ...domain.model.promise import Promise
from ...domain.orders.deliverable import check, deliverable, holds_stock, schedule
from ...domain.orders.digital import kind_of
from ...domain.orders.intake import NewOrder
from ...domain.orders.pricing import price_order
from ...domain.promising.promise import overall
from ...domain.promising.work_day import slots_of
from ...domain.reserving.reservation import Reservation
from ...domain.timeline import Entry
from ..sourcing.hold_plan import hold_plan, release, set_of_claims
from ..sourcing.reading import Reading, with_components
from ..sourcing.shortage import refusal
from .beyond_stock import take_beyond_stock
from .deps import Placing
from .keep_promise import as_shown, held_to, with_cart

FIRST = 1  # number of the decision that placed the order


@dataclass(frozen=True, slots=True)
class Placed:
    snapshot: OrderSnapshot
    created: bool
    status: str = "RECEIVED"


def place_order(new: NewOrder, deps: Placing) -> Placed:
    """Raises ValidationFailed, OutOfStock (`missing`, `alternatives`), IdempotencyConflict."""
    config, orders = deps.config, deps.orders
    config.warm(new.channel, (line.sku for line in new.lines))
    channel = config.channel(new.channel)
    nodes = config.nodes(channel)
    products = config.products([line.sku for line in new.lines])
    asked = _asked(new, order_id(new.channel, new.external_id), channel, products, deps.now)
    reading = Reading(deps.stock, config, channel, nodes, deps.now, f"channel:{channel.id}")
    with ThreadPoolExecutor(3) as pool:
        cart = pool.submit(deps.reservations.find, new.reservation) if new.reservation else None
        kits = any(product.components for product in products.values())
        components = pool.submit(with_components, products, config) if kits else None
        known = pool.submit(orders.find, asked.id)
        found = reading.stocked(asked, consistent=False)
    if stored := known.result():  # whatever was configured since
        return Placed(orders.same(stored, asked), created=False)
    check(new, channel, nodes)
    if components:
        products = components.result()
    snapshot = _priced(asked, new, products, channel)
    network = reading.configured(found, snapshot, consistent=False)
    if cart:
        snapshot, network = _from_cart(cart.result(), snapshot, network, reading)
    held = _hold(snapshot, network, reading) if holds_stock(snapshot.holds) else snapshot
    if held.waiting and not channel.marketplace:
        _may_wait_for(held, network, reading, deps)
    final = orders.create(held, Entry(1, "placed", snapshot.placed_at, reading.actor))
    if final is not held:
        _give_back(held, final, reading)
    return Placed(final, created=final is held)


def _from_cart(
    cart: Reservation | None, snapshot: OrderSnapshot, network: Network, reading: Reading
) -> tuple[OrderSnapshot, Network]:
    """One that ran out, ended, or is another channel's gives no right: free stock has to do."""
    if cart is None or not cart.usable(reading.channel.id, reading.now):
        return replace(snapshot, reservation=""), network.without_held()
    known = with_cart(network, cart, snapshot.id, reading.stock)
    return as_shown(snapshot, cart), known


def _give_back(held: OrderSnapshot, final: OrderSnapshot, reading: Reading) -> None:
    """A twin was first: what it does not hold is free again."""
    release(set_of_claims(held) - set_of_claims(final), reading)
    mine, theirs = (slots_of(each.id, each.planned) for each in (held, final))
    reading.stock.days.give_back(slot for slot in mine if slot not in theirs)


def _may_wait_for(held: OrderSnapshot, network: Network, reading: Reading, deps: Placing) -> None:
    """Raises OutOfStock, having given back what was claimed, when a cap is reached."""
    products = reading.config.products([line.sku for line in held.lines])
    order = Order(held, OrderState())
    try:
        take_beyond_stock(
            order, held.waiting, network, products, backorders=deps.backorders, now=deps.now
        )
    except OutOfStock:
        release(set_of_claims(held), reading)
        reading.stock.days.give_back(slots_of(held.id, held.planned))
        raise


def _asked(
    new: NewOrder, id: str, channel: Channel, products: Mapping[str, Product], now: int
) -> OrderSnapshot:
    """What is wanted of which SKU: all that reading stock takes. Its lines have no price yet."""
    pieces = taken_apart(((line.sku, line.quantity) for line in new.lines), products)
    kinds = [kind_of(products.get(at.sku), service=new.lines[at.no - 1].service) for at in pieces]
    return OrderSnapshot(
        id=id,
        channel=channel.id,
        external_id=new.external_id,
        placed_at=new.placed_at or now,
        currency=new.currency,
        customer=new.customer,
        lines=tuple(
            OrderLine(no, at.sku, at.quantity, 0, digital=kind)
            for no, (at, kind) in enumerate(zip(pieces, kinds, strict=True), 1)
        ),
        grand_total=0,
        shipping=new.shipping,
        means=new.means,
        method=new.method,
        service=new.service,
        node=new.node,
        day=new.day,
        ship_to=new.ship_to,
        fingerprint=new.fingerprint,
        promise=new.promise,
        priority=channel.priority,
        max_attempts=channel.max_attempts,
        exclude_for_s=channel.exclude_for_s,
        reservation=new.reservation,
        number=new.number,
        note=new.note,
        gift_message=new.gift_message,
    )


def _priced(
    asked: OrderSnapshot, new: NewOrder, products: Mapping[str, Product], channel: Channel
) -> OrderSnapshot:
    """With its money frozen; `products` with the components of kits. Raises ValidationFailed."""
    foreign = bool(channel.marketplace)
    priced = price_order(new, products, foreign=foreign)
    priced = deliverable(new, priced, foreign=foreign, sms=channel.sms)
    return replace(
        asked,
        lines=priced.lines,
        grand_total=priced.grand_total,
        shipping=priced.shipping,
        holds=priced.holds,
    )


def _hold(snapshot: OrderSnapshot, network: Network, reading: Reading) -> OrderSnapshot:
    """Plan and claim. Raises OutOfStock, StockUnsettled."""
    order = Order(snapshot, OrderState())

    def choose(known: Network) -> Plan:
        plan = reading.plan(order, order.open, known)
        if plan.unfilled and not may_wait(reading.channel, snapshot):
            raise refusal(order, plan.unfilled, known, reading)
        return plan

    held = hold_plan(order, reading, choose, network)
    if held.plan is None:
        raise refusal(order, order.open, held.network, reading)
    return _with_plan(order, held.plan, held.network, reading)


def _with_plan(order: Order, plan: Plan, network: Network, reading: Reading) -> OrderSnapshot:
    snapshot = order.snapshot
    parts = held_to(plan.parts, snapshot) if snapshot.reservation else plan.parts
    promise = promise_with_decision(_promise(order, plan, network, reading), FIRST)
    return replace(
        snapshot,
        planned=parts_with_decision(parts, FIRST),
        waiting=plan.unfilled,
        holds=(*snapshot.holds, *schedule(snapshot, plan.parts, reading.nodes, reading.now)),
        promise=snapshot.promise or promise,
        strategy=plan.how,
        decision=decision_record(plan, FIRST, reading.now, PLACED),
    )


def may_wait(channel: Channel, snapshot: OrderSnapshot) -> bool:
    """Orders that another channel sold already are kept whatever the stock; what comes later than
    the day that was named is not wanted.
    """
    return (channel.backorder and not snapshot.day) or bool(channel.marketplace)


def _promise(order: Order, plan: Plan, network: Network, reading: Reading) -> Promise | None:
    """One promise for all parts; None when part of it waits for stock nobody expects yet. Digital
    lines are there long before the others.
    """
    goods = [part for part in plan.parts if part.node != DIGITAL]
    found = [part.promise for part in (goods if goods or plan.unfilled else plan.parts)]
    if plan.unfilled:
        found.append(reading.later(order, plan.unfilled, network))
    known = [promise for promise in found if promise]
    return overall(known) if len(known) == len(found) else None
