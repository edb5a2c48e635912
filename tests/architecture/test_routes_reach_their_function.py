"""The routes that are documented and deployed are the routes that functions answer."""

from __future__ import annotations

import pytest

from oms.edge import principal
from tools.http_routes import HttpRoute, apis, http_routes

ROUTES = http_routes()
KNOWN_SCOPES = {
    principal.STOREFRONT,
    principal.STAFF,
    principal.SERVICE,
    principal.OPS,
    principal.CODES,
}
SIGNED_OR_SHARED = ("/webhooks/", "/track/", "/openapi.json")  # what needs no token


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
