"""Groups of the user pool become what the API's authorizer and the functions read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from functions.pre_token.app import SCOPES, handler
from oms.edge import principal
from tests.invocation import CONTEXT

EVENT = Path(__file__).parents[2] / "events" / "pre_token" / "staff.json"


def token_for(groups: list[str] | None) -> dict[str, Any]:
    event = json.loads(EVENT.read_text())
    event["request"]["groupConfiguration"]["groupsToOverride"] = groups
    answer = handler(event, CONTEXT)
    found: dict[str, Any] = answer["response"]["claimsAndScopeOverrideDetails"]
    return dict(found["accessTokenGeneration"])


def test_a_person_gets_the_scope_and_the_nodes_of_the_groups() -> None:
    answer = handler(json.loads(EVENT.read_text()), CONTEXT)
    assert answer["response"]["claimsAndScopeOverrideDetails"]["accessTokenGeneration"] == {
        "claimsToAddOrOverride": {"nodes": "store-lyon store-paris"},
        "scopesToAdd": ["oms/staff"],
    }


def test_without_groups_a_token_opens_nothing() -> None:
    nothing = {"claimsToAddOrOverride": {"nodes": ""}, "scopesToAdd": []}
    assert token_for(None) == token_for([]) == token_for(["book-club", "staff"]) == nothing


def test_a_person_may_have_several_roles() -> None:
    assert token_for(["role-service", "role-ops"])["scopesToAdd"] == ["oms/ops", "oms/service"]


def test_the_scopes_are_those_that_routes_ask_for() -> None:
    assert set(SCOPES.values()) == {
        principal.STAFF,
        principal.SERVICE,
        principal.OPS,
        principal.CODES,
    }
