"""`GET /availability` for one product, `POST /availability` for a cart, and their answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from ..domain import limits
from ..domain.promising.quote import (
    DEFAULT_RADIUS_KM,
    MAX_RADIUS_KM,
    Option,
    Quote,
    QuoteLine,
    QuoteRequest,
)
from ..domain.sourcing.plan import Promise
from .fields import Country, Degrees, Identifier, Quantity, Sku, Text
from .parse import Contract

Radius = Annotated[int, Field(ge=1, le=MAX_RADIUS_KM)]
FromText = Field(strict=False)  # a query string has texts only


class _Place(Contract):
    """Stores are offered near `lat`, `lon`; carriers' zones go by country, not postal code."""

    channel: Identifier
    country: Country
    postal_code: Text = ""
    lat: Degrees = ""
    lon: Degrees = ""
    node: Identifier | None = None


class AvailabilityQuery(_Place):
    """The query string: one product."""

    sku: Sku
    quantity: Annotated[Quantity, FromText] = 1
    radius_km: Annotated[Radius, FromText] = DEFAULT_RADIUS_KM

    def to_domain(self) -> QuoteRequest:
        return _request(self, (QuoteLine(self.sku, self.quantity),), self.radius_km)


class CartLine(Contract):
    sku: Sku
    quantity: Quantity


class AvailabilityRequest(_Place):
    """The body: a cart."""

    lines: Annotated[list[CartLine], Field(min_length=1, max_length=limits.MAX_CART_LINES)]
    radius_km: Radius = DEFAULT_RADIUS_KM

    def to_domain(self) -> QuoteRequest:
        lines = tuple(QuoteLine(line.sku, line.quantity) for line in self.lines)
        return _request(self, lines, self.radius_km)


def _request(place: _Place, lines: tuple[QuoteLine, ...], radius_km: int) -> QuoteRequest:
    return QuoteRequest(
        place.channel, lines, place.country, place.lat, place.lon, radius_km, place.node or ""
    )


class PromiseAnswer(BaseModel):
    ship_by: str = Field("", description="ISO date")
    deliver_by: str = Field("", description="ISO date of the last delivery")
    ready_by: str = Field("", description="ISO instant a pickup is ready")
    confidence: str = "HIGH"

    @classmethod
    def of(cls, promise: Promise) -> PromiseAnswer:
        return cls(
            ship_by=promise.ship_by,
            deliver_by=promise.deliver_by,
            ready_by=promise.ready_by,
            confidence=promise.confidence,
        )


class OptionAnswer(BaseModel):
    id: str
    method: str
    service: str
    node: str
    node_name: str
    distance_km: int | None
    available: bool
    promise: PromiseAnswer | None
    order_before: str
    order_within_s: int | None
    price: int | None = Field(description="minor units of the answer's currency")
    parts: int
    missing: dict[str, int] = Field(description="SKU → units that cannot be promised now")
    backorder: PromiseAnswer | None
    alternatives: list[str] = Field(description="ids of options that lack nothing")

    @classmethod
    def of(cls, option: Option, now: int) -> OptionAnswer:
        return cls(
            id=option.id,
            method=option.method,
            service=option.service,
            node=option.node,
            node_name=option.node_name,
            distance_km=option.distance_km,
            available=option.available,
            promise=PromiseAnswer.of(option.promise) if option.promise else None,
            order_before=option.promise.cutoff if option.promise else "",
            order_within_s=option.order_within_s(now),
            price=option.price,
            parts=option.parts,
            missing=dict(option.missing),
            backorder=PromiseAnswer.of(option.backorder) if option.backorder else None,
            alternatives=list(option.alternatives),
        )


class AvailabilityAnswer(BaseModel):
    currency: str
    at: str = Field(description="ISO instant of the answer")
    confidence: str = Field(description="LOW: stock could not be read, the dates are safe ones")
    options: list[OptionAnswer]

    @classmethod
    def of(cls, quote: Quote) -> AvailabilityAnswer:
        return cls(
            currency=quote.currency,
            at=datetime.fromtimestamp(quote.at, UTC).isoformat(),
            confidence=quote.confidence,
            options=[OptionAnswer.of(option, quote.at) for option in quote.options],
        )
