"""The routes that are documented and deployed are the routes that functions answer."""

from __future__ import annotations

import importlib
from functools import cache

import pytest

from oms.contracts.route import Route
from oms.contracts.routes import all_routes
from oms.edge import principal
from tests.architecture.source import FUNCTIONS
from tools.http_routes import HttpRoute, apis, http_routes

DESCRIBED = all_routes()
ROUTES = http_routes()
KNOWN_SCOPES = {
    principal.STOREFRONT,
    principal.STAFF,
    principal.SERVICE,
    principal.OPS,
    principal.CODES,
}
SIGNED_OR_SHARED = ("/webhooks/", "/track/", "/openapi.json")  # what needs no token
WITH_ROUTES = sorted(
    path.parent.name for path in FUNCTIONS.glob("*/app.py") if "\nROUTES" in path.read_text()
)


@cache
def answered(function: str) -> frozenset[str]:
    return frozenset(importlib.import_module(f"functions.{function}.app").ROUTES)


@pytest.mark.parametrize("route", DESCRIBED, ids=lambda route: route.key)
def test_a_route_is_answered_by_the_function_it_names(route: Route) -> None:
    assert route.function in WITH_ROUTES, f"functions/{route.function}/app.py has no ROUTES"
    assert route.key in answered(route.function)


@pytest.mark.parametrize("function", WITH_ROUTES)
def test_a_function_answers_no_route_that_is_not_described(function: str) -> None:
    described = {route.key for route in DESCRIBED if route.function == function}
    assert answered(function) <= described, "add them to oms/contracts/routes/"


@pytest.mark.parametrize("route", DESCRIBED, ids=lambda route: route.key)
def test_a_route_answers_with_success_or_a_redirection(route: Route) -> None:
    assert route.responses
    assert all(200 <= status < 400 for status in route.responses)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_a_route_asks_for_known_scopes_or_is_signed_or_shared(route: HttpRoute) -> None:
    assert set(route.scopes) <= KNOWN_SCOPES
    assert route.public == route.path.startswith(SIGNED_OR_SHARED)


def served() -> list[tuple[str, object]]:
    return [(route.openapi_path, route) for api in apis().values() for route in api.routes]


@pytest.mark.parametrize(("path", "route"), served(), ids=lambda each: str(each)[:60])
def test_a_route_says_what_it_does_in_words(path: str, route: object) -> None:
    for word in ("summary", "operation_id", "tags"):
        assert getattr(route, word), f"{path} has no {word}"
    assert 200 <= getattr(route, "status_code") < 300  # noqa: B009 - as below
    operation = str(getattr(route, "operation_id"))  # noqa: B009 - of Powertools' own class
    assert operation.isalnum(), "lowerCamelCase: what an SDK's user types"
    assert operation[0].islower()
