"""The order's state machine takes the way that its functions' answers say, and parks faults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from local.stack import Stack, up
from tests.system import executions
from tests.system.executions import parked

pytestmark = pytest.mark.system
TEMPLATE = Path(__file__).parent / "machine" / "template.yaml"


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with up(path=TEMPLATE, wait_scale=0.01) as running:
        yield running


def run(stack: Stack, order_id: str) -> tuple[str, list[str]]:
    return executions.run(
        stack, "OrderMachine", order_id, {"order_id": order_id, "correlation_id": ""}
    )


@pytest.mark.parametrize(
    ("order_id", "way"),
    [
        ("happy", "Authorise Allocate ByAllocation Fulfil ByProgress Conclude"),
        ("declined", "Authorise Allocate ByAllocation Conclude"),
        (
            "lost",
            "Authorise Allocate ByAllocation Again "
            "Allocate ByAllocation Fulfil ByProgress Conclude",
        ),
        (
            "resourced",
            "Authorise Allocate ByAllocation Fulfil ByProgress Allocate ByAllocation AwaitStock "
            "ByProgress Allocate ByAllocation Fulfil ByProgress Conclude",
        ),
        ("shaky", "Authorise Allocate ByAllocation Fulfil ByProgress Conclude"),
        (
            "broken",
            "Authorise Allocate Parked Authorise Allocate ByAllocation Fulfil ByProgress Conclude",
        ),
        (
            "unknown",
            "Authorise Allocate ByAllocation Parked Authorise Allocate ByAllocation Conclude",
        ),
    ],
)
def test_the_answers_lead_the_way(stack: Stack, order_id: str, way: str) -> None:
    assert run(stack, order_id) == ("SUCCEEDED", way.split())


def test_a_parked_execution_says_where_and_why(stack: Stack) -> None:
    run(stack, "broken-again")
    fault = parked(stack, "broken-again")
    assert (fault["stage"], fault["order_id"]) == ("Allocate", "broken-again")
    assert "as the script says" in fault["error"]["Cause"]


def test_an_outcome_that_nobody_knows_is_parked_by_its_name(stack: Stack) -> None:
    run(stack, "unknown-again")
    surprise = parked(stack, "unknown-again")
    assert surprise["stage"] == "ByAllocation"
    assert surprise["error"] == {"Error": "UnknownOutcome", "Cause": "NONSENSE"}
