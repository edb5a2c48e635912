"""What may be sold, and what stock planners are told."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from pydantic import ConfigDict, Field

from ..domain.stock.planning import PlanningTerms, Proposals
from ..domain.stock.sellable import Sellable
from .fields import Identifier
from .parse import Contract, View

Days = Annotated[int, Field(strict=False, ge=0, le=365)]


class MethodSellable(View):
    """After safety stock, waiting demand and the channel's buffer."""

    units: int
    shown: int = Field(description="what shoppers may read: at most the channel's display_max")
    band: str = Field(description="IN_STOCK, LOW or OUT")


class SellableView(View):
    """Of a kit: how many of it its components make up; to collect, within one node."""

    sku: str
    channel: str
    methods: dict[str, MethodSellable]

    @classmethod
    def of(cls, sku: str, channel: str, found: Mapping[str, Sellable]) -> SellableView:
        methods = {
            method: MethodSellable(units=it.units, shown=it.shown, band=it.band)
            for method, it in found.items()
        }
        return cls(sku=sku, channel=channel, methods=methods)


class SellableQuery(Contract):
    model_config = ConfigDict(extra="ignore")  # what a storefront adds to a link is not refused

    channel: Annotated[Identifier, Field(description="The sales channel")]


class ProposalsQuery(Contract):
    """Lead time of supply in days and its spread in hours, z in thousandths, target cover."""

    lead_days: Days = Field(7, description="Of supply")
    lead_deviation_h: Annotated[int, Field(strict=False, ge=0, le=2_400)] = Field(
        36, description="Spread of the lead time, in hours"
    )
    z_permille: Annotated[int, Field(strict=False, ge=0, le=5_000)] = Field(
        1_645, description="Service factor; 1645 is 95 %"
    )
    target_days: Days = Field(14, description="Days of cover")
    band_days: Days = Field(14, description="Beyond it is surplus")

    def to_domain(self) -> PlanningTerms:
        return PlanningTerms(
            Decimal(self.lead_days),
            Decimal(self.lead_deviation_h) / 24,
            Decimal(self.z_permille) / 1000,
            self.target_days,
            self.band_days,
        )


class ReorderView(View):
    """`position`: available and on its way; `quantity` 0: nothing to order."""

    safety_stock: int
    reorder_point: int
    position: int
    quantity: int


class TransferView(View):
    source: str
    destination: str
    quantity: int
    cost: int = Field(description="of the lane: kilometres, and what the giver takes a shipment")


class ProposalsView(View):
    """From the shipments of the last 28 days; transfers are in the order of their lanes' cost."""

    sku: str
    daily_demand: str = Field(description="units a day, a decimal number")
    daily_deviation: str
    reorder: ReorderView
    transfers: list[TransferView]

    @classmethod
    def of(cls, sku: str, found: Proposals) -> ProposalsView:
        it = found.reorder
        return cls(
            sku=sku,
            daily_demand=f"{found.demand.mean:.3f}",
            daily_deviation=f"{found.demand.deviation:.3f}",
            reorder=ReorderView(
                safety_stock=it.safety_stock,
                reorder_point=it.reorder_point,
                position=it.position,
                quantity=it.quantity,
            ),
            transfers=[
                TransferView(
                    source=t.source, destination=t.destination, quantity=t.quantity, cost=t.cost
                )
                for t in found.transfers
            ],
        )
