"""Moving what no node has accepted, and nodes that take no orders for a while."""

from __future__ import annotations

from ..route import Route

FUNCTION = "reroute"
HELPERS = ("oms/service", "oms/ops")
WORKERS = ("oms/staff", *HELPERS)
STATUS = "/nodes/{node}/status"

ROUTES = (
    Route(
        "POST",
        "/orders/{order_id}/parts/{part}/move",
        FUNCTION,
        HELPERS,
        "Give a part that no node has accepted to a node of your choice",
        request="rerouting:MoveBody",
        responses={200: "staff:FulfilmentOrderView"},
    ),
    Route(
        "GET",
        STATUS,
        FUNCTION,
        WORKERS,
        "Whether a node takes orders, and who said so",
        responses={200: "rerouting:StandingView"},
    ),
    Route(
        "PUT",
        STATUS,
        FUNCTION,
        WORKERS,
        "Stop or open a node; what it has not accepted goes to other nodes",
        request="rerouting:StandingBody",
        responses={200: "rerouting:StandingView"},
    ),
)
