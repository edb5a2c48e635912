"""Links with which guests follow their orders without an account."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends, Response

from oms.contracts.order_actions import LinkAnswer
from oms.contracts.order_view import OrderView
from oms.edge.api import Router
from oms.edge.params import Name, OrderId
from oms.edge.principal import SERVICE, STOREFRONT, any_of
from oms.usecases.serving.deps import Serving
from oms.usecases.serving.guest_link import follow_guest_link, make_guest_link
from oms.wiring.serving import link_secret, serving

from .orders import shown

router = Router()
Deps = Annotated[Serving, Depends(serving)]
Secret = Annotated[str, Depends(link_secret)]


@router.post(
    "/orders/<order_id>/link",
    operation_id="createTrackingLink",
    summary="A link with which a guest follows the order without an account",
    tags=["tracking"],
    security=any_of(STOREFRONT, SERVICE),
)
def create_tracking_link(order_id: OrderId, secret: Secret, deps: Deps) -> LinkAnswer:
    return LinkAnswer.of(*make_guest_link(order_id, secret=secret, deps=deps))


@router.get(
    "/track/<token>",
    operation_id="trackOrder",
    summary="The progress of an order, for whoever has its link",
    tags=["tracking"],
)
def track_order(token: Name, secret: Secret, deps: Deps) -> Response[OrderView]:
    return shown(follow_guest_link(token, secret=secret, deps=deps))
