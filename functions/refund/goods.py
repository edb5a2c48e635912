"""Returned goods, as staff of a store or warehouse receive and judge them."""

from __future__ import annotations

from oms.contracts.returns import CounterBody, InspectBody, ReceiveBody, ReturnView
from oms.edge.api import Router
from oms.edge.params import IdempotencyKey, OrderId, ReturnNumber
from oms.edge.principal import STAFF, Caller, any_of
from oms.usecases.returning.counter_return import counter_return
from oms.usecases.returning.inspect_return import inspect_return
from oms.usecases.returning.receive_return import receive_return

from .returns import RETURN, RETURNS, TAGS, Deps

router = Router()
FOR_STAFF = any_of(STAFF)


@router.post(
    f"{RETURNS}/counter",
    operation_id="returnAtCounter",
    summary="Take units back across the counter: requested, received and judged at once",
    tags=TAGS,
    security=FOR_STAFF,
    status_code=201,
)
def take_back(
    order_id: OrderId, body: CounterBody, caller: Caller, deps: Deps, key: IdempotencyKey = ""
) -> ReturnView:
    caller.may_work_at(body.node)
    wanted, judged = body.request(key), body.inspection()
    return ReturnView.of(*counter_return(order_id, wanted, judged, actor=caller.actor, deps=deps))


@router.post(
    f"{RETURN}/receive",
    operation_id="receiveReturn",
    summary="Say what arrived so far; what nobody announced opens a case",
    tags=TAGS,
    security=FOR_STAFF,
)
def receive(
    order_id: OrderId, number: ReturnNumber, body: ReceiveBody, caller: Caller, deps: Deps
) -> ReturnView:
    caller.may_work_at(body.node)
    arrival, actor = body.to_domain(), caller.actor
    return ReturnView.of(*receive_return(order_id, number, arrival, actor=actor, deps=deps))


@router.post(
    f"{RETURN}/inspect",
    operation_id="inspectReturn",
    summary="Judge what arrived: accepted units are refunded and go where it is said",
    tags=TAGS,
    security=FOR_STAFF,
)
def inspect(
    order_id: OrderId, number: ReturnNumber, body: InspectBody, caller: Caller, deps: Deps
) -> ReturnView:
    caller.may_work_at(body.node)
    judged, actor = body.to_domain(), caller.actor
    return ReturnView.of(*inspect_return(order_id, number, judged, actor=actor, deps=deps))
