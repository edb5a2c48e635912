"""Customers read, follow and cancel their orders, signed in or by a guest's link."""

from __future__ import annotations

from typing import Any

from oms.edge import orders as edge
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.usecases.serving.cancel_order import cancel_order
from oms.usecases.serving.guest_link import follow_guest_link, make_guest_link
from oms.usecases.serving.list_orders import list_orders
from oms.usecases.serving.view_order import view_order
from oms.wiring.serving import link_secret, serving


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def view(request: Request) -> Response:
    who = request.principal
    reader = edge.reader_of(who)
    found = view_order(edge.order_id(request), reader=reader, nodes=who.nodes, deps=serving())
    return edge.shown(found)


def listing(request: Request) -> Response:
    return edge.page(*list_orders(**edge.list_query(request), deps=serving()))


def cancel(request: Request) -> Response:
    actor, asked = request.principal.actor, edge.cancel_body(request)
    order = cancel_order(edge.order_id(request), **asked, actor=actor, deps=serving())
    return edge.cancelled(order)


def messages(request: Request) -> Response:
    return edge.messages(serving().orders.get(edge.order_id(request)))


def link(request: Request) -> Response:
    order_id = edge.order_id(request)
    return edge.link(*make_guest_link(order_id, secret=link_secret(), deps=serving()))


def track(request: Request) -> Response:
    token = request.path["token"]
    return edge.shown(follow_guest_link(token, secret=link_secret(), deps=serving()))


ROUTES = {
    "GET /orders/{order_id}": view,
    "GET /orders": listing,
    "POST /orders/{order_id}/cancel": cancel,
    "GET /orders/{order_id}/messages": messages,
    "POST /orders/{order_id}/link": link,
    "GET /track/{token}": track,
    "GET /openapi.json": edge.openapi,
}
