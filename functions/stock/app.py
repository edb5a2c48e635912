"""Stock as nodes report it: receipts, corrections, counts, expected supply; and reading it."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.domain.sourcing.network import Supply
from oms.edge.http import Request, Response, serve
from oms.edge.stock import as_of, report
from oms.usecases.stocking import receive_stock as stock
from oms.usecases.stocking.feed_stock import Feeding, FeedLine, feed_stock, plain


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def read(request: Request) -> Response:
    sku = request.path["sku"]
    items = wiring.live().stock.items(sku)
    return Response(200, {"sku": sku, "items": [stock.view(item) for item in items]})


def receive(request: Request) -> Response:
    body = report(request, "ReceiptBody")
    what = (body.id, body.sku, body.node, body.quantity)
    return Response(200, stock.receive_stock(*what, cause=body.cause, **_by(request)))


def adjust(request: Request) -> Response:
    body = report(request, "AdjustmentBody")
    what = (body.id, body.sku, body.node, body.delta)
    return Response(
        200, stock.adjust_stock(*what, reason=body.reason, as_of=as_of(body), **_by(request))
    )


def count(request: Request) -> Response:
    body = report(request, "CountBody")
    what = (body.id, body.sku, body.node, body.counted)
    return Response(200, stock.count_stock(*what, as_of=as_of(body), **_by(request)))


def expect(request: Request) -> Response:
    body = report(request, "SupplyBody")
    supply = Supply(body.id, body.sku, body.node, body.quantity, body.eta.isoformat())
    live = wiring.live()
    stock.expect_supply(supply, stock=live.stock, config=live.config)
    return Response(204)


def feed(request: Request) -> Response:
    body = report(request, "FeedBody")
    at = as_of(body)
    lines = [FeedLine(body.id, body.node, x.sku, body.kind, x.quantity, at) for x in body.lines]
    feeding = Feeding(feeds=wiring.live().feeds, **_by(request))
    return Response(200, {"results": plain(feed_stock(lines, feeding))})


def _by(request: Request) -> dict[str, Any]:
    live = wiring.live()
    return {
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
    "POST /stock/feeds": feed,
}
