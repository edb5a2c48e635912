"""How a merchant steers sourcing, tries rules out, and reads why an order went where it went."""

from __future__ import annotations

from ...domain.limits.sourcing import MAX_RULE_VERSIONS
from ..route import Param, Route

FUNCTION = "sourcing"
EXPLAIN = "explain"
OPS = ("oms/ops",)
READERS = ("oms/service", "oms/ops")
VERSIONS = "/sourcing/profiles/{profile}/versions"
MAX_PAGE = 100

ROUTES = (
    Route(
        "GET",
        "/sourcing/profiles",
        FUNCTION,
        READERS,
        "Profiles of rules: which version decides in each, which are prepared",
        responses={200: "steering:ProfileList"},
    ),
    Route(
        "GET",
        VERSIONS,
        FUNCTION,
        READERS,
        "Versions of a profile's rules, newest first, and which is active",
        responses={200: "steering:RulesPage"},
        query=(
            Param("limit", "20 unless said", "integer", minimum=1, maximum=MAX_PAGE),
            Param(
                "before",
                "Only older ones than this number: `next` of the page before",
                "integer",
                minimum=1,
                maximum=MAX_RULE_VERSIONS,
            ),
        ),
    ),
    Route(
        "POST",
        VERSIONS,
        FUNCTION,
        OPS,
        "Draft rules, or copy those of a version; sent again it is the same draft",
        request="steering:DraftBody",
        responses={201: "steering:RulesView"},
    ),
    Route(
        "GET",
        VERSIONS + "/{number}",
        FUNCTION,
        READERS,
        "One version with its rules",
        responses={200: "steering:RulesView"},
    ),
    Route(
        "PUT",
        VERSIONS + "/{number}",
        FUNCTION,
        OPS,
        "Change a draft; later versions cannot change",
        request="steering:EditBody",
        responses={200: "steering:RulesView"},
    ),
    Route(
        "POST",
        VERSIONS + "/{number}/validate",
        FUNCTION,
        OPS,
        "Check a draft; what is wrong is named by field and reason",
        responses={200: "steering:RulesView"},
    ),
    Route(
        "POST",
        VERSIONS + "/{number}/activate",
        FUNCTION,
        OPS,
        "Let a version decide from now on; the one before retires",
        responses={200: "steering:RulesView"},
    ),
    Route(
        "POST",
        "/sourcing/profiles/{profile}/rollback",
        FUNCTION,
        OPS,
        "Back to the version that the active one replaced",
        request="steering:RollBackBody",
        responses={200: "steering:RulesView"},
    ),
    Route(
        "POST",
        "/sourcing/simulate",
        EXPLAIN,
        READERS,
        "What rules would decide for a basket now, drafts too; nothing is held",
        request="decisions:SimulateBody",
        responses={200: "decisions:SimulatedAnswer"},
    ),
    Route(
        "GET",
        "/orders/{order_id}/decisions",
        EXPLAIN,
        READERS,
        "Why the order went where it went: each decision as data and as a sentence",
        responses={200: "decisions:DecisionsAnswer"},
    ),
)
