"""Cycle counts: assign, count, review, post."""

from __future__ import annotations

from ..route import Route

FUNCTION = "count"
WHO = ("oms/staff", "oms/ops")
VIEW = {200: "counts:CountSessionView"}
ONE = "/counts/{id}"

ROUTES = (
    Route(
        "POST", "/counts", FUNCTION, WHO,
        "Plan a count of some SKUs of a node; the same id is the same count",
        request="counts:CountSessionBody", responses=VIEW,
    ),
    Route("GET", ONE, FUNCTION, WHO, "See a count", responses=VIEW),
    Route(
        "GET", "/nodes/{node}/counts", FUNCTION, WHO,
        "The counts of a node that have not ended, the first hundred",
        responses={200: "counts:CountSessionsView"},
    ),
    Route(
        "POST", f"{ONE}/assign", FUNCTION, WHO, "Say who counts",
        request="counts:AssigneeBody", responses=VIEW,
    ),
    Route(
        "POST", f"{ONE}/count", FUNCTION, WHO,
        "Tell what was found of some SKUs; once all are told, the count is complete",
        request="counts:CountedBody", responses=VIEW,
    ),
    Route(
        "POST", f"{ONE}/review", FUNCTION, WHO,
        "Show, beside what was counted, what was believed to lie there then", responses=VIEW,
    ),
    Route(
        "POST", f"{ONE}/recount", FUNCTION, WHO, "Have SKUs counted again",
        request="counts:RecountBody", responses=VIEW,
    ),
    Route(
        "POST", f"{ONE}/post", FUNCTION, WHO,
        "Book what was counted, once; what was sold since stays sold", responses=VIEW,
    ),
    Route("POST", f"{ONE}/void", FUNCTION, WHO, "Give a count up", responses=VIEW),
)  # fmt: skip
