"""What no node has accepted is moved; nodes stop taking orders, and take them again."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge import rerouting as edge
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.edge.staff import part_number


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def move(request: Request) -> Response:
    from oms.usecases.rerouting.move_to_node import move_to_node

    live = wiring.live()
    part = move_to_node(
        request.path["order_id"],
        part_number(request),
        **edge.move_body(request),
        orders=live.orders,
        stock=live.stock,
        config=live.config,
        now=live.now(),
        actor=request.principal.actor,
    )
    return edge.part(part)


def read(request: Request) -> Response:
    live, node = wiring.live(), edge.node_of(request)
    live.config.node(node)
    return edge.standing(live.nodes.standing(node))


def change(request: Request) -> Response:
    from oms.usecases.rerouting.set_standing import set_standing

    live, node = wiring.live(), edge.node_of(request)
    standing = set_standing(
        node,
        **edge.standing_body(request),
        nodes=live.nodes,
        config=live.config,
        now=live.now(),
        actor=request.principal.actor,
    )
    return edge.standing(standing)


ROUTES = {
    "POST /orders/{order_id}/parts/{part}/move": move,
    "GET /nodes/{node}/status": read,
    "PUT /nodes/{node}/status": change,
}
