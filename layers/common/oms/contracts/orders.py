"""The native order: body of `POST /orders`, and of marketplace messages in our own format."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from ..domain import ids
from ..domain.limits.orders import MAX_LINES, MAX_PROPERTIES, MAX_PROPERTIES_LENGTH
from ..domain.model.address import Address
from ..domain.model.carriage import NAMED_DAY, SHIP_TO_STORE
from ..domain.model.customer import Customer
from ..domain.model.node import PICKUP, SHIP
from ..domain.model.payment import SANDBOX, PaymentMeans
from ..domain.orders.intake import NewLine, NewOrder
from .fields import (
    Country,
    Currency,
    Degrees,
    Email,
    ExternalId,
    Identifier,
    Locale,
    Minor,
    Note,
    Quantity,
    RequiredText,
    Sku,
    Text,
)
from .parse import Contract

PROVIDERS = (SANDBOX, "stripe")  # who a body may name, see wiring/payments.py
EXTERNAL = "external"  # the channel holds the money: configured, never claimed by a body
FINGERPRINT_LENGTH = 26  # 130 bits


class CustomerBody(Contract):
    id: ExternalId | None = None
    email: Email = ""
    name: Text = ""
    phone: Text = ""
    locale: Locale = "en"
    tier: Text = ""


class LineBody(Contract):
    """Amounts in minor units; `discount` and `tax` for the whole line. Lines that name the same
    `together` are sent from one node; so are the components of a kit whose line names one.
    """

    sku: Sku
    quantity: Quantity
    unit_price: Minor | None = None  # None: the product's price
    discount: Minor = 0
    tax: Minor = 0
    tax_included: bool = True
    name: Text = ""
    together: Text = ""
    properties: Annotated[
        dict[RequiredText, RequiredText],
        Field(max_length=MAX_PROPERTIES, description="shown to who picks: what is engraved"),
    ] = Field(default_factory=dict)


class DeliveryBody(Contract):
    """`named_day` needs the `day`; `ship_to_store` is a PICKUP of goods that travel there first."""

    method: Literal["SHIP", "PICKUP"] = "SHIP"
    service: Literal["standard", "express", "named_day", "ship_to_store"] = "standard"
    day: Annotated[date | None, Field(strict=False, validate_default=True)] = None
    node: Annotated[Identifier | None, Field(validate_default=True)] = None

    @field_validator("node")
    @classmethod
    def _store_for_pickup(cls, node: str | None, info: ValidationInfo) -> str | None:
        if node is None and info.data.get("method") == PICKUP:
            raise PydanticCustomError("pickup_node", "PICKUP needs the node to collect from")
        return node

    @field_validator("service")
    @classmethod
    def _of_its_method(cls, service: str, info: ValidationInfo) -> str:
        method = info.data.get("method")
        if (service, method) in ((NAMED_DAY, PICKUP), (SHIP_TO_STORE, SHIP)):
            raise PydanticCustomError("service", "Not a service of this method")
        return service

    @field_validator("day")
    @classmethod
    def _named(cls, day: date | None, info: ValidationInfo) -> date | None:
        if (day is not None) != (info.data.get("service") == NAMED_DAY):
            raise PydanticCustomError(
                "day", "A day goes with the service named_day, and only there"
            )
        return day


class AddressBody(Contract):
    name: RequiredText
    line1: RequiredText
    city: RequiredText
    country: Country
    postal_code: Text = ""
    line2: Text = ""
    region: Text = ""
    phone: Text = ""
    email: Email = ""
    lat: Degrees = ""
    lon: Degrees = ""

    def to_domain(self) -> Address:
        return Address(**self.model_dump())


class PaymentBody(Contract):
    """`provider` None: the channel's. `token` is the provider's, for one payment."""

    provider: Identifier | None = None
    token: Text = ""

    @field_validator("provider")
    @classmethod
    def _not_external(cls, provider: str | None) -> str | None:
        if provider == EXTERNAL:
            raise PydanticCustomError("provider", "Only a channel is configured as external")
        if provider and provider not in PROVIDERS:
            raise PydanticCustomError("provider", "Not a payment provider")
        return provider


class OrderBody(Contract):
    """What is digital goes to the customer's `email`, or that of `ship_to`."""

    channel: Identifier
    external_id: ExternalId
    currency: Currency
    customer: CustomerBody = Field(default_factory=CustomerBody)
    lines: Annotated[list[LineBody], Field(min_length=1, max_length=MAX_LINES)]

    @field_validator("lines")
    @classmethod
    def _properties(cls, lines: list[LineBody]) -> list[LineBody]:
        said = (text for line in lines for pair in line.properties.items() for text in pair)
        if sum(map(len, said)) > MAX_PROPERTIES_LENGTH:
            raise PydanticCustomError("properties", "More properties than an order may have")
        return lines

    shipping: Minor = 0
    discount: Minor = 0
    total: Minor | None = None
    delivery: DeliveryBody = Field(default_factory=DeliveryBody)
    ship_to: AddressBody | None = Field(
        None, description="needed for SHIP, unless every line is a digital product"
    )
    payment: PaymentBody = Field(default_factory=PaymentBody)
    number: Text = Field("", description="by which the customer knows the order")
    note: Note = Field("", description="of the customer, shown to who packs")
    gift_message: Note = ""
    reservation: Identifier | None = Field(
        None, description="of the cart: its stock becomes the order's"
    )

    def to_domain(self, *, provider: str = "sandbox") -> NewOrder:
        """`provider` is the channel's, for a body that names none. A guest is a customer of this
        one order: guests never see each other's.
        """
        guest = f"guest:{ids.order_id(self.channel, self.external_id)}"
        chosen = self.payment.provider or provider
        return NewOrder(
            channel=self.channel,
            external_id=self.external_id,
            currency=self.currency,
            customer=Customer(**{**self.customer.model_dump(), "id": self.customer.id or guest}),
            lines=tuple(NewLine(**line.model_dump()) for line in self.lines),
            means=PaymentMeans(
                kind=EXTERNAL if chosen == EXTERNAL else "card",
                provider=chosen,
                token=self.payment.token,
            ),
            shipping=self.shipping,
            discount=self.discount,
            declared_total=self.total,
            method=self.delivery.method,
            service=self.delivery.service,
            node=self.delivery.node or "",
            day=self.delivery.day.isoformat() if self.delivery.day else "",
            ship_to=self.ship_to.to_domain() if self.ship_to else None,
            fingerprint=self.fingerprint(),
            number=self.number,
            note=self.note,
            gift_message=self.gift_message,
            reservation=self.reservation or "",
        )

    def fingerprint(self) -> str:
        """The same for bodies that mean the same, whatever the order of their keys.

        Which cart it came from is no part of what was ordered.
        """
        agreed = self.model_dump(mode="json", exclude={"reservation"})
        for name in ("number", "note", "gift_message"):  # said later than the first orders were
            if not agreed[name]:
                del agreed[name]
        for line in agreed["lines"]:
            if not line["properties"]:
                del line["properties"]
        canonical = json.dumps(agreed, sort_keys=True)
        return ids.digest("order body", canonical, length=FINGERPRINT_LENGTH)
