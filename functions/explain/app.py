"""Why an order went where it went."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge import steering as edge
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.usecases.steering.explain_order import explain_order


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def explain(request: Request) -> Response:
    live, order_id = wiring.live(), request.path["order_id"]
    return edge.decisions(*explain_order(order_id, orders=live.orders, config=live.config))


ROUTES = {"GET /orders/{order_id}/decisions": explain}
