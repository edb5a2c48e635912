"""Changes of an order, asked by customer service or by a storefront for its shopper."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.order_actions import CancelOrderBody
from oms.contracts.order_changes import ChangeAnswer, ChangeOrderBody
from oms.domain.model.order_change import Operation
from oms.edge.api import Router
from oms.edge.params import OrderId
from oms.edge.principal import SERVICE, STOREFRONT, Caller, Principal, any_of
from oms.usecases.changing.apply_change import ChangeRequest, apply_change, preview_change
from oms.usecases.serving.deps import Serving
from oms.wiring.serving import serving

router = Router()
Deps = Annotated[Serving, Depends(serving)]


@router.post(
    "/orders/<order_id>/changes",
    operation_id="changeOrder",
    summary="Cancel units, change the address or the contact; nodes that work on it are asked",
    tags=["orders"],
    security=any_of(STOREFRONT, SERVICE),
)
def change_order(
    order_id: OrderId, body: ChangeOrderBody, caller: Caller, deps: Deps
) -> ChangeAnswer:
    operations = tuple(each.to_domain() for each in body.operations)
    by_service = SERVICE in caller.scopes  # a shopper changes what no node has accepted
    request = change_request(order_id, operations, body, caller, ask_nodes=by_service)
    order, change = (apply_change if body.commit else preview_change)(request, deps)
    written = any(each.key == change.key for each in order.changes)
    return ChangeAnswer.of(order, change, committed=written)


def change_request(
    order_id: str,
    operations: tuple[Operation, ...],
    body: ChangeOrderBody | CancelOrderBody,
    caller: Principal,
    *,
    ask_nodes: bool,
) -> ChangeRequest:
    return ChangeRequest(
        order_id,
        operations,
        key=body.key,
        by=caller.actor,
        why=body.reason,
        source="SERVICE" if SERVICE in caller.scopes else "SHOPPER",
        note=body.note,
        ask_nodes=ask_nodes,
    )
