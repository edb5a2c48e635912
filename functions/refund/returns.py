"""Returns as customers and customer service ask for them, follow them, call them off."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.returns import CancelReturnBody, ReturnBody, ReturnView
from oms.domain.returning.refund import return_of
from oms.edge.api import Router
from oms.edge.params import IdempotencyKey, OrderId, ReturnNumber
from oms.edge.principal import OPS, SERVICE, STAFF, STOREFRONT, Caller, any_of, require
from oms.usecases.returning.cancel_return import cancel_return
from oms.usecases.returning.deps import Returning
from oms.usecases.returning.request_return import request_return
from oms.wiring.returning import returning

router = Router()
Deps = Annotated[Returning, Depends(returning)]
RETURNS = "/orders/<order_id>/returns"
RETURN = f"{RETURNS}/<number>"
TAGS = ["returns"]


@router.post(
    RETURNS,
    operation_id="requestReturn",
    summary="Ask to return units of an order; the same key is the same return",
    tags=TAGS,
    security=any_of(STOREFRONT, SERVICE),
    status_code=201,
)
def request(
    order_id: OrderId, body: ReturnBody, caller: Caller, deps: Deps, key: IdempotencyKey = ""
) -> ReturnView:
    if body.ignore_window:
        require(caller, SERVICE)
    wanted = body.to_domain(key)
    return ReturnView.of(*request_return(order_id, wanted, actor=caller.actor, deps=deps))


@router.get(
    RETURN,
    operation_id="getReturn",
    summary="A return: where the goods are and where the money is",
    tags=TAGS,
    security=any_of(STOREFRONT, SERVICE, STAFF, OPS),
)
def get(order_id: OrderId, number: ReturnNumber, deps: Deps) -> ReturnView:
    order = deps.orders.get(order_id)
    return ReturnView.of(order, return_of(order, number))


@router.post(
    f"{RETURN}/cancel",
    operation_id="cancelReturn",
    summary="Call a return off while nothing of it has arrived",
    tags=TAGS,
    security=any_of(STOREFRONT, SERVICE),
)
def cancel(
    order_id: OrderId, number: ReturnNumber, body: CancelReturnBody, caller: Caller, deps: Deps
) -> ReturnView:
    return ReturnView.of(*cancel_return(order_id, number, actor=caller.actor, deps=deps))
