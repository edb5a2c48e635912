"""Stock as warehouses and stores report it."""

from __future__ import annotations

from ..route import Route

FUNCTION = "stock"
WRITERS = ("oms/staff", "oms/ops")
READERS = ("oms/staff", "oms/ops", "oms/service")

ROUTES = (
    Route(
        "GET",
        "/stock/{sku}",
        FUNCTION,
        READERS,
        "Stock of a SKU at every node",
        responses={200: "stock:StockView"},
    ),
    Route(
        "PUT",
        "/stock/{sku}/nodes/{node}/heat",
        FUNCTION,
        ("oms/ops",),
        "Say how a SKU at a node takes the rush of a sale",
        request="stock:HeatBody",
        responses={200: "stock:StockItemView"},
    ),
    Route(
        "POST",
        "/stock/receipts",
        FUNCTION,
        WRITERS,
        "Book goods that arrived; the same id is booked once",
        request="stock:ReceiptBody",
        responses={200: "stock:BookedView"},
    ),
    Route(
        "POST",
        "/stock/adjustments",
        FUNCTION,
        WRITERS,
        "Correct stock by a difference, with its reason; the same id is booked once",
        request="stock:AdjustmentBody",
        responses={200: "stock:BookedView"},
    ),
    Route(
        "POST",
        "/stock/counts",
        FUNCTION,
        WRITERS,
        "Set stock to what was counted; the same id is booked once",
        request="stock:CountBody",
        responses={200: "stock:BookedView"},
    ),
    Route(
        "POST",
        "/stock/supplies",
        FUNCTION,
        WRITERS,
        "Announce stock on its way; the same id is the same supply",
        request="stock:SupplyBody",
        responses={204: None},
    ),
    Route(
        "POST",
        "/stock/feeds",
        FUNCTION,
        WRITERS,
        "Report up to 100 SKUs of a node at once, as counts or differences; lines stand alone",
        request="stock:FeedBody",
        responses={200: "stock:FeedView"},
    ),
)
