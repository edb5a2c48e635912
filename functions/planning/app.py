"""What may be sold, and what stock planners are told."""

from __future__ import annotations

from typing import Any

from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.edge.planning import channel_of, proposals_view, sellable_view, terms_of
from oms.usecases.planning.propose_replenishment import propose_replenishment
from oms.usecases.planning.read_sellable import read_sellable
from oms.wiring.planning import planning


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def sellable(request: Request) -> Response:
    sku, channel = request.path["sku"], channel_of(request)
    return Response(200, sellable_view(sku, channel, read_sellable(sku, channel, planning())))


def proposals(request: Request) -> Response:
    sku = request.path["sku"]
    found = propose_replenishment(sku, terms_of(request), planning())
    return Response(200, proposals_view(sku, found))


ROUTES = {"GET /stock/{sku}/sellable": sellable, "GET /stock/{sku}/proposals": proposals}
