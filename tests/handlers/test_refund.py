"""The function `refund`: its routes as the API calls them, its tasks as Step Functions does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from functions.refund import app
from oms import wiring
from oms.domain.model.order import Order
from tests.cloud import World, world
from tests.invocation import CONTEXT
from tests.returning import delivered, inspected, money

EVENTS = Path(__file__).parents[2] / "events" / "refund"
WAY = ("http_post_return", "http_post_receive", "http_post_inspect", "task_await", "task_refund")


@pytest.fixture(name="world")
def _world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with world() as built:
        live = SimpleNamespace(**vars(built) | {"now": lambda: built.now})
        monkeypatch.setattr(wiring, "live", lambda: live)
        yield built


@pytest.fixture(name="order")
def _order(world: World) -> Order:
    """The order that the sample events name."""
    return delivered(world, {"SKU-001": 2})


def sample(name: str) -> dict[str, Any]:
    return dict(json.loads((EVENTS / f"{name}.json").read_text()))


def call(name: str, body: Any = None, **changes: Any) -> tuple[int, dict[str, Any]]:
    event = sample(name) | changes
    if body is not None:
        event["body"] = json.dumps(body)
    answer = app.handler(event, CONTEXT)
    return answer["statusCode"], json.loads(answer["body"])


def test_every_route_of_the_contract_is_served_and_has_a_sample() -> None:
    samples = {sample(path.stem)["routeKey"] for path in EVENTS.glob("http_*.json")}
    assert set(app.app.by_key) == samples


def test_a_return_from_the_request_to_the_refund_each_step_twice(
    world: World, order: Order
) -> None:
    seen = []
    for name in (*WAY, "task_conclude", "http_get_return"):
        first, second = (app.handler(sample(name), CONTEXT) for _ in range(2))
        assert first == second or name == "task_refund", name
        seen.append(first)
    assert [answer["statusCode"] for answer in seen[:3]] == [201, 200, 200]
    assert [answer["outcome"] for answer in seen[3:6]] == ["WAITING", "SUCCEEDED", "COMPLETED"]
    shown = json.loads(seen[6]["body"])
    assert (shown["status"], shown["money"], shown["amount"]) == ("COMPLETED", "SUCCEEDED", 1999)
    assert shown["lines"] == [
        {
            "line": 1,
            "sku": "SKU-001",
            "advised": 1,
            "received": 1,
            "accepted": 1,
            "reason": "DOES_NOT_FIT",
            "disposition": "RESTOCK",
        }
    ]
    assert money(world, order.id) == (4488, 1999, 1999)


def test_a_counter_return_is_ready_to_be_refunded_in_one_call(order: Order) -> None:
    for _ in range(2):
        status, shown = call("http_post_counter")
        assert (status, shown["number"], shown["status"]) == (201, 1, "INSPECTED")
        assert (shown["money"], shown["node"], shown["waits_for"]) == (
            "DUE",
            "store-paris",
            "REFUND_DUE",
        )


def test_a_cancelled_return_says_so_again(order: Order) -> None:
    call("http_post_return")
    assert [call("http_post_cancel")[1]["status"] for _ in range(2)] == ["CANCELLED"] * 2


def test_a_parked_execution_opens_a_case_and_keeps_its_token(world: World, order: Order) -> None:
    inspected(world, order.id, {1: 1})
    assert app.handler(sample("task_park"), CONTEXT) == {"outcome": "PARKED"}
    waiting = world.orders.wait(order.id, "RETURN#01")
    assert waiting
    assert waiting["reason"] == "PARKED"
    assert [case["sk"] for case in world.orders.get(order.id).cases] == ["CASE#PARKED#01"]


LINE = {"line": 1, "quantity": 1, "reason": "DAMAGED"}
WRONG = [
    ("http_post_return", {"lines": []}, "/lines"),
    ("http_post_return", {"lines": [LINE, LINE]}, "/lines"),
    ("http_post_return", {"lines": [LINE | {"quantity": 0}]}, "/lines/0/quantity"),
    ("http_post_return", {"lines": [LINE | {"quantity": "1"}]}, "/lines/0/quantity"),
    ("http_post_return", {"lines": [LINE | {"reason": "BORED"}]}, "/lines/0/reason"),
    ("http_post_return", {"lines": [LINE], "amount": 5}, "/amount"),
    ("http_post_receive", {"lines": []}, "/node"),
    ("http_post_receive", {"node": "store-paris", "lines": [{"line": 0}]}, "/lines/0/line"),
    ("http_post_inspect", {"node": "store-paris", "lines": [], "fee": -1}, "/fee"),
    ("http_post_counter", {"key": "", "node": "store-paris", "lines": [LINE]}, "/key"),
]


@pytest.mark.parametrize(("name", "body", "pointer"), WRONG)
def test_a_wrong_body_is_refused_with_its_field(
    order: Order, name: str, body: Any, pointer: str
) -> None:
    status, problem = call(name, body)
    assert status == 422
    assert pointer in [error["pointer"] for error in problem["errors"]]


def test_a_return_without_a_key_is_refused(order: Order) -> None:
    status, problem = call("http_post_return", headers={})
    assert (status, problem["errors"][0]["pointer"]) == (422, "/key")


def test_what_cannot_be_returned_is_named(order: Order) -> None:
    status, problem = call("http_post_return", {"lines": [LINE | {"quantity": 3}]})
    assert (status, problem["type"].rpartition("/")[2]) == (409, "NothingToReturn")
    assert problem["errors"] == [
        {"pointer": "/lines/0", "detail": "2 units of line 1 can be returned"}
    ]


def test_staff_act_at_their_own_nodes_only(order: Order) -> None:
    call("http_post_return")
    body = {"node": "dc-lille", "lines": [{"line": 1, "arrived": 1}]}
    assert call("http_post_receive", body)[0] == 404
    assert call("http_get_return")[1]["status"] == "APPROVED"


def test_only_customer_service_looks_past_the_window(world: World, order: Order) -> None:
    world.now += 31 * 86_400
    body = {"lines": [LINE], "ignore_window": True}
    assert call("http_post_return", {"lines": [LINE]})[0] == 409
    assert call("http_post_return", body)[0] == 403
    claims = {"sub": "agent-7", "scope": "oms/service"}
    service = {"requestContext": {"authorizer": {"jwt": {"claims": claims}}}}
    assert call("http_post_return", body, **service)[0] == 201


@pytest.mark.parametrize("number", ["2", "0", "-1", "x", "²", "1000000"])
def test_an_unknown_return_is_not_found(order: Order, number: str) -> None:
    call("http_post_return")
    path = {"order_id": order.id, "number": number}
    assert call("http_get_return", pathParameters=path)[0] == 404


def test_an_unknown_order_is_not_found(world: World) -> None:
    assert call("http_get_return")[0] == 404
    assert call("http_post_return")[0] == 404
