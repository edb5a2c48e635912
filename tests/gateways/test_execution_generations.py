"""Successors of executions that ended without their work done."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

from oms.stores.executions.reader import ExecutionReader
from oms.stores.executions.workflows import StepFunctions

MACHINE = "arn:aws:states:x:1:stateMachine:Orders"
ENDED = datetime(2026, 12, 1, tzinfo=UTC)


class Machine:
    """The service: executions by name."""

    def __init__(self, **status: str) -> None:
        self.status = status

    def describe_execution(self, *, executionArn: str) -> Any:  # noqa: N803
        name = executionArn.removeprefix("arn:aws:states:x:1:execution:Orders:")
        if name not in self.status:
            raise ClientError({"Error": {"Code": "ExecutionDoesNotExist"}}, "DescribeExecution")
        return {"status": self.status[name], "input": '{"order_id": "A", "correlation_id": "c"}'}

    def start_execution(self, *, name: str, input: str, **_: str) -> None:
        assert '"correlation_id": "c"' in input
        self.status[name] = "RUNNING"

    def get_paginator(self, _: str) -> Machine:
        return self

    def paginate(self, *, statusFilter: str, **_: str) -> Any:  # noqa: N803
        found = [name for name, status in self.status.items() if status == statusFilter]
        yield {"executions": [{"name": name, "stopDate": ENDED} for name in found]}


def test_what_ended_unfinished_gets_one_successor_at_a_time() -> None:
    machine = Machine(A="FAILED", B="SUCCEEDED", C="RUNNING")
    workflows = StepFunctions(machine, {"order": MACHINE})
    assert [workflows.restart("order", name) for name in "ABCD"] == [True, False, False, False]
    assert not workflows.restart("order", "A"), "one is alive"
    machine.status["A_2"] = "TIMED_OUT"
    assert workflows.restart("order", "A")
    assert machine.status == {
        "A": "FAILED", "B": "SUCCEEDED", "C": "RUNNING", "A_2": "TIMED_OUT", "A_3": "RUNNING"
    }  # fmt: skip
    assert ExecutionReader(machine, {"order": MACHINE}).running("order", "A")


def test_what_ended_since_a_time_is_named_once() -> None:
    machine = Machine(A="FAILED", A_2="ABORTED", B="SUCCEEDED")
    workflows = StepFunctions(machine, {"order": MACHINE})
    at = int(ENDED.timestamp())
    assert workflows.ended("order", at) == ["A"]
    assert workflows.ended("order", at + 1) == []
