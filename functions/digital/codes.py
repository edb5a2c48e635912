"""Codes of digital products, and what orders were given of them."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends, Response

from oms.contracts.digital import CodePoolView, CodesBody, DigitalGoodsView
from oms.edge.api import Router
from oms.edge.params import Name, OrderId
from oms.edge.principal import CODES, OPS, SERVICE, Caller, any_of
from oms.observability import logger
from oms.usecases.digital.deps import DigitalDelivery
from oms.usecases.digital.load_codes import load_codes, view_codes
from oms.usecases.digital.view_digital_goods import view_digital_goods
from oms.wiring.digital import digital_delivery

router = Router()
Deps = Annotated[DigitalDelivery, Depends(digital_delivery)]
POOL = "/products/<sku>/codes"
TAGS = ["digital goods"]


@router.post(
    POOL,
    operation_id="loadCodes",
    summary="Load codes of a gift card or licence key; who waits for them is delivered",
    tags=TAGS,
    security=any_of(OPS),
)
def load(sku: Name, body: CodesBody, deps: Deps) -> CodePoolView:
    return CodePoolView.of(load_codes(sku, body.codes, deps=deps))


@router.get(
    POOL,
    operation_id="countCodes",
    summary="How many codes of a product are left",
    tags=TAGS,
    security=any_of(OPS, SERVICE),
)
def count(sku: Name, deps: Deps) -> CodePoolView:
    return CodePoolView.of(view_codes(sku, deps=deps))


@router.get(
    "/orders/<order_id>/digital-goods",
    operation_id="getDigitalGoods",
    summary="The codes and links that the customer of an order was given",
    tags=TAGS,
    security=any_of(CODES),
)
def show(order_id: OrderId, caller: Caller, deps: Deps) -> Response[DigitalGoodsView]:
    """Who read codes, and of which order, is in the log; the codes are not."""
    shown = DigitalGoodsView.of(*view_digital_goods(order_id, deps=deps))
    logger.info("codes read", extra={"order_id": order_id, "by": caller.actor})
    return Response(
        status_code=200,
        content_type="application/json",
        body=shown,
        headers={"cache-control": "private, no-store"},
    )
