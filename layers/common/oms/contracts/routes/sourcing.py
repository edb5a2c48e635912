"""Why an order went where it went."""

from __future__ import annotations

from ..route import Route

EXPLAIN = "explain"
READERS = ("oms/service", "oms/ops")

ROUTES = (
    Route(
        "GET",
        "/orders/{order_id}/decisions",
        EXPLAIN,
        READERS,
        "Why the order went where it went: each decision as data and as a sentence",
        responses={200: "decisions:DecisionsAnswer"},
    ),
)
