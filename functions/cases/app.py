"""Exception cases about stock: what is open, and what a human made of it."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.cases import note_of, page, shown
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.usecases.auditing.stock_cases import open_stock_cases, resolve_stock_case


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def listing(request: Request) -> Response:
    return page(open_stock_cases(cases=wiring.live().stock_cases))


def of_sku(request: Request) -> Response:
    return page(wiring.live().stock_cases.cases(request.path["sku"]))


def resolve(request: Request) -> Response:
    live, path = wiring.live(), request.path
    case = resolve_stock_case(
        path["sku"],
        path["node"],
        path["kind"],
        note_of(request),
        cases=live.stock_cases,
        actor=request.principal.actor,
        now=live.now(),
    )
    return shown(case)


ROUTES = {
    "GET /stock-cases": listing,
    "GET /stock/{sku}/cases": of_sku,
    "POST /stock/{sku}/cases/{kind}/{node}/resolve": resolve,
}
