"""Files of stock lines that were dropped in the inbox bucket."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.stock_files import LoadsView, LoadView, StockFileQuery
from oms.edge.api import Router
from oms.edge.principal import OPS, SERVICE, any_of
from oms.edge.query import query_of
from oms.ports import Loads
from oms.wiring.feeding import loads

router = Router()
Deps = Annotated[Loads, Depends(loads)]
Asked = Annotated[StockFileQuery, Depends(query_of(StockFileQuery))]


@router.get(
    "/stock/files",
    operation_id="getStockFile",
    summary="Progress of a file of stock lines in the inbox bucket, one entry for each drop",
    tags=["stock"],
    security=any_of(SERVICE, OPS),
)
def get_file(query: Asked, deps: Deps) -> LoadsView:
    return LoadsView(loads=[LoadView.of(load) for load in deps.of_file(query.name)])
