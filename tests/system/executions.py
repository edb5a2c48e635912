"""Executions of one state machine on the local cloud, with functions that answer by a script."""

from __future__ import annotations

import json
import time
from typing import Any

from boto3.dynamodb.types import TypeDeserializer

from local.stack import Stack

DEADLINE_S = 120.0


def run(stack: Stack, machine: str, name: str, given: dict[str, Any]) -> tuple[str, list[str]]:
    """How the execution ended, and the states it entered."""
    client = stack.client("stepfunctions")
    arn = client.start_execution(
        stateMachineArn=stack.physical(machine), name=name, input=json.dumps(given)
    )["executionArn"]
    deadline = time.monotonic() + DEADLINE_S
    while (status := client.describe_execution(executionArn=arn)["status"]) == "RUNNING":
        assert time.monotonic() < deadline, entered(client, arn)
        time.sleep(0.05)
    return status, entered(client, arn)


def entered(client: Any, arn: str) -> list[str]:
    pages = client.get_paginator("get_execution_history").paginate(executionArn=arn)
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
