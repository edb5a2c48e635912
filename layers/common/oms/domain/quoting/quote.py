"""What a shopper asks before ordering, and the delivery options that answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ..model.carriage import SHIP_TO_STORE
from ..model.node import PICKUP
from ..model.promise import Promise
from ..promising.promise import HIGH, LOW, epoch

DEFAULT_RADIUS_KM, MAX_RADIUS_KM = 50, 500
MAX_STORES = 50  # nearest stores looked into
MAX_STORE_OPTIONS = 10  # of them shown
MAX_TO_STORE = 5  # nearest stores that goods are offered to be carried to

assert MAX_STORE_OPTIONS <= MAX_STORES
_NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class QuoteLine:
    sku: str
    quantity: int


@dataclass(frozen=True, slots=True)
class QuoteRequest:
    """`node` is a store asked for by name; others are offered within the radius of the place.

    Without a `country` nothing is shipped; `day` is the ISO date of delivery that was named.
    `reservation` is what the cart holds already, which is there for it.
    """

    channel: str
    lines: tuple[QuoteLine, ...]
    country: str
    lat: str = ""
    lon: str = ""
    radius_km: int = DEFAULT_RADIUS_KM
    node: str = ""
    day: str = ""
    reservation: str = ""


@dataclass(frozen=True, slots=True)
class Substitute:
    """Another product that could be had instead, all of it."""

    sku: str
    name: str
    promise: Promise


@dataclass(frozen=True, slots=True)
class Option:
    """One way to get the goods.

    `promise` is for what is there now, `missing` (SKU → units) is not; `kits` says which kits lack
    it (kit → component → units), `backorder` when it could come, `substitutes` (SKU → others) what
    could be had instead. `price` in minor units, None when unknown. `days` are the ISO dates that
    may be named.
    """

    method: str
    service: str
    node: str = ""
    node_name: str = ""
    distance_km: int | None = None
    promise: Promise | None = None
    price: int | None = None
    parts: int = 0
    missing: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    kits: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    backorder: Promise | None = None
    alternatives: tuple[str, ...] = ()
    substitutes: Mapping[str, tuple[Substitute, ...]] = field(default_factory=dict)
    days: tuple[str, ...] = ()
    reason: str = ""  # TOO_HEAVY: no carrier takes one of the pieces as a parcel

    @property
    def id(self) -> str:
        if self.service == SHIP_TO_STORE:
            return f"SHIP_TO_STORE:{self.node}"
        return f"{self.method}:{self.node if self.method == PICKUP else self.service}"

    @property
    def available(self) -> bool:
        return self.promise is not None and not self.missing

    def order_within_s(self, now: int) -> int | None:
        """Seconds left to order and keep the promise; None when it does not say."""
        if self.promise is None or not self.promise.cutoff:
            return None
        return max(0, epoch(self.promise.cutoff) - now)


@dataclass(frozen=True, slots=True)
class Quote:
    currency: str
    at: int
    options: tuple[Option, ...]

    @property
    def confidence(self) -> str:
        said = [option.promise.confidence for option in self.options if option.promise]
        return LOW if LOW in said else HIGH
