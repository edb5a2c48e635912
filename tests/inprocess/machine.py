"""A small interpreter of our state machines: what Step Functions does with statemachines/*.yaml.

Tasks (also waiting for a token), choices, waits, Retry, Catch, Assign, Output. Each `step` runs one
state of one execution; time is the world's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml
from botocore.exceptions import ClientError
from jsonata import Jsonata

from . import deployed

Invoke = Callable[[str, dict[str, Any]], Any]
RUNNING, SUCCEEDED, FAILED = "RUNNING", "SUCCEEDED", "FAILED"


class TaskFailed(Exception):
    """What Step Functions sees of a function that raised or died."""


@dataclass
class Execution:
    name: str
    machine: str
    input: dict[str, Any]
    state: str
    data: Any
    variables: dict[str, Any] = field(default_factory=dict)
    status: str = RUNNING
    tries: int = 0  # of the state it is in
    visits: int = 0  # states entered
    token: str = ""  # that it waits for
    path: list[str] = field(default_factory=list)

    def scope(self, **more: Any) -> dict[str, Any]:
        execution = {"Id": self.name, "Name": self.name, "Input": self.input}
        context = {"Execution": execution, "Task": {"Token": self.token}}
        return {"states": {"input": self.data, "context": context, **more}, **self.variables}


class StepFunctions:
    """The client of the service, and the service."""

    def __init__(self, invoke: Invoke, wait: Callable[[int], None]) -> None:
        self.invoke, self.wait = invoke, wait
        self.executions: dict[str, Execution] = {}
        self.answers: dict[str, Any] = {}

    # --- what functions call -----------------------------------------------------------------

    def start_execution(self, **sent: Any) -> dict[str, str]:
        name = sent["name"]
        if name in self.executions:
            raise _error("ExecutionAlreadyExists", "StartExecution")
        machine, data = sent["stateMachineArn"], json.loads(sent["input"])
        start = definition(machine)["StartAt"]
        self.executions[name] = Execution(name, machine, data, start, data)
        return {"executionArn": name}

    def describe_execution(self, **sent: Any) -> dict[str, Any]:
        found = self.executions.get(sent["executionArn"].rpartition(":")[2])
        if found is None:
            raise _error("ExecutionDoesNotExist", "DescribeExecution")
        return {"status": found.status, "input": json.dumps(found.input)}

    def get_paginator(self, _: str) -> StepFunctions:
        return self

    def paginate(self, **sent: Any) -> list[dict[str, Any]]:
        """What ended has no time here: it ended just now."""
        return [{"executions": []}]

    def send_task_success(self, **sent: Any) -> dict[str, Any]:
        token = sent["taskToken"]
        if token in self.answers or token not in {each.token for each in self.running}:
            raise _error("TaskTimedOut", "SendTaskSuccess")
        self.answers[token] = json.loads(sent["output"])
        return {}

    # --- what the service does -------------------------------------------------------------------

    @property
    def running(self) -> list[Execution]:
        return [each for each in self.executions.values() if each.status == RUNNING]

    def step(self) -> bool:
        """One state of each execution that can go on; False when none can."""
        moved = [self._step(each) for each in self.running]
        return any(moved)

    def _step(self, execution: Execution) -> bool:
        state = definition(execution.machine)["States"][execution.state]
        if execution.token and execution.token not in self.answers:
            return False
        if not execution.tries and not execution.token:
            execution.path.append(execution.state)
        getattr(self, f"_{state['Type'].lower()}")(execution, state)
        return True

    def _wait(self, execution: Execution, state: dict[str, Any]) -> None:
        self.wait(state["Seconds"])
        self._leave(execution, state, execution.data)

    def _fail(self, execution: Execution, state: dict[str, Any]) -> None:
        execution.status = FAILED

    def _choice(self, execution: Execution, state: dict[str, Any]) -> None:
        scope = execution.scope()
        for rule in state["Choices"]:
            if evaluate(rule["Condition"], scope):
                self._go(execution, rule["Next"], execution.data)
                return
        execution.variables |= evaluate(state.get("Assign", {}), scope)
        self._go(execution, state["Default"], execution.data)

    def _task(self, execution: Execution, state: dict[str, Any]) -> None:
        waits = state["Resource"].endswith(".waitForTaskToken")
        if execution.token in self.answers:
            self._leave(execution, state, self.answers[execution.token])
            return
        if waits:
            execution.visits += 1
            execution.token = f"{execution.name}/{execution.visits}"
        asked = evaluate(state["Arguments"], execution.scope())
        try:
            answer = self.invoke(function_of(asked["FunctionName"]), asked["Payload"])
        except TaskFailed as error:
            if execution.token not in self.answers:  # an answer that was given counts
                self._failed(execution, state, error)
            return
        if not waits:
            self._leave(execution, state, {"Payload": answer, "StatusCode": 200})

    def _leave(self, execution: Execution, state: dict[str, Any], result: Any) -> None:
        scope = execution.scope(result=result)
        output = evaluate(state["Output"], scope) if "Output" in state else result
        execution.variables |= evaluate(state.get("Assign", {}), scope)
        if state.get("End"):
            execution.status, execution.data = SUCCEEDED, output
        else:
            self._go(execution, state["Next"], output)

    def _failed(self, execution: Execution, state: dict[str, Any], error: TaskFailed) -> None:
        execution.tries += 1
        execution.token = ""
        if execution.tries <= state["Retry"][0]["MaxAttempts"]:
            return
        (rule,) = state["Catch"]
        said = {"Error": "TaskFailed", "Cause": str(error)}
        scope = execution.scope(errorOutput=said)
        execution.variables |= evaluate(rule.get("Assign", {}), scope)
        self._go(execution, rule["Next"], said)

    def _go(self, execution: Execution, target: str, data: Any) -> None:
        execution.state, execution.data = target, data
        execution.tries, execution.token = 0, ""


@cache
def definition(machine: str) -> dict[str, Any]:
    return dict(yaml.safe_load(deployed.machines()[machine].read_text()))


def function_of(text: str) -> str:
    """`${PayFunctionArn}`, as the template substitutes it."""
    found = re.fullmatch(r"\$\{(\w+)Arn\}", text)
    assert found, text
    return deployed.function_of(found[1])


def evaluate(value: Any, scope: dict[str, Any]) -> Any:
    """JSONata where it is marked, however deep; anything else is itself."""
    if isinstance(value, dict):
        return {name: evaluate(each, scope) for name, each in value.items()}
    if isinstance(value, str) and value.startswith("{%"):
        expression = _parsed(value.removeprefix("{%").removesuffix("%}").strip())
        for name, given in scope.items():
            expression.assign(name, given)
        return expression.evaluate(None)
    return value


@cache
def _parsed(text: str) -> Jsonata:
    return Jsonata(text)


def _error(code: str, operation: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": code}}, operation)
