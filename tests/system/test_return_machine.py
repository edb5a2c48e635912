"""The return's state machine takes the way that its function's answers say, and parks faults."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from boto3.dynamodb.types import TypeDeserializer

from local.stack import Stack, up

pytestmark = pytest.mark.system
TEMPLATE = Path(__file__).parent / "return_machine" / "template.yaml"
DEADLINE_S = 30.0

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
    """How the execution ended, and the states it entered."""
    machine = stack.client("stepfunctions")
    arn = machine.start_execution(
        stateMachineArn=stack.physical("ReturnMachine"),
        name=f"{script}-R1",
        input=json.dumps({"order_id": script, "number": 1}),
    )["executionArn"]
    deadline = time.monotonic() + DEADLINE_S
    while (status := machine.describe_execution(executionArn=arn)["status"]) == "RUNNING":
        assert time.monotonic() < deadline, entered(machine, arn)
        time.sleep(0.05)
    return status, entered(machine, arn)


def entered(machine: Any, arn: str) -> list[str]:
    pages = machine.get_paginator("get_execution_history").paginate(executionArn=arn)
    details = (e.get("stateEnteredEventDetails") for page in pages for e in page["events"])
    return [detail["name"] for detail in details if detail]


def parked(stack: Stack, script: str) -> dict[str, Any]:
    """What the function that opens the case was told."""
    items = stack.client("dynamodb").query(
        TableName=stack.physical("Calls"),
        KeyConditionExpression="order_id = :id",
        ExpressionAttributeValues={":id": {"S": script}},
    )["Items"]
    calls = [TypeDeserializer().deserialize(item["call"]) for item in items]
    (found,) = [call for call in calls if call["task"] == "park"]
    return dict(found)


@pytest.mark.parametrize("script", WAYS)
def test_the_answers_lead_the_way(stack: Stack, script: str) -> None:
    assert run(stack, script) == ("SUCCEEDED", WAYS[script].split())


def test_a_refused_refund_is_parked_with_its_outcome(stack: Stack) -> None:
    script = "REFUND_DUE.ON_HOLD.RETRY.SUCCEEDED.COMPLETED"
    run(stack, script)
    told = parked(stack, script)
    assert (told["order_id"], told["number"]) == (script, 1)
    assert told["error"] == {"Error": "NotRefunded", "Cause": "ON_HOLD"}
