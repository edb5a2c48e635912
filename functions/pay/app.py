"""Money: tasks of the order's execution, captures from the bus, webhooks of providers."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.batches import Message, each_message
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.edge.tasks import dispatch
from oms.usecases.paying.authorise_payment import authorise_payment
from oms.usecases.paying.capture_part import capture_part
from oms.usecases.paying.conclude_order import conclude_order
from oms.usecases.paying.hear_provider import hear_provider


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    if "task" in event:
        return dispatch(event, TASKS)
    if "Records" in event:
        return each_message(event, capture, wiring.live().dead_letters("CAPTURE_DLQ_URL"))
    return serve(event, ROUTES)


def authorise(task: dict[str, Any]) -> dict[str, Any]:
    live = wiring.live()
    return authorise_payment(
        task["order_id"], orders=live.orders, gateways=live.gateways, now=live.now()
    )


def conclude(task: dict[str, Any]) -> dict[str, Any]:
    live = wiring.live()
    return conclude_order(
        task["order_id"],
        orders=live.orders,
        stock=live.stock,
        gateways=live.gateways,
        now=live.now(),
    )


def capture(message: Message) -> None:
    live = wiring.live()
    detail = message.json()["detail"]
    capture_part(
        detail["order_id"],
        detail["number"],
        orders=live.orders,
        gateways=live.gateways,
        config=live.config,
        now=live.now(),
    )


def provider_webhook(request: Request) -> Response:
    live = wiring.live()
    provider = live.gateways.named(request.path["provider"])
    event = provider.event(request.headers, request.raw)
    hear_provider(event, orders=live.orders, gateways=live.gateways, now=live.now())
    return Response(204)


TASKS = {"authorise": authorise, "conclude": conclude}
ROUTES = {"POST /webhooks/payments/{provider}": provider_webhook}
