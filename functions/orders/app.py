"""Customers read, follow and cancel their orders, signed in or by a guest's link."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge import orders as edge
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.usecases.serving.cancel_order import cancel_order
from oms.usecases.serving.guest_link import follow_guest_link, make_guest_link
from oms.usecases.serving.list_orders import list_orders
from oms.usecases.serving.view_order import view_order


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def view(request: Request) -> Response:
    who, live = request.principal, wiring.live()
    reader = edge.reader_of(who)
    found = view_order(edge.order_id(request), reader=reader, nodes=who.nodes, orders=live.orders)
    return edge.shown(found)


def listing(request: Request) -> Response:
    return edge.page(*list_orders(**edge.list_query(request), orders=wiring.live().orders))


def cancel(request: Request) -> Response:
    live = wiring.live()
    asked = edge.cancel_body(request)
    order = cancel_order(
        edge.order_id(request),
        **asked,
        orders=live.orders,
        config=live.config,
        now=live.now(),
        actor=request.principal.actor,
    )
    return edge.cancelled(order)


def messages(request: Request) -> Response:
    return edge.messages(wiring.live().orders.get(edge.order_id(request)))


def link(request: Request) -> Response:
    live = wiring.live()
    token, expires_at = make_guest_link(
        edge.order_id(request), orders=live.orders, secret=live.secrets["link"], now=live.now()
    )
    return edge.link(token, expires_at)


def track(request: Request) -> Response:
    live = wiring.live()
    token, secret = request.path["token"], live.secrets["link"]
    return edge.shown(follow_guest_link(token, orders=live.orders, secret=secret, now=live.now()))


ROUTES = {
    "GET /orders/{order_id}": view,
    "GET /orders": listing,
    "POST /orders/{order_id}/cancel": cancel,
    "GET /orders/{order_id}/messages": messages,
    "POST /orders/{order_id}/link": link,
    "GET /track/{token}": track,
    "GET /openapi.json": edge.openapi,
}
