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
    Route(
        "GET",
        "/stock/{sku}/proposals",
        FUNCTION,
        ("oms/ops",),
        "What to order and what to move between nodes, from what was shipped lately",
        responses={200: "planning:ProposalsView"},
        query=(
            Param("lead_days", "Of supply, 7 unless said", "integer", minimum=0, maximum=365),
            Param("lead_deviation_h", "Its spread in hours, 36 unless said", "integer", minimum=0),
            Param("z_permille", "Service factor, 1645 (95 %) unless said", "integer", minimum=0),
            Param("target_days", "Days of cover, 14 unless said", "integer", minimum=0),
            Param("band_days", "Beyond it is surplus, 14 unless said", "integer", minimum=0),
        ),
    ),
)
