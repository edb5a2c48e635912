"""The order's state machine takes the way that its functions' answers say, and parks faults."""

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
TEMPLATE = Path(__file__).parent / "machine" / "template.yaml"
DEADLINE_S = 30.0


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with up(path=TEMPLATE, wait_scale=0.01) as running:
        yield running


def run(stack: Stack, order_id: str) -> tuple[str, list[str]]:
    """How the execution ended, and the states it entered."""
    machine = stack.client("stepfunctions")
    started = machine.start_execution(
        stateMachineArn=stack.physical("OrderMachine"),
        name=order_id,
        input=json.dumps({"order_id": order_id}),
    )
    arn, deadline = started["executionArn"], time.monotonic() + DEADLINE_S
    while (status := machine.describe_execution(executionArn=arn)["status"]) == "RUNNING":
        assert time.monotonic() < deadline, entered(machine, arn)
        time.sleep(0.05)
    return status, entered(machine, arn)


def entered(machine: Any, arn: str) -> list[str]:
    pages = machine.get_paginator("get_execution_history").paginate(executionArn=arn)
    details = (e.get("stateEnteredEventDetails") for page in pages for e in page["events"])
    return [detail["name"] for detail in details if detail]


def parked(stack: Stack, order_id: str) -> dict[str, Any]:
    """What the function that opens the case was told."""
    items = stack.client("dynamodb").query(
        TableName=stack.physical("Calls"),
        KeyConditionExpression="order_id = :id",
        ExpressionAttributeValues={":id": {"S": order_id}},
    )["Items"]
    calls = [TypeDeserializer().deserialize(item["call"]) for item in items]
    (found,) = [call for call in calls if call["task"] == "park"]
    return dict(found)


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
