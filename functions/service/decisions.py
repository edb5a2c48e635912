"""Why an order went where it went."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.decisions import DecisionsAnswer, decisions_answer
from oms.edge.api import Router
from oms.edge.params import OrderId
from oms.edge.principal import OPS, SERVICE, any_of
from oms.usecases.serving.deps import Serving
from oms.usecases.steering.explain_order import explain_order
from oms.wiring.serving import serving

router = Router()
Deps = Annotated[Serving, Depends(serving)]


@router.get(
    "/orders/<order_id>/decisions",
    operation_id="listDecisions",
    summary="Why the order went where it went: each decision as data and as a sentence",
    tags=["orders"],
    security=any_of(SERVICE, OPS),
)
def list_decisions(order_id: OrderId, deps: Deps) -> DecisionsAnswer:
    order, names = explain_order(order_id, orders=deps.orders, config=deps.config)
    snapshot = order.snapshot
    return decisions_answer(order.id, snapshot.promise, order.decisions, names, snapshot.currency)
