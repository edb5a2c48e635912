"""How promises were kept."""

from __future__ import annotations

from ..route import Param, Route

FUNCTION = "promises"
DATE = r"^\d{4}-\d{2}-\d{2}$"
IDENTIFIER = r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$"

ROUTES = (
    Route(
        "GET",
        "/promises/accuracy",
        FUNCTION,
        ("oms/ops", "oms/staff"),
        "Promised against delivered: parts, share on time, days early and late. Staff name a node"
        " of theirs",
        responses={200: "promises:AccuracyView"},
        query=(
            Param("since", "First day promised, 28 days ago unless said", pattern=DATE),
            Param("until", "Last day promised, today unless said", pattern=DATE),
            Param("by", "day, channel, method, node or lane; channel unless said"),
            Param("channel", "Only this channel", pattern=IDENTIFIER),
            Param("method", "Only SHIP or PICKUP"),
            Param("node", "Only this node", pattern=IDENTIFIER),
            Param("lane", "Only this carrier lane, as swift/standard/FR-DE", max_length=150),
        ),
    ),
    Route(
        "GET",
        "/promises/lanes",
        FUNCTION,
        ("oms/ops",),
        "The carrier lanes that are late too often, and the margin their promises take",
        responses={200: "promises:LanesView"},
    ),
)
