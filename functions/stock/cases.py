"""Exception cases about stock: what is open, and what a person made of it."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.auditing import ResolveStockCaseBody, StockCasesView, StockCaseView
from oms.edge.api import Router
from oms.edge.params import Name
from oms.edge.principal import OPS, SERVICE, STAFF, Caller, any_of
from oms.usecases.stocking.deps import Stocking
from oms.usecases.stocking.list_stock_cases import list_open_stock_cases, list_stock_cases
from oms.usecases.stocking.resolve_stock_case import resolve_stock_case
from oms.wiring.stocking import stocking

router = Router()
Deps = Annotated[Stocking, Depends(stocking)]
READERS = any_of(OPS, SERVICE, STAFF)
TAGS = ["cases"]


@router.get(
    "/stock-cases",
    operation_id="listStockCases",
    summary="Open cases about stock, the oldest first",
    tags=TAGS,
    security=READERS,
)
def list_open(deps: Deps) -> StockCasesView:
    return StockCasesView.of(list_open_stock_cases(deps))


@router.get(
    "/stock/<sku>/cases",
    operation_id="listCasesOfSku",
    summary="Cases about a SKU, closed ones too",
    tags=TAGS,
    security=READERS,
)
def list_of_sku(sku: Name, deps: Deps) -> StockCasesView:
    return StockCasesView.of(list_stock_cases(sku, deps))


@router.post(
    "/stock/<sku>/cases/<kind>/<node>/resolve",
    operation_id="resolveStockCase",
    summary="Close a case about stock with a note",
    tags=TAGS,
    security=any_of(OPS),
)
def resolve(
    sku: Name, kind: Name, node: Name, body: ResolveStockCaseBody, caller: Caller, deps: Deps
) -> StockCaseView:
    return StockCaseView.of(resolve_stock_case(sku, node, kind, body.note, caller.actor, deps))
