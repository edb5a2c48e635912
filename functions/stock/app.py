"""Stock as nodes report it: receipts, corrections, counts, expected supply; and reading it."""

from __future__ import annotations

from typing import Any

from oms.domain.model.movement_kind import HeatMode
from oms.domain.model.supply import Supply
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.edge.stock import as_of, read_heat, report
from oms.usecases.stocking import reports as r
from oms.usecases.stocking.adjust_stock import adjust_stock
from oms.usecases.stocking.book_feed import FeedKind, FeedLine, book_feed, plain
from oms.usecases.stocking.count_stock import count_stock
from oms.usecases.stocking.expect_supply import expect_supply
from oms.usecases.stocking.receive_stock import receive_stock
from oms.usecases.stocking.set_heat import set_heat
from oms.wiring.stocking import stocking


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def read(request: Request) -> Response:
    items = stocking().stock.items.of_sku(request.path["sku"])
    return Response(200, {"sku": request.path["sku"], "items": list(map(r.item_view, items))})


def receive(request: Request) -> Response:
    body = report(request, "ReceiptBody")
    receipt = r.StockReceipt(body.id, body.sku, body.node, body.quantity, body.cause)
    return Response(200, receive_stock(receipt, request.principal.actor, stocking()))


def adjust(request: Request) -> Response:
    body = report(request, "AdjustmentBody")
    adjustment = r.StockAdjustment(
        body.id, body.sku, body.node, body.delta, body.reason, as_of(body)
    )
    return Response(200, adjust_stock(adjustment, request.principal.actor, stocking()))


def count(request: Request) -> Response:
    body = report(request, "CountBody")
    found = r.StockCount(body.id, body.sku, body.node, body.counted, as_of(body))
    return Response(200, count_stock(found, request.principal.actor, stocking()))


def expect(request: Request) -> Response:
    body = report(request, "SupplyBody")
    supply = Supply(body.id, body.sku, body.node, body.quantity, body.eta.isoformat())
    expect_supply(supply, stocking())
    return Response(204)


def feed(request: Request) -> Response:
    body = report(request, "FeedBody")
    at, kind = as_of(body), FeedKind(body.kind)
    lines = [FeedLine(body.id, body.node, x.sku, kind, x.quantity, at) for x in body.lines]
    return Response(200, {"results": plain(book_feed(lines, request.principal.actor, stocking()))})


def heat(request: Request) -> Response:
    mode = HeatMode(read_heat(request).mode)
    item = set_heat(request.path["sku"], request.path["node"], mode, stocking())
    return Response(200, r.item_view(item))


ROUTES = {
    "GET /stock/{sku}": read,
    "PUT /stock/{sku}/nodes/{node}/heat": heat,
    "POST /stock/receipts": receive,
    "POST /stock/adjustments": adjust,
    "POST /stock/counts": count,
    "POST /stock/supplies": expect,
    "POST /stock/feeds": feed,
}
