"""A part of a drop-shipper in the words of a purchase order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from ..domain.preparing import steps
from ..domain.preparing.purchasing import WORDS
from ..domain.preparing.tracking import label_request_id
from .parse import View
from .staff import FulfilmentOrderLine, FulfilmentOrderView, FulfilmentPackageView

if TYPE_CHECKING:
    from ..usecases.preparing.view_purchase import Purchase


class ShipTo(View):
    name: str
    line1: str
    line2: str
    postal_code: str
    city: str
    region: str
    country: str
    phone: str


class PurchaseView(View):
    """`ship_by` is promised to the customer, `expected_ship_by` told by the supplier if later."""

    number: str = Field(description="<order>-<part>")
    supplier: str
    status: str = Field(description="DRAFT, SENT, ACKNOWLEDGED, SHIPPED, REJECTED or CANCELLED")
    version: int
    supported_actions: list[str]
    external_id: str
    service: str
    reference: str = Field(description="Given to the carrier, its scans find the part by it")
    ship_by: str
    expected_ship_by: str
    ship_to: ShipTo | None
    lines: list[FulfilmentOrderLine]
    short: dict[int, int]
    packages: list[FulfilmentPackageView]

    @classmethod
    def of(cls, found: Purchase) -> PurchaseView:
        part, address = found.part, found.ship_to
        facts = FulfilmentOrderView.facts(part, found.products)
        same = ("ship_by", "lines", "short", "packages")
        return cls(
            number=f"{part.order_id}-{part.number}",
            supplier=part.node,
            status=WORDS[part.status],
            version=part.version,
            supported_actions=steps.actions(part),
            external_id=found.external_id,
            service=found.service,
            reference=label_request_id(part, 1),
            expected_ship_by=part.expected.ship_by if part.expected else "",
            ship_to=ShipTo(**{k: getattr(address, k) for k in ShipTo.model_fields})
            if address
            else None,
            **{name: facts[name] for name in same},
        )
