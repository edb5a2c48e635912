"""Exception cases about stock: what is open, and what a human made of it."""

from __future__ import annotations

from typing import Any

from oms.edge.cases import note_of, page, shown
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.usecases.stocking.list_stock_cases import list_open_stock_cases, list_stock_cases
from oms.usecases.stocking.resolve_stock_case import resolve_stock_case
from oms.wiring.stocking import stocking


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def listing(request: Request) -> Response:
    return page(list_open_stock_cases(stocking()))


def of_sku(request: Request) -> Response:
    return page(list_stock_cases(request.path["sku"], stocking()))


def resolve(request: Request) -> Response:
    path, actor = request.path, request.principal.actor
    note = note_of(request)
    return shown(
        resolve_stock_case(path["sku"], path["node"], path["kind"], note, actor, stocking())
    )


ROUTES = {
    "GET /stock-cases": listing,
    "GET /stock/{sku}/cases": of_sku,
    "POST /stock/{sku}/cases/{kind}/{node}/resolve": resolve,
}
