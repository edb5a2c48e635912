"""A cart's soft reservation: units held for a shopper who has not ordered yet (domain 3.9).

ACTIVE → COMMITTED | RELEASED | EXPIRED, as data in domain/lifecycle.py. Its row says who may use
the units and until when; the units themselves are entries "H<n>" in the stock items. Whoever moves
an entry (the order, or the release) wins it by a condition on the item, so they are given once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from .. import lifecycle
from ..errors import IllegalTransition
from ..limits.carts import MAX_RESERVATION_LIFE_S
from ..model.carriage import SHIP_TO_STORE
from ..model.demand import Demand
from ..model.kits import short_of, taken_apart
from ..model.node import PICKUP, SHIP
from ..model.plan import Plan
from ..model.product import Product
from ..model.promise import Promise
from ..model.rules import SourcingRules
from ..model.stock_location import MAIN, StockLocation
from ..sourcing.basket import line_of
from ..states import ReservationEvent, ReservationStatus

ACTIVE: Final = "ACTIVE"
COMMITTED: Final = "COMMITTED"
RELEASED: Final = "RELEASED"
EXPIRED: Final = "EXPIRED"


@dataclass(frozen=True, slots=True)
class CartItem:
    sku: str
    quantity: int
    kit: str = ""  # SKU of the kit that it is a component of


@dataclass(frozen=True, slots=True)
class Cart:
    """What to hold, for whom, how long. `key` is the storefront's own id of the cart: the same key
    is the same reservation. Country and position say where the goods go to; `node` is the store
    for PICKUP.
    """

    key: str
    channel: str
    lines: tuple[CartItem, ...]
    ttl_s: int
    method: str = SHIP
    service: str = "standard"
    node: str = ""
    country: str = ""
    lat: str = ""
    lon: str = ""
    day: str = ""  # ISO date of delivery that was named

    def taken_apart(self, products: Mapping[str, Product]) -> Cart:
        """With the components in place of the kits. Raises ValidationFailed: they are too many."""
        pieces = taken_apart(((line.sku, line.quantity) for line in self.lines), products)
        lines = tuple(CartItem(piece.sku, piece.quantity, piece.kit) for piece in pieces)
        return replace(self, lines=lines)

    @property
    def way(self) -> str:
        """How and where to: the promise is for this."""
        return way_of(self.method, self.service, self.node, self.country, self.day)

    def demand(self, products: Mapping[str, Product], rules: SourcingRules) -> Demand:
        lines = tuple(
            line_of(no, products[line.sku], line.quantity, kit=products.get(line.kit))
            for no, line in enumerate(self.lines, 1)
            if not products[line.sku].digital
        )
        return Demand(
            lines, self.country, self.lat, self.lon, self.method, self.service,
            node=self.node if self.method == PICKUP else "", max_parts=rules.most_parts,
            day=self.day,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeldUnits:
    """Units of a SKU that the cart holds at a node, and where there its entry lies."""

    sku: str
    node: str
    quantity: int
    location: StockLocation = MAIN


@dataclass(frozen=True, slots=True)
class Reservation:
    """`order` is the id of the order that it became, "" before."""

    id: str
    channel: str
    key: str
    lines: tuple[CartItem, ...]
    holds: tuple[HeldUnits, ...]
    created_at: int
    expires_at: int
    status: ReservationStatus = ACTIVE
    promise: Promise | None = None
    way: str = ""
    order: str = ""
    fingerprint: str = ""
    version: int = 0

    def usable(self, channel: str, now: int) -> bool:
        """Time decides, not whether the sweep has come round yet."""
        return self.status == ACTIVE and self.channel == channel and now < self.expires_at

    def holds_at(self, sku: str, node: str, location: StockLocation) -> bool:
        wanted = (sku, node, location)
        return any((held.sku, held.node, held.location) == wanted for held in self.holds)


def way_of(method: str, service: str, node: str, country: str, day: str) -> str:
    """Stores serve pickups whatever the service level is called."""
    if method == PICKUP and service != SHIP_TO_STORE:
        service = ""
    return ":".join((method, service, node, "" if method == PICKUP else country, day))


def kept(cart: Reservation, way: str, quantities: Mapping[str, int]) -> Promise | None:
    """The promise that was shown, for an order of the same goods by the same way."""
    wanted: dict[str, int] = {}
    for line in cart.lines:
        wanted[line.sku] = wanted.get(line.sku, 0) + line.quantity
    return cart.promise if cart.way == way and wanted == quantities else None


def held_by(plan: Plan, lines: tuple[CartItem, ...]) -> tuple[HeldUnits, ...]:
    """The plan of a basket, summed by place."""
    found: dict[tuple[str, str], int] = {}
    for part in plan.parts:
        for no, which in part.lines.items():
            at = (lines[no - 1].sku, part.node)
            found[at] = found.get(at, 0) + len(which)
    return tuple(HeldUnits(sku, node, quantity) for (sku, node), quantity in sorted(found.items()))


def missing_of(plan: Plan, lines: tuple[CartItem, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for no, which in plan.unfilled.items():
        sku = lines[no - 1].sku
        found[sku] = found.get(sku, 0) + len(which)
    return found


def kits_short(plan: Plan, lines: tuple[CartItem, ...]) -> dict[str, dict[str, int]]:
    """Kit → component → units that are missing."""
    each = ((lines[no - 1], len(which)) for no, which in plan.unfilled.items())
    return short_of((line.kit, line.sku, units) for line, units in each)


def extend(reservation: Reservation, now: int, ttl_s: int) -> Reservation:
    """The shopper is still there: `ttl_s` from now, never shorter than before, and not for ever.

    Raises IllegalTransition when it has ended.
    """
    if now >= reservation.expires_at:
        raise IllegalTransition("the reservation has run out", state=reservation.status)
    after = _step(reservation, "extend")
    longest = reservation.created_at + MAX_RESERVATION_LIFE_S
    return replace(after, expires_at=max(after.expires_at, min(now + ttl_s, longest)))


def end(reservation: Reservation, event: ReservationEvent, *, order: str = "") -> Reservation:
    """`event`: commit (with the order), release or expire. Raises IllegalTransition."""
    return replace(_step(reservation, event), order=order)


def _step(reservation: Reservation, event: ReservationEvent) -> Reservation:
    status = lifecycle.step(lifecycle.RESERVATION, reservation.status, event)
    return replace(reservation, status=status)
