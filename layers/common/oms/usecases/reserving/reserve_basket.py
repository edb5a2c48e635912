"""Hold a basket's stock for a while: plan as an order would be, claim softly, write the row.

Claims before the row, as for orders: a crash between leaves a claim that the orphan check frees.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from ...domain.errors import IdempotencyConflict, IllegalTransition, OutOfStock, ValidationFailed
from ...domain.ids import cart_claim, digest, reservation_id
from ...domain.limits.sourcing import MAX_CLAIM_RETRIES
from ...domain.model.channel import Channel
from ...domain.model.kits import unknown_in
from ...domain.model.network import Network
from ...domain.model.node import PICKUP, Node
from ...domain.model.plan import Plan
from ...domain.model.product import Product
from ...domain.model.stock_item import Movement
from ...domain.promising.promise import promise_of
from ...domain.reserving.reservation import (
    Cart,
    HeldUnits,
    Reservation,
    held_by,
    kits_short,
    missing_of,
)
from ...domain.sourcing.outlook import with_outlook
from ...domain.sourcing.source import source
from ...domain.stock import movements
from ...domain.timeline import Entry
from ..sourcing.reading import products_with_components
from ..sourcing.shortage import unsettled
from .deps import Reserving


@dataclass(frozen=True, slots=True)
class Reserved:
    reservation: Reservation
    created: bool


def reserve_basket(basket: Cart, *, actor: str, deps: Reserving) -> Reserved:
    """All of the basket or nothing. Asked again with the same key: the same reservation.

    Raises ValidationFailed, OutOfStock (`missing`), StockUnsettled (ask again), IdempotencyConflict
    (the key is of another basket), IllegalTransition (the key's reservation has ended).
    """
    config, reservations, now = deps.config, deps.reservations, deps.now
    config.warm(basket.channel, (line.sku for line in basket.lines))
    channel = config.channel(basket.channel)
    products = products_with_components([line.sku for line in basket.lines], config)
    desk = _Desk(basket, channel, config.nodes(channel), products, deps)
    desk.check()
    desk = replace(desk, basket=basket.taken_apart(products))
    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(reservations.find, desk.id)
        network = desk.network(consistent=False)
        stored = found.result()
    if stored:
        return Reserved(_same(stored, basket, now), created=False)
    wanted, made = _hold(desk, network, actor, fingerprint(basket))
    final = reservations.create(wanted, Entry(1, "reserve", now, actor))
    if final.holds != wanted.holds:  # a twin planned otherwise, and its row was first
        theirs = final.holds_at
        _undo([move for move in made if not theirs(move.sku, move.node, move.location)], deps)
    return Reserved(_same(final, basket, now), created=final == replace(wanted, version=1))


@dataclass(frozen=True, slots=True)
class _Desk:
    """What reserving one basket reads."""

    basket: Cart
    channel: Channel
    nodes: tuple[Node, ...]
    products: Mapping[str, Product]
    deps: Reserving

    @property
    def id(self) -> str:
        return reservation_id(self.basket.channel, self.basket.key)

    def check(self) -> None:
        """Raises ValidationFailed naming the fields."""
        basket, channel = self.basket, self.channel
        unknown = [bool(unknown_in(line.sku, self.products)) for line in basket.lines]
        wrong: Mapping[str, bool] = {
            "/delivery/method": basket.method not in channel.methods,
            "/delivery/service": basket.service not in channel.services,
            "/delivery/node": basket.method == PICKUP
            and not any(n.id == basket.node and PICKUP in n.methods for n in self.nodes),
        } | {f"/lines/{i}/sku": is_so for i, is_so in enumerate(unknown)}
        fields = {field: "not offered by the channel" for field, is_so in wrong.items() if is_so}
        if fields:
            raise ValidationFailed("the channel does not offer this", fields=fields)

    def network(self, *, consistent: bool) -> Network:
        every = [line.sku for line in self.basket.lines]
        skus = [sku for sku in every if not self.products[sku].digital]
        found = self.deps.stock.availability.network(
            skus, self.nodes, consistent=consistent, cart=self.id
        )
        days = self.deps.config.holidays(self.nodes, self.basket.country, self.deps.now)
        categories = {sku: self.products[sku].category for sku in skus}
        known = replace(found, holidays=days, categories=categories)
        return with_outlook(known, self.deps.config.outlook(), self.products, self.deps.now)

    def plan(self, network: Network) -> Plan:
        config = self.deps.config
        rules = config.rules(self.channel.profile)
        demand = self.basket.demand(self.products, rules)
        return source(demand, network, rules, config.services(), self.deps.now, first_part=1)

    def moves(self, holds: tuple[HeldUnits, ...], network: Network) -> list[Movement]:
        by_id, claim = {node.id: node for node in self.nodes}, cart_claim(self.id)
        found = [
            movements.soft_hold(
                claim, held.sku, held.node, held.quantity,
                safety=network.safety_at(by_id[held.node], held.sku, self.basket.method),
            )
            for held in holds
        ]  # fmt: skip
        return [
            replace(move, leaves=network.left((move.sku, move.node), move.quantity))
            for move in found
        ]


def _hold(
    desk: _Desk, network: Network, actor: str, wish: str
) -> tuple[Reservation, list[Movement]]:
    """The reservation to write and the claims this call made for it. `wish`: its fingerprint."""
    for _ in range(MAX_CLAIM_RETRIES):
        plan = desk.plan(network)
        if plan.unfilled:
            lines = desk.basket.lines
            missing = missing_of(plan, lines)
            not_yet = unsettled(missing, network, desk.deps.stock)
            raise not_yet or _short(missing, kits_short(plan, lines))
        holds = held_by(plan, desk.basket.lines)
        found = desk.deps.stock.claims.claim_each(movements.by(actor, desk.moves(holds, network)))
        made = [outcome.move for outcome in found if outcome.made]
        if not any(outcome.refused for outcome in found):
            pairs = zip(holds, found, strict=True)
            holds = tuple(replace(held, location=done.move.location) for held, done in pairs)
            return _reservation(desk, plan, holds, wish), made
        _undo(made, desk.deps)
        network = desk.network(consistent=True)
    missing = {line.sku: line.quantity for line in desk.basket.lines}
    raise unsettled(missing, network, desk.deps.stock) or _short(missing, {})


def _reservation(desk: _Desk, plan: Plan, holds: tuple[HeldUnits, ...], wish: str) -> Reservation:
    basket = desk.basket
    return Reservation(
        id=desk.id,
        channel=basket.channel,
        key=basket.key,
        lines=basket.lines,
        holds=holds,
        created_at=desk.deps.now,
        expires_at=desk.deps.now + basket.ttl_s,
        promise=promise_of(plan),
        way=basket.way,
        fingerprint=wish,
    )


def _same(stored: Reservation, basket: Cart, now: int) -> Reservation:
    wrong = {"/key": "already used"}
    if stored.fingerprint != fingerprint(basket):
        raise IdempotencyConflict("the key is of another basket", fields=wrong)
    if not stored.usable(basket.channel, now):
        status = stored.status
        raise IllegalTransition("this reservation has ended", fields=wrong, state=status)
    return stored


def fingerprint(basket: Cart) -> str:
    """The same for the same wish; for how long is no part of it."""
    lines = [f"{line.sku}={line.quantity}" for line in basket.lines]
    where = (basket.method, basket.service, basket.node, basket.country, basket.lat, basket.lon)
    named = (basket.day,) if basket.day else ()
    return digest("basket", *where, *named, *lines)


def _undo(made: list[Movement], deps: Reserving) -> None:
    for move in made:
        deps.stock.movements.move(movements.undo(move))


def _short(missing: dict[str, int], kits: dict[str, dict[str, int]]) -> OutOfStock:
    problem: dict[str, object] = {"missing": missing, **({"kits": kits} if kits else {})}
    return OutOfStock("not all of it can be held", fields=None, **problem)
