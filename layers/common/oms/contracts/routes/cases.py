"""Exception cases about stock."""

from __future__ import annotations

from ..route import Route

FUNCTION = "cases"
READERS = ("oms/ops", "oms/service", "oms/staff")
OPS = ("oms/ops",)

ROUTES = (
    Route(
        "GET",
        "/stock-cases",
        FUNCTION,
        READERS,
        "Open cases about stock, the oldest first",
        responses={200: "auditing:StockCasesView"},
    ),
    Route(
        "GET",
        "/stock/{sku}/cases",
        FUNCTION,
        READERS,
        "Cases about a SKU, closed ones too",
        responses={200: "auditing:StockCasesView"},
    ),
    Route(
        "POST",
        "/stock/{sku}/cases/{kind}/{node}/resolve",
        FUNCTION,
        OPS,
        "Close a case about stock with a note",
        request="auditing:ResolveStockCaseBody",
        responses={200: "auditing:StockCaseView"},
    ),
)
