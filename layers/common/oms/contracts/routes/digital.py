"""Codes of digital products, and what orders were given of them."""

from __future__ import annotations

from ..route import Route

FUNCTION = "digital"
OPS = ("oms/ops",)
COUNTERS = ("oms/ops", "oms/service")
CODE_READERS = ("oms/codes",)

ROUTES = (
    Route(
        "POST",
        "/products/{sku}/codes",
        FUNCTION,
        OPS,
        "Load codes of a gift card or licence key; who waits for them is delivered",
        request="digital:CodesBody",
        responses={200: "digital:PoolView"},
    ),
    Route(
        "GET",
        "/products/{sku}/codes",
        FUNCTION,
        COUNTERS,
        "How many codes of a product are left",
        responses={200: "digital:PoolView"},
    ),
    Route(
        "GET",
        "/orders/{order_id}/digital-goods",
        FUNCTION,
        CODE_READERS,
        "The codes and links that the customer of an order was given",
        responses={200: "digital:GoodsView"},
    ),
)
