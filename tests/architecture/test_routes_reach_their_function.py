"""The routes that are documented and deployed are the routes that functions answer."""

from __future__ import annotations

import importlib
from functools import cache

import pytest

from oms.contracts.route import Route
from oms.contracts.routes import all_routes
from oms.edge import http
from tests.architecture.source import FUNCTIONS
from tools.openapi import operation_id

ROUTES = all_routes()
KNOWN_SCOPES = {http.STOREFRONT, http.STAFF, http.SERVICE, http.OPS, http.CODES}
WITH_ROUTES = sorted(
    path.parent.name for path in FUNCTIONS.glob("*/app.py") if "\nROUTES" in path.read_text()
)


@cache
def answered(function: str) -> frozenset[str]:
    return frozenset(importlib.import_module(f"functions.{function}.app").ROUTES)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_a_route_is_answered_by_the_function_it_names(route: Route) -> None:
    assert route.function in WITH_ROUTES, f"functions/{route.function}/app.py has no ROUTES"
    assert route.key in answered(route.function)


@pytest.mark.parametrize("function", WITH_ROUTES)
def test_a_function_answers_no_route_that_is_not_described(function: str) -> None:
    described = {route.key for route in ROUTES if route.function == function}
    assert answered(function) <= described, "add them to oms/contracts/routes/"


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_a_route_is_public_or_asks_for_known_scopes(route: Route) -> None:
    assert set(route.scopes) <= KNOWN_SCOPES
    assert bool(route.scopes) != route.public


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_a_route_answers_with_success_or_a_redirection(route: Route) -> None:
    assert route.responses
    assert all(200 <= status < 400 for status in route.responses)


def test_operations_have_names_of_their_own() -> None:
    names = [operation_id(route) for route in ROUTES]
    assert len(set(names)) == len(names)
