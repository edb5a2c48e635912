"""What may be sold, and what stock planners are told."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.edge.planning import channel_of, proposals_view, sellable_view, terms_of
from oms.usecases.stocking.propose_stock import propose_stock
from oms.usecases.stocking.read_sellable import read_sellable


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def sellable(request: Request) -> Response:
    live = wiring.live()
    sku, channel = request.path["sku"], channel_of(request)
    found = read_sellable(sku, channel, stock=live.stock, config=live.config, now=live.now())
    return Response(200, sellable_view(sku, channel, found))


def proposals(request: Request) -> Response:
    live, sku = wiring.live(), request.path["sku"]
    found = propose_stock(
        sku,
        terms_of(request),
        stock=live.stock,
        books=live.audit_books,
        config=live.config,
        now=live.now(),
    )
    return Response(200, proposals_view(sku, found))


ROUTES = {"GET /stock/{sku}/sellable": sellable, "GET /stock/{sku}/proposals": proposals}
