"""Sourcing as a merchant steers it: rules are drafted, checked, activated, rolled back."""

from __future__ import annotations

from typing import Any

from oms.edge import steering as edge
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.usecases.steering.activate_rules import activate_rules, roll_back_rules
from oms.usecases.steering.draft_rules import draft_rules, edit_rules
from oms.usecases.steering.list_profiles import list_profiles
from oms.usecases.steering.list_rules import list_rules
from oms.usecases.steering.validate_rules import validate_rules
from oms.wiring.steering import steering


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def profiles(request: Request) -> Response:
    return edge.profiles(list_profiles(deps=steering()))


def listing(request: Request) -> Response:
    profile, asked = edge.profile_of(request), edge.listing(request)
    active, found = list_rules(profile, **asked, deps=steering())
    return edge.page(profile, active, found, asked["limit"])


def read(request: Request) -> Response:
    return edge.shown(steering().rules.version(*edge.which(request)))


def draft(request: Request) -> Response:
    text, based_on = edge.draft_of(request)
    drafted = draft_rules(edge.profile_of(request), text, based_on=based_on, **_by(request))
    return edge.shown(drafted, status=201)


def edit(request: Request) -> Response:
    text, version = edge.edit_of(request)
    return edge.shown(edit_rules(*edge.which(request), text, version=version, **_by(request)))


def validate(request: Request) -> Response:
    return edge.shown(validate_rules(*edge.which(request), **_by(request)))


def activate(request: Request) -> Response:
    return edge.shown(activate_rules(*edge.which(request), **_by(request)))


def roll_back(request: Request) -> Response:
    which = edge.profile_of(request), edge.wrong_of(request)
    return edge.shown(roll_back_rules(*which, **_by(request)))


def _by(request: Request) -> dict[str, Any]:
    return {"actor": request.principal.actor, "deps": steering()}


ONE = "/sourcing/profiles/{profile}/versions/{number}"
ROUTES = {
    "GET /sourcing/profiles": profiles,
    "GET /sourcing/profiles/{profile}/versions": listing,
    "POST /sourcing/profiles/{profile}/versions": draft,
    f"GET {ONE}": read,
    f"PUT {ONE}": edit,
    f"POST {ONE}/validate": validate,
    f"POST {ONE}/activate": activate,
    "POST /sourcing/profiles/{profile}/rollback": roll_back,
}
