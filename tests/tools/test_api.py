"""OpenAPI says what the routes and the models say."""

from __future__ import annotations

from typing import Any

import pytest

from oms.contracts.route import Param, Route
from tools import openapi

PLACE = Route(
    "POST",
    "/orders",
    "ingest_order",
    ("oms/storefront", "oms/service"),
    "Place an order",
    request="orders:OrderBody",
    responses={201: "placed:PlacedView", 204: None},
    headers=(Param("Idempotency-Key", "names the attempt", max_length=64),),
    problems=(401, 409),
)
HOOK = Route("POST", "/hooks/{provider}", "pay", (), "Take a webhook", public=True, problems=(401,))


def operation(route: Route) -> dict[str, Any]:
    found: dict[str, Any] = openapi.document([route])["paths"][route.path][route.method.lower()]
    return found


def test_a_body_is_described_by_the_model_that_parses_it() -> None:
    schema = operation(PLACE)["requestBody"]["content"]["application/json"]["schema"]
    assert schema == {"$ref": "#/components/schemas/OrderBody"}
    schemas = openapi.document([PLACE])["components"]["schemas"]
    assert schemas["OrderBody"]["properties"]["external_id"]["maxLength"] == 128


def test_answers_and_problems_are_listed() -> None:
    responses = operation(PLACE)["responses"]
    assert list(responses) == ["201", "204", "401", "409"]
    assert "content" not in responses["204"]
    described = openapi.document([PLACE])["components"]["responses"]["Problem409"]["description"]
    assert "OutOfStock" in described


def test_any_one_scope_is_enough_and_a_hook_needs_none() -> None:
    assert operation(PLACE)["security"] == [{"jwt": ["oms/storefront"]}, {"jwt": ["oms/service"]}]
    assert operation(HOOK)["security"] == []


def test_parameters_carry_their_bounds() -> None:
    (header,) = operation(PLACE)["parameters"]
    assert (header["in"], header["schema"]) == ("header", {"type": "string", "maxLength": 64})
    (provider,) = operation(HOOK)["parameters"]
    assert (provider["name"], provider["in"]) == ("provider", "path")


@pytest.mark.parametrize("name", ["orders:Nothing", "nowhere:OrderBody", "orders:EXTERNAL"])
def test_a_model_that_is_not_there_is_named(name: str) -> None:
    route = Route("GET", "/x", "x", (), "x", responses={200: name})
    with pytest.raises(LookupError, match=f"GET /x names {name}"):
        openapi.document([route])
