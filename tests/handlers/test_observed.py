"""The line that each call leaves: what, for which order, how it ended, how long it took."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from oms.domain.errors import Fault
from oms.edge.observed import observed
from oms.observability import about, correlation_id
from tests.invocation import CONTEXT, logged

Lines = Callable[[], list[dict[str, Any]]]
ORDER = "0123456789ABCDEF"


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Called after the handler: the lines it left."""
    with ExitStack() as stack:
        found = stack.enter_context(logged())

        def read() -> list[dict[str, Any]]:
            stack.close()
            return found

        yield read


def request(route: str = "GET /orders/{order_id}", **more: Any) -> dict[str, Any]:
    return {"routeKey": route, "requestContext": {"requestId": "JKJaXmPLvHcESHA="}, **more}


def answer(status: int = 200, body: Any = None, **headers: str) -> dict[str, Any]:
    return {"statusCode": status, "headers": headers, "body": json.dumps(body)}


def test_a_request_leaves_one_line(lines: Lines) -> None:
    observed(lambda event, context: answer())(request(), CONTEXT)
    (line,) = lines()
    assert line["duration_ms"] >= 0
    assert line | {"timestamp": "", "duration_ms": 0, "cold_start": False} == {
        "level": "INFO",
        "message": "request",
        "timestamp": "",
        "service": "oms",
        "cold_start": False,
        "function_name": "function",
        "function_request_id": "request",
        "correlation_id": "JKJaXmPLvHcESHA=",
        "route": "GET /orders/{order_id}",
        "request_id": "JKJaXmPLvHcESHA=",
        "status": 200,
        "outcome": "OK",
        "duration_ms": 0,
    }


def test_the_callers_correlation_id_is_taken_and_answered(lines: Lines) -> None:
    event = request(headers={"X-Correlation-Id": "cart-7"})
    answered = observed(lambda event, context: answer())(event, CONTEXT)
    assert answered["headers"]["x-correlation-id"] == "cart-7"
    assert lines()[0]["correlation_id"] == "cart-7"


@pytest.mark.parametrize(
    "given", ["", "a" * 41, "a b", 'a"b', "Jo Doe <jo@example.org>", "é", "-a", "a\nb"]
)
def test_an_id_that_is_not_well_formed_is_replaced(given: str) -> None:
    event = request(headers={"x-correlation-id": given})
    answered = observed(lambda event, context: answer())(event, CONTEXT)
    assert answered["headers"]["x-correlation-id"] == "JKJaXmPLvHcESHA="


@pytest.mark.parametrize(
    ("event", "answered"),
    [
        (request(pathParameters={"order_id": ORDER}), answer()),
        (request("POST /orders"), answer(201, location=f"/orders/{ORDER}")),
    ],
)
def test_the_line_names_the_order(
    event: dict[str, Any], answered: dict[str, Any], lines: Lines
) -> None:
    observed(lambda event, context: answered)(event, CONTEXT)
    assert lines()[0]["order_id"] == ORDER


def test_what_a_handler_says_of_itself_is_in_its_lines_alone(lines: Lines) -> None:
    def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
        if event["routeKey"] == "POST /webhooks":
            about(order_id=ORDER)
        return answer()

    for route in ("POST /webhooks", "GET /orders"):
        observed(handler)(request(route), CONTEXT)
    first, second = lines()
    assert first["order_id"] == ORDER
    assert "order_id" not in second


def test_a_refusal_is_named_by_its_problem(lines: Lines) -> None:
    refused = answer(404, {"type": "https://oms.example/problems/NotFound"})
    for answered in (refused, {"statusCode": 404, "body": "no JSON"}):
        observed(lambda event, context, a=answered: dict(a))(request(), CONTEXT)
    assert [line["outcome"] for line in lines()] == ["NotFound", "HTTP404"]


def test_a_task_leaves_one_line(lines: Lines) -> None:
    task = {"task": "refund", "order_id": ORDER, "number": 2, "correlation_id": "cart-7"}
    observed(lambda event, context: {"outcome": "REFUNDED"})(task, CONTEXT)
    (line,) = lines()
    told = ("message", "task", "order_id", "number", "outcome", "correlation_id")
    assert [line[name] for name in told] == ["task", "refund", ORDER, 2, "REFUNDED", "cart-7"]


def test_a_fault_is_raised_and_named(lines: Lines) -> None:
    def broken(event: dict[str, Any], context: Any) -> None:
        raise Fault("the order of Jo Doe is broken")

    with pytest.raises(Fault):
        observed(broken)({"task": "allocate", "order_id": ORDER}, CONTEXT)
    (line,) = lines()
    assert (line["task"], line["order_id"], line["outcome"]) == ("allocate", ORDER, "Fault")


def test_a_scheduled_run_leaves_its_figures(lines: Lines) -> None:
    observed(lambda event, context: {"expire": 2, "note": "Jo Doe"})({}, CONTEXT)
    (line,) = lines()
    assert (line["message"], line["outcome"], line["figures"]) == ("run", "OK", {"expire": 2})


def test_the_correlation_id_is_there_for_whom_the_handler_calls() -> None:
    seen = []
    observed(lambda event, context: seen.append(correlation_id()))(
        {"task": "x", "correlation_id": "cart-7"}, CONTEXT
    )
    observed(lambda event, context: seen.append(correlation_id()))({"task": "x"}, CONTEXT)
    assert seen == ["cart-7", ""]
