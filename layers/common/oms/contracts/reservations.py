"""Reservations of carts: what is to be held, for how long, and what is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import Field, model_validator

from ..domain.limits.carts import MAX_CART_LINES, RESERVATION_TTL_S
from ..domain.reserving.reservation import Cart, CartItem, Reservation
from .cart import CartLine, Ttl
from .fields import Country, Degrees, ExternalId, Identifier
from .orders import DeliveryBody
from .parse import Contract, View
from .placed import PromiseView


class DestinationBody(Contract):
    """Carriers' zones go by country; the position is that of the customer."""

    country: Country
    lat: Degrees = ""
    lon: Degrees = ""


class ReservationBody(Contract):
    """`key` is the storefront's id of the cart: sent again it is the same reservation."""

    key: ExternalId
    channel: Identifier
    lines: Annotated[list[CartLine], Field(min_length=1, max_length=MAX_CART_LINES)]
    delivery: DeliveryBody = Field(default_factory=DeliveryBody)
    destination: DestinationBody | None = None
    ttl_s: Ttl = RESERVATION_TTL_S

    @model_validator(mode="after")
    def _destination_to_ship(self) -> ReservationBody:
        if self.delivery.method == "SHIP" and self.destination is None:
            raise ValueError("SHIP needs the destination")
        return self

    def to_domain(self) -> Cart:
        to, by = self.destination, self.delivery
        return Cart(
            key=self.key,
            channel=self.channel,
            lines=tuple(CartItem(line.sku, line.quantity) for line in self.lines),
            ttl_s=self.ttl_s,
            method=by.method,
            service=by.service,
            node=by.node or "",
            day=by.day.isoformat() if by.day else "",
            country=to.country if to else "",
            lat=to.lat if to else "",
            lon=to.lon if to else "",
        )


class ExtendBody(Contract):
    ttl_s: Ttl = RESERVATION_TTL_S


class HeldView(View):
    sku: str
    node: str
    quantity: int


class ReservationView(View):
    """`status`: ACTIVE, COMMITTED (it became `order_id`), RELEASED or EXPIRED."""

    id: str
    key: str
    channel: str
    status: str
    expires_at: str = Field(description="ISO instant; from then on it gives no right")
    order_id: str | None
    holds: list[HeldView]
    promise: PromiseView | None

    @classmethod
    def of(cls, it: Reservation) -> ReservationView:
        return cls(
            id=it.id,
            key=it.key,
            channel=it.channel,
            status=it.status,
            expires_at=datetime.fromtimestamp(it.expires_at, UTC).isoformat(),
            order_id=it.order or None,
            holds=[HeldView(sku=h.sku, node=h.node, quantity=h.quantity) for h in it.holds],
            promise=PromiseView.of(it.promise) if it.promise else None,
        )
