"""Groups of a person become scopes and nodes of the access token (Cognito, event version 2).

role-staff → scope oms/staff; node-PARIS → claim nodes "PARIS". Other groups mean nothing here.
"""

from __future__ import annotations

from typing import Any

from oms.edge.observed import observed

SCOPES = {
    "role-staff": "oms/staff",
    "role-service": "oms/service",
    "role-ops": "oms/ops",
    "role-codes": "oms/codes",  # beside another: who may read what customers were given
}
NODE = "node-"


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    groups = event["request"]["groupConfiguration"].get("groupsToOverride") or []
    nodes = [group.removeprefix(NODE) for group in groups if group.startswith(NODE)]
    event["response"]["claimsAndScopeOverrideDetails"] = {
        "accessTokenGeneration": {
            "claimsToAddOrOverride": {"nodes": " ".join(sorted(nodes))},
            "scopesToAdd": sorted(SCOPES[group] for group in groups if group in SCOPES),
        }
    }
    return event
