"""`GET /availability` for one product, `POST /availability` for a cart, and their answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from ..domain.limits.carts import MAX_CART_LINES, RESERVATION_TTL_S
from ..domain.model.promise import Promise
from ..domain.quoting.quote import (
    DEFAULT_RADIUS_KM,
    MAX_RADIUS_KM,
    Option,
    Quote,
    QuoteLine,
    QuoteRequest,
    Substitute,
)
from ..domain.reserving.reservation import Reservation
from ..usecases.quoting.hold_wish import HoldWish
from .cart import CartLine, Ttl
from .fields import Country, Degrees, ExternalId, Identifier, Quantity, Sku, Text
from .parse import Contract, View
from .reservations import ReservationView

Radius = Annotated[int, Field(ge=1, le=MAX_RADIUS_KM)]
FromText = Field(strict=False)  # a query string has texts only


class _Place(Contract):
    """A destination, a position, or both. Stores are offered near `lat`, `lon`; carriers' zones go
    by country, not postal code: without a country nothing is shipped. `day` names the day of
    delivery, for channels that offer it.
    """

    channel: Identifier = Field(description="the sales channel")
    country: Country | None = Field(None, description="destination, ISO 3166-1")
    postal_code: Text = Field("", description="destination")
    lat: Degrees = Field("", description="destination, degrees north")
    lon: Degrees = Field("", description="destination, degrees east")
    day: Annotated[date, Field(strict=False)] | None = Field(
        None, description="a named day of delivery, ISO date"
    )
    node: Annotated[Identifier | None, Field(validate_default=True)] = Field(
        None, description="a store to be offered wherever it is"
    )

    @field_validator("node")
    @classmethod
    def _somewhere(cls, node: str | None, info: ValidationInfo) -> str | None:
        known = info.data
        positioned = known.get("lat") and known.get("lon")
        if "country" in known and not (node or known["country"] or positioned):
            raise PydanticCustomError("place", "A country, a position or a node is needed")
        return node


class AvailabilityQuery(_Place):
    """The query string: one product."""

    sku: Sku
    quantity: Annotated[Quantity, FromText] = 1
    radius_km: Annotated[Radius, FromText] = Field(
        DEFAULT_RADIUS_KM, description="stores this near are offered"
    )

    def to_domain(self) -> QuoteRequest:
        return _request(self, (QuoteLine(self.sku, self.quantity),), self.radius_km)


class HoldBody(Contract):
    """`option`: the id of the way of delivery that is to be held, as answers name them; `key`: the
    storefront's id of the cart, sent again it is the same reservation.
    """

    key: ExternalId
    option: Identifier
    ttl_s: Ttl = RESERVATION_TTL_S


class AvailabilityRequest(_Place):
    """The body: a cart. With `hold`, one of the ways it could be delivered is held for a while.
    `reservation`: the id of what the cart holds already; its units are there for it.
    """

    lines: Annotated[list[CartLine], Field(min_length=1, max_length=MAX_CART_LINES)]
    radius_km: Radius = DEFAULT_RADIUS_KM
    hold: HoldBody | None = None
    reservation: Identifier | None = None

    @property
    def wish(self) -> HoldWish | None:
        return HoldWish(self.hold.key, self.hold.option, self.hold.ttl_s) if self.hold else None

    def to_domain(self) -> QuoteRequest:
        lines = tuple(QuoteLine(line.sku, line.quantity) for line in self.lines)
        asked = _request(self, lines, self.radius_km)
        return replace(asked, reservation=self.reservation or "")


def _request(place: _Place, lines: tuple[QuoteLine, ...], radius_km: int) -> QuoteRequest:
    return QuoteRequest(
        place.channel,
        lines,
        place.country or "",
        place.lat,
        place.lon,
        radius_km,
        place.node or "",
        place.day.isoformat() if place.day else "",
    )


class PromiseAnswer(View):
    ship_by: str = Field("", description="ISO date")
    deliver_from: str = Field("", description="ISO date a window of delivery begins; empty: none")
    deliver_by: str = Field("", description="ISO date of the last delivery")
    ready_by: str = Field("", description="ISO instant a pickup is ready")
    confidence: str = "HIGH"
    margin_days: int = Field(
        0, description="carrier working days in it because its lane is late too often"
    )

    @classmethod
    def of(cls, promise: Promise) -> PromiseAnswer:
        return cls(
            ship_by=promise.ship_by,
            deliver_from=promise.deliver_from,
            deliver_by=promise.deliver_by,
            ready_by=promise.ready_by,
            confidence=promise.confidence,
            margin_days=promise.margin_days,
        )


class SubstituteAnswer(View):
    sku: str
    name: str
    promise: PromiseAnswer


class OptionAnswer(View):
    id: str
    method: str
    service: str
    node: str
    node_name: str
    distance_km: int | None
    available: bool
    reason: str = Field(
        "", description="`TOO_HEAVY`: no carrier takes one of the pieces; else empty"
    )
    promise: PromiseAnswer | None = Field(description="null unless all of it is available")
    order_before: str
    order_within_s: int | None
    price: int | None = Field(description="minor units of the answer's currency")
    parts: int
    missing: dict[str, int] = Field(
        description="SKU → units that cannot be promised now; of a kit, its components"
    )
    kits: dict[str, dict[str, int]] = Field(
        description="kit that cannot be promised whole → missing units of its components"
    )
    backorder: PromiseAnswer | None
    alternatives: list[str] = Field(description="ids of options that lack nothing")
    substitutes: dict[str, list[SubstituteAnswer]] = Field(
        description="missing SKU → products that could be had instead, by this very option"
    )
    days: list[str] = Field(description="ISO dates that may be named as the day of delivery")

    @classmethod
    def of(cls, option: Option, now: int) -> OptionAnswer:
        promise = option.promise if option.available else None
        return cls(
            id=option.id,
            method=option.method,
            service=option.service,
            node=option.node,
            node_name=option.node_name,
            distance_km=option.distance_km,
            available=option.available,
            reason=option.reason,
            promise=PromiseAnswer.of(promise) if promise else None,
            order_before=promise.cutoff if promise else "",
            order_within_s=option.order_within_s(now) if promise else None,
            price=option.price,
            parts=option.parts,
            missing=dict(option.missing),
            kits={kit: dict(short) for kit, short in option.kits.items()},
            backorder=PromiseAnswer.of(option.backorder) if option.backorder else None,
            alternatives=list(option.alternatives),
            substitutes={
                sku: [_substitute(each) for each in others]
                for sku, others in option.substitutes.items()
            },
            days=list(option.days),
        )


def _substitute(found: Substitute) -> SubstituteAnswer:
    promise = PromiseAnswer.of(found.promise)
    return SubstituteAnswer(sku=found.sku, name=found.name, promise=promise)


class AvailabilityAnswer(View):
    currency: str = Field(description="empty when even the channel could not be read in time")
    at: str = Field(description="ISO instant of the answer")
    confidence: str = Field(description="LOW: not all could be read in time; the dates are safe")
    options: list[OptionAnswer]
    reservation: ReservationView | None = Field(
        None, description="what `hold` asked for; null while it cannot be known what there is"
    )

    @classmethod
    def of(cls, quote: Quote, held: Reservation | None = None) -> AvailabilityAnswer:
        return cls(
            currency=quote.currency,
            at=datetime.fromtimestamp(quote.at, UTC).isoformat(),
            confidence=quote.confidence,
            options=[OptionAnswer.of(option, quote.at) for option in quote.options],
            reservation=ReservationView.of(held) if held else None,
        )
