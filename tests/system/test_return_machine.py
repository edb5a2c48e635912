"""The return's state machine takes the way that its function's answers say, and parks faults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from local.stack import Stack, up
from tests.system import executions
from tests.system.executions import parked

pytestmark = pytest.mark.system
TEMPLATE = Path(__file__).parent / "return_machine" / "template.yaml"

# one answer per call ("x" is a fault) → the states that are entered
WAYS = {
    "REFUND_DUE.SUCCEEDED.COMPLETED": "Await ByProgress Refund ByRefund Conclude",
    "REFUND_DUE.DENIED.COMPLETED": "Await ByProgress Refund ByRefund Conclude",
    "DONE.EXPIRED": "Await ByProgress Conclude",
    "x.REFUND_DUE.x.SUCCEEDED.x.COMPLETED": "Await ByProgress Refund ByRefund Conclude",
    "REFUND_DUE.PENDING.DONE.COMPLETED": (
        "Await ByProgress Refund ByRefund Await ByProgress Conclude"
    ),
    "REFUND_DUE.FAILED.RETRY.SUCCEEDED.COMPLETED": (
        "Await ByProgress Refund ByRefund Parked Refund ByRefund Conclude"
    ),
    "REFUND_DUE.PENDING.REFUND_FAILED.RETRY.SUCCEEDED.COMPLETED": (
        "Await ByProgress Refund ByRefund Await ByProgress Parked Refund ByRefund Conclude"
    ),
    "x.x.x.x.x.x.x.RETRY.NOT_DUE.REFUND_DUE.SUCCEEDED.COMPLETED": (
        "Await Parked Refund ByRefund Await ByProgress Refund ByRefund Conclude"
    ),
}


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with up(path=TEMPLATE, wait_scale=0.01) as running:
        yield running


def run(stack: Stack, script: str) -> tuple[str, list[str]]:
    given = {"order_id": script, "number": 1, "correlation_id": ""}
    return executions.run(stack, "ReturnMachine", f"{script}-R1", given)


@pytest.mark.parametrize("script", WAYS)
def test_the_answers_lead_the_way(stack: Stack, script: str) -> None:
    assert run(stack, script) == ("SUCCEEDED", WAYS[script].split())


def test_a_refused_refund_is_parked_with_its_outcome(stack: Stack) -> None:
    script = "REFUND_DUE.ON_HOLD.RETRY.SUCCEEDED.COMPLETED"
    run(stack, script)
    told = parked(stack, script)
    assert (told["order_id"], told["number"]) == (script, 1)
    assert told["error"] == {"Error": "NotRefunded", "Cause": "ON_HOLD"}
