"""What may be sold, and what stock planners are told."""

from __future__ import annotations

from ..route import Param, Route

FUNCTION = "planning"
EVERYBODY = ("oms/storefront", "oms/service", "oms/staff", "oms/ops")
IDENTIFIER = r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$"

ROUTES = (
    Route(
        "GET",
        "/stock/{sku}/sellable",
        FUNCTION,
        EVERYBODY,
        "The number that a channel may sell, by method, with its band for storefronts",
        responses={200: "planning:SellableView"},
        query=(Param("channel", "The sales channel", required=True, pattern=IDENTIFIER),),
    ),
)
