"""Orders of our own storefronts and of the contact centre."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends, Response

from oms.contracts.orders import OrderBody
from oms.contracts.placed import PlacedView, placed_view
from oms.edge.api import Router
from oms.edge.principal import SERVICE, STOREFRONT, any_of
from oms.usecases.placing.deps import Placing
from oms.wiring.placing import placing

from .intake import place

router = Router()
Deps = Annotated[Placing, Depends(placing)]


@router.post(
    "/orders",
    operation_id="placeOrder",
    summary="Place an order; the same channel and external_id find the order that is there",
    tags=["orders"],
    security=any_of(STOREFRONT, SERVICE),
    status_code=201,
)
def place_order(body: OrderBody, deps: Deps) -> Response[PlacedView]:
    deps.config.warm(body.channel, (line.sku for line in body.lines))  # with the provider below
    placed = place(body.to_domain(provider=deps.config.channel(body.channel).payment), deps)
    return Response(
        status_code=201,
        content_type="application/json",
        body=placed_view(placed),
        headers={"location": f"/orders/{placed.snapshot.id}"},
    )
