"""The auditor."""

from __future__ import annotations

from ..route import Route

FUNCTION = "audit"

ROUTES = (
    Route(
        "POST",
        "/audit",
        FUNCTION,
        ("oms/ops",),
        "Check the invariants of what changed since the last run; what is wrong becomes a case",
        request="auditing:AuditBody",
        responses={200: "auditing:AuditView"},
    ),
)
