"""Stock as nodes report it: receipts, corrections, counts, expected supply; and reading it."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.domain.model.supply import Supply
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.edge.stock import as_of, by, read_heat, report
from oms.usecases.stocking import heat_stock
from oms.usecases.stocking import receive_stock as stock
from oms.usecases.stocking.feed_stock import Feeding, FeedLine, feed_stock, plain


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def read(request: Request) -> Response:
    items = wiring.live().stock.items(request.path["sku"])
    return Response(200, {"sku": request.path["sku"], "items": list(map(stock.view, items))})


def receive(request: Request) -> Response:
    body = report(request, "ReceiptBody")
    what = (body.id, body.sku, body.node, body.quantity)
    return Response(200, stock.receive_stock(*what, cause=body.cause, **by(request, wiring.live())))


def adjust(request: Request) -> Response:
    body = report(request, "AdjustmentBody")
    what, who = (body.id, body.sku, body.node, body.delta), by(request, wiring.live())
    return Response(200, stock.adjust_stock(*what, reason=body.reason, as_of=as_of(body), **who))


def count(request: Request) -> Response:
    body = report(request, "CountBody")
    what = (body.id, body.sku, body.node, body.counted)
    return Response(200, stock.count_stock(*what, as_of=as_of(body), **by(request, wiring.live())))


def expect(request: Request) -> Response:
    body = report(request, "SupplyBody")
    supply = Supply(body.id, body.sku, body.node, body.quantity, body.eta.isoformat())
    stock.expect_supply(supply, stock=wiring.live().stock, config=wiring.live().config)
    return Response(204)


def feed(request: Request) -> Response:
    body = report(request, "FeedBody")
    at = as_of(body)
    lines = [FeedLine(body.id, body.node, x.sku, body.kind, x.quantity, at) for x in body.lines]
    told = feed_stock(lines, Feeding(feeds=wiring.live().feeds, **by(request, wiring.live())))
    return Response(200, {"results": plain(told)})


def heat(request: Request) -> Response:
    what = (request.path["sku"], request.path["node"], read_heat(request).mode)
    item = heat_stock.set_heat(*what, stock=wiring.live().stock, config=wiring.live().config)
    return Response(200, stock.view(item))


ROUTES = {
    "GET /stock/{sku}": read,
    "PUT /stock/{sku}/nodes/{node}/heat": heat,
    "POST /stock/receipts": receive,
    "POST /stock/adjustments": adjust,
    "POST /stock/counts": count,
    "POST /stock/supplies": expect,
    "POST /stock/feeds": feed,
}
