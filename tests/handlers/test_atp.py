"""GET and POST /availability, from the API's event to the answer."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest

from functions.atp import app
from oms import wiring
from oms.domain.errors import Fault
from oms.domain.limits.carts import MAX_CART_LINES
from tests import cloud
from tests.invocation import CONTEXT
from tests.usecases.test_quote_availability import NOW, world

EVENTS = Path(__file__).parents[2] / "events" / "atp"
QUERY = {"sku": "A", "channel": "web", "country": "DE", "lat": "52.52", "lon": "13.405"}
CART = {"channel": "web", "country": "DE", "lines": [{"sku": "A", "quantity": 2}]}


@pytest.fixture
def deps(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    around = world()
    live = SimpleNamespace(**around, reservations=None, now=lambda: NOW, quote_budget_s=30.0)
    monkeypatch.setattr(wiring, "live", lambda: live)
    return around


def call(route: str, **event: Any) -> tuple[int, dict[str, Any]]:
    answer = app.handler({"routeKey": route, **event}, CONTEXT)
    return answer["statusCode"], json.loads(answer["body"])


def get(**query: str) -> tuple[int, dict[str, Any]]:
    return call("GET /availability", queryStringParameters={**QUERY, **query})


def post(body: Any) -> tuple[int, dict[str, Any]]:
    return call("POST /availability", body=json.dumps(body))


@pytest.mark.parametrize("name", ["http_get_product", "http_post_cart"])
def test_the_sample_events_are_answered_by_the_tables(monkeypatch, name: str) -> None:
    event = json.loads((EVENTS / f"{name}.json").read_text())
    with cloud.world() as tables:
        for sku in ("SKU-001", "SKU-002", "SKU-003"):
            cloud.receive(tables, sku, "dc-lille", 5)
        cloud.receive(tables, "SKU-001", "store-paris", 1)
        deps = SimpleNamespace(
            config=tables.config,
            stock=tables.stock,
            reservations=None,
            now=lambda: tables.now,
            quote_budget_s=30.0,
        )
        monkeypatch.setattr(wiring, "live", lambda: deps)
        answer = app.handler(event, CONTEXT)
    options = {option["id"]: option for option in json.loads(answer["body"])["options"]}
    assert options["SHIP:standard"]["available"]
    assert options["PICKUP:store-paris"]["available"] == (name == "http_get_product")


def test_a_product_page_gets_its_delivery_options(deps) -> None:
    status, body = get(quantity="2", radius_km="5", postal_code="10115")
    assert status == 200
    assert (body["currency"], body["confidence"]) == ("EUR", "HIGH")
    assert [option["id"] for option in body["options"]] == [
        "SHIP:standard",
        "SHIP:express",
        "PICKUP:S1",
    ]
    assert body["options"][0] == {
        "id": "SHIP:standard",
        "method": "SHIP",
        "service": "standard",
        "node": "",
        "node_name": "",
        "distance_km": None,
        "available": True,
        "reason": "",
        "promise": {
            "ship_by": "2026-06-10",
            "deliver_from": "",
            "deliver_by": "2026-06-12",
            "ready_by": "",
            "confidence": "HIGH",
            "margin_days": 0,
        },
        "order_before": "2026-06-10T14:00:00+02:00",
        "order_within_s": 14_400,
        "price": 490,
        "parts": 1,
        "missing": {},
        "kits": {},
        "backorder": None,
        "alternatives": [],
        "substitutes": {},
        "days": [],
    }


def test_a_cart_gets_its_delivery_options(deps) -> None:
    status, body = post({**CART, "lines": [{"sku": "A", "quantity": 10}]})
    assert status == 200
    assert body["options"][0]["missing"] == {}
    status, body = post({**CART, "lines": [{"sku": "A", "quantity": 99}]})
    assert body["options"][0]["missing"] == {"A": 88}


def test_a_fault_of_the_stock_is_no_fault_of_the_answer(deps) -> None:
    deps["stock"].broken = Fault("throttled")
    status, body = post(CART)
    assert (status, body["confidence"]) == (200, "LOW")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quantity": "0"}, "/quantity"),
        ({"quantity": "two"}, "/quantity"),
        ({"country": "Germany"}, "/country"),
        ({"lat": "north"}, "/lat"),
        ({"radius_km": "501"}, "/radius_km"),
        ({"color": "red"}, "/color"),
        ({"sku": "X"}, "/lines/0/sku"),
    ],
)
def test_a_wrong_query_names_its_field(deps, wrong: dict[str, str], field: str) -> None:
    status, body = get(**wrong)
    assert (status, [error["pointer"] for error in body["errors"]]) == (422, [field])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**CART, "lines": []}, "/lines"),
        ({**CART, "lines": [{"sku": "A", "quantity": "1"}]}, "/lines/0/quantity"),
        ({**CART, "lines": CART["lines"] * (MAX_CART_LINES + 1)}, "/lines"),
        ({**CART, "promise": "soon"}, "/promise"),
        ([], ""),
    ],
)
def test_a_wrong_cart_names_its_field(deps, body: Any, field: str) -> None:
    status, answer = post(body)
    assert (status, [error["pointer"] for error in answer["errors"]]) == (422, [field])


def test_an_unknown_channel_is_not_found(deps) -> None:
    assert get(channel="nobody")[0] == 404


def test_stock_that_does_not_answer_in_time_is_no_fault_of_the_answer(monkeypatch) -> None:
    around, waiting = world(), Event()

    def network(*args: Any, **more: Any) -> None:
        waiting.wait(30)

    around["stock"].network = network
    live = SimpleNamespace(**around, reservations=None, now=lambda: NOW, quote_budget_s=0.05)
    monkeypatch.setattr(wiring, "live", lambda: live)
    try:
        status, body = post(CART)
    finally:
        waiting.set()
    assert (status, body["confidence"]) == (200, "LOW")
    assert body["options"][0]["promise"]["confidence"] == "LOW"


def test_a_broken_configuration_is_no_fault_of_the_answer(deps) -> None:
    def warm(*_: object) -> None:
        raise Fault("throttled")

    deps["config"].warm = warm
    status, body = post(CART)
    assert (status, body["confidence"], body["currency"]) == (200, "LOW", "")
