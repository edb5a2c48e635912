"""Parcels, labels and tracking as data."""

from __future__ import annotations

from dataclasses import dataclass

from .address import Address
from .money import Money

PRE_TRANSIT, IN_TRANSIT, OUT_FOR_DELIVERY = "PRE_TRANSIT", "IN_TRANSIT", "OUT_FOR_DELIVERY"
DELIVERED, FAILURE, RETURN_TO_SENDER = "DELIVERED", "FAILURE", "RETURN_TO_SENDER"
UNKNOWN = "UNKNOWN"
TRACKING = (
    PRE_TRANSIT,
    IN_TRANSIT,
    OUT_FOR_DELIVERY,
    "AVAILABLE_FOR_PICKUP",
    DELIVERED,
    RETURN_TO_SENDER,
    FAILURE,
    UNKNOWN,
)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One package: grams and millimetres."""

    number: int
    weight_g: int
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0


@dataclass(frozen=True, slots=True)
class LabelRequest:
    """`id` is the idempotency key towards the carrier: asking twice buys one label.

    `reference`: by which the customer knows the order; `parcels` that leave together.
    """

    id: str
    order_id: str
    carrier: str
    service: str
    sender: Address
    recipient: Address
    parcel: Parcel
    reference: str = ""
    parcels: int = 1


@dataclass(frozen=True, slots=True)
class Label:
    """What the carrier sold: `barcode` is the Code 128 content (the tracking number)."""

    tracking: str
    carrier: str
    service: str
    barcode: str
    price: Money


@dataclass(frozen=True, slots=True)
class TrackingUpdate:
    """One verified carrier scan; `at` is the carrier's time, epoch seconds.

    `reference` is the shipper's reference that carriers echo: the id of the label request; `eta`
    the ISO date on which the carrier expects to deliver, "" where it does not say.
    """

    event_id: str
    tracking: str
    status: str
    at: int
    place: str = ""
    raw_status: str = ""
    reference: str = ""
    eta: str = ""
