"""Returns: what customers, stores and warehouses say, and the tasks of a return's execution."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.contracts import returns as contract
from oms.domain.model.returns import row
from oms.edge.http import SERVICE, Request, Response, Route, require, serve
from oms.edge.observed import observed
from oms.edge.tasks import Task, dispatch
from oms.usecases.executing.park_execution import park_execution
from oms.usecases.returning.await_return import await_return
from oms.usecases.returning.cancel_return import cancel_return
from oms.usecases.returning.conclude_return import conclude_return
from oms.usecases.returning.counter_return import counter_return
from oms.usecases.returning.inspect_return import inspect_return
from oms.usecases.returning.receive_return import receive_return
from oms.usecases.returning.refund_return import refund_return
from oms.usecases.returning.request_return import request_return
from oms.wiring.executing import executing
from oms.wiring.returning import returning


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return dispatch(event, TASKS) if "task" in event else serve(event, ROUTES)


def told(verb: Any, model: str, *, status: int = 200) -> Route:
    """A route that tells `verb` what the body says; staff speak for their own nodes only."""

    def route(request: Request) -> Response:
        body, who = contract.parsed(model, request.json()), request.principal
        if body.speaks_for:
            who.may_work_at(body.speaks_for)
        if body.privileged:
            require(who, SERVICE)
        said = body.said(request.headers.get("idempotency-key", ""))
        found = verb(**contract.target(request.path), **said, actor=who.actor, deps=returning())
        return Response(status, contract.view(*found))

    return route


def read(request: Request) -> Response:
    order = wiring.live().orders.get(request.path["order_id"])
    return Response(200, contract.view_of(order, request.path))


def task(verb: Any) -> Task:
    return lambda call: verb(call["order_id"], call["number"], deps=returning())


def wait(call: dict[str, Any]) -> dict[str, Any]:
    await_return(call["order_id"], call["number"], call["token"], deps=returning())
    return {"outcome": "WAITING"}


def park(call: dict[str, Any]) -> dict[str, Any]:
    park_execution(call["order_id"], row(call["number"]), call["token"], call["error"], executing())
    return {"outcome": "PARKED"}


REFUND, CONCLUDE = task(refund_return), task(conclude_return)
TASKS = {"await": wait, "refund": REFUND, "conclude": CONCLUDE, "park": park}
ALL, ONE = "/orders/{order_id}/returns", "/orders/{order_id}/returns/{number}"
ROUTES = {
    f"POST {ALL}": told(request_return, "ReturnBody", status=201),
    f"POST {ALL}/counter": told(counter_return, "CounterBody", status=201),
    f"GET {ONE}": read,
    f"POST {ONE}/receive": told(receive_return, "ReceiveBody"),
    f"POST {ONE}/inspect": told(inspect_return, "InspectBody"),
    f"POST {ONE}/cancel": told(cancel_return, "CancelReturnBody"),
}
