"""Orders come in: from storefronts and the contact centre, and as webhooks of shops."""

from __future__ import annotations

from ..route import Route

FUNCTION = "ingest_order"

ROUTES = (
    Route(
        "POST",
        "/orders",
        FUNCTION,
        ("oms/storefront", "oms/service"),
        "Place an order; the same channel and external_id find the order that is there",
        request="orders:OrderBody",
        responses={201: "placed:PlacedView"},
    ),
    Route(
        "POST",
        "/webhooks/shopify/{channel}",
        FUNCTION,
        (),
        "Take an order that a Shopify shop reports, signed with X-Shopify-Hmac-Sha256",
        responses={200: "placed:PlacedView"},
        public=True,
    ),
)
