"""What scenarios look at beside the order itself: its execution, its messages, stock, queues."""

from __future__ import annotations

import json
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

import pytest

from local.actors.api import Problem
from local.actors.patience import eventually
from local.actors.world import World

T = TypeVar("T")


def refused(call: Callable[[], object], status: int, type: str) -> dict[str, Any]:
    """The problem document that the call is refused with."""
    problem = problem_of(call)
    assert (problem.status, problem.type) == (status, type), problem
    return problem.body


def problem_of(call: Callable[[], object]) -> Problem:
    with pytest.raises(Problem) as caught:
        call()
    return caught.value


# --- executions, as ops read them -------------------------------------------------------------


def execution(world: World, order: str) -> str:
    """The ARN that follows from the order's id."""
    machine: str = world.stack.physical("OrderMachine")
    return f"{machine.replace(':stateMachine:', ':execution:')}:{order}"


def status_of_execution(world: World, order: str) -> str:
    client = world.stack.client("stepfunctions")
    return str(client.describe_execution(executionArn=execution(world, order))["status"])


def states(world: World, order: str) -> list[str]:
    """The states that the order's execution entered, the current one last; [] before it began."""
    client = world.stack.client("stepfunctions")
    try:
        pages = client.get_paginator("get_execution_history").paginate(
            executionArn=execution(world, order)
        )
        details = [e.get("stateEnteredEventDetails") for page in pages for e in page["events"]]
    except client.exceptions.ExecutionDoesNotExist:
        return []
    return [detail["name"] for detail in details if detail]


def wait_for_state(world: World, order: str, name: str) -> list[str]:
    """The states up to now, once the execution is in the state `name`."""
    return eventually(
        lambda: states(world, order),
        lambda entered: entered[-1:] == [name],
        waiting_for=f"the execution of order {order} to be in {name}",
    )


def wait_for_end(world: World, order: str, ended: str = "SUCCEEDED") -> list[str]:
    """The states that the execution went through, once it ended so."""
    eventually(
        lambda: status_of_execution(world, order),
        lambda status: status == ended,
        waiting_for=f"the execution of order {order} to be {ended}",
    )
    return states(world, order)


def token_of(world: World, order: str) -> str:
    """The token of the waiting execution, read as docs/operations.md says."""
    row = world.stack.client("dynamodb").get_item(
        TableName=world.stack.physical("OrdersTable"),
        Key={"pk": {"S": f"O#{order}"}, "sk": {"S": "WAIT#ORDER"}},
        ConsistentRead=True,
    )
    return str(row["Item"]["token"]["S"])


def invoke(world: World, function: str, payload: dict[str, Any]) -> dict[str, Any]:
    """The answer of a function, called as a state machine calls it."""
    answer = world.stack.client("lambda").invoke(
        FunctionName=world.stack.physical(function), Payload=json.dumps(payload).encode()
    )
    said = json.loads(answer["Payload"].read())
    assert "FunctionError" not in answer, said
    return dict(said)


# --- messages to the customer -----------------------------------------------------------------


class Told(NamedTuple):
    """`part` 0: about the whole order; of returns it is the return's number."""

    status: str
    part: int


def told(world: World, order: str) -> Counter[Told]:
    """What the customer was told, and how often."""
    rows = world.service.api.get(f"/orders/{order}/messages")["messages"]
    return Counter(Told(row["status"], row["part"]) for row in rows)


def wait_until_told(world: World, order: str, *statuses: str) -> Counter[Told]:
    """All messages, once there is one for each of these statuses."""
    return eventually(
        lambda: told(world, order),
        lambda found: set(statuses) <= {message.status for message in found},
        waiting_for=f"messages {', '.join(statuses)} of order {order}",
    )


# --- stock ------------------------------------------------------------------------------------


class Shelf(NamedTuple):
    """A SKU's stock at a node: available = on_hand − allocated − staged − unavailable."""

    on_hand: int
    allocated: int = 0
    staged: int = 0
    unavailable: int = 0
    available: int = 0


def shelf(world: World, sku: str, node: str) -> Shelf:
    seen = world.crew(node).stock(sku)
    if seen is None:
        return Shelf(0)
    numbers = (seen["on_hand"], seen["allocated"], seen["staged"])
    found = Shelf(*numbers, sum(seen["unavailable"].values()), seen["available"])
    on_hand, allocated, staged, unavailable, available = found
    assert available == on_hand - allocated - staged - unavailable - seen["soft"], (sku, node, seen)
    return found


def wait_for_shelf(world: World, sku: str, node: str, **expected: int) -> Shelf:
    """The stock once these numbers are as expected."""
    return eventually(
        lambda: shelf(world, sku, node),
        lambda now: all(getattr(now, name) == value for name, value in expected.items()),
        waiting_for=f"stock of {sku} at {node} to be {expected}",
    )


# --- queues, documents ------------------------------------------------------------------------


def dead_letters(world: World, queue: str) -> Iterator[dict[str, Any]]:
    """Messages of a dead-letter queue; each is hidden from others for a minute."""
    sqs, url = world.stack.client("sqs"), world.stack.physical(queue)
    while found := sqs.receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"], VisibilityTimeout=60
    ).get("Messages"):
        yield from found


def download(link: str) -> bytes:
    with urllib.request.urlopen(link, timeout=30) as answer:
        return bytes(answer.read())
