"""Past orders sourced again by rules that are not live yet."""

from __future__ import annotations

from ..route import Route

FUNCTION = "replay"
ONE = "/sourcing/replays/{name}"

ROUTES = (
    Route(
        "PUT",
        ONE,
        FUNCTION,
        ("oms/ops",),
        "Source past orders again by a version of rules; asked twice it is one replay",
        request="replays:ReplayBody",
        responses={202: "replays:ReplayView"},
    ),
    Route(
        "GET",
        ONE,
        FUNCTION,
        ("oms/service", "oms/ops"),
        "How far a replay is; what came of it, side by side with what happened",
        responses={200: "replays:ReplayView"},
    ),
)
