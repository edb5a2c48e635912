"""Stock as nodes report it: receipts, corrections, counts, expected supply; and reading it."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.domain.network import Supply
from oms.edge.http import Request, Response, serve
from oms.usecases import receive_stock as stock


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def read(request: Request) -> Response:
    items = wiring.live().stock.items(request.path["sku"])
    return Response(
        200, {"sku": request.path["sku"], "items": [stock.view(item) for item in items]}
    )


def receive(request: Request) -> Response:
    from oms.contracts.stock import ReceiptBody

    body, given = _report(request, ReceiptBody)
    return Response(200, stock.receive_stock(**given, quantity=body.quantity, cause=body.cause))


def adjust(request: Request) -> Response:
    from oms.contracts.stock import AdjustmentBody

    body, given = _report(request, AdjustmentBody)
    return Response(200, stock.adjust_stock(**given, delta=body.delta, reason=body.reason))


def count(request: Request) -> Response:
    from oms.contracts.stock import CountBody

    body, given = _report(request, CountBody)
    return Response(200, stock.count_stock(**given, counted=body.counted))


def expect(request: Request) -> Response:
    from oms.contracts.stock import SupplyBody

    body, given = _report(request, SupplyBody)
    supply = Supply(body.id, body.sku, body.node, body.quantity, body.eta.isoformat())
    stock.expect_supply(supply, stock=given["stock"], config=given["config"])
    return Response(204)


def _report(request: Request, model: Any) -> tuple[Any, dict[str, Any]]:
    """The parsed body, and what every report needs; staff report for their own nodes."""
    from oms.contracts.parse import parse

    live = wiring.live()
    body = parse(model, request.json())
    request.principal.may_work_at(body.node)
    return body, {
        "id": body.id,
        "sku": body.sku,
        "node": body.node,
        "actor": request.principal.actor,
        "stock": live.stock,
        "config": live.config,
        "now": live.now(),
    }


ROUTES = {
    "GET /stock/{sku}": read,
    "POST /stock/receipts": receive,
    "POST /stock/adjustments": adjust,
    "POST /stock/counts": count,
    "POST /stock/supplies": expect,
}
