"""The Step Functions edge: one task in, one outcome out. Faults are raised for ASL to retry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..observability import count, fault

Task = Callable[[dict[str, Any]], Mapping[str, Any]]


def dispatch(event: dict[str, Any], tasks: Mapping[str, Task]) -> dict[str, Any]:
    """Run `tasks[event["task"]]`; what it answers must hold an `outcome`."""
    name = event["task"]
    try:
        answer = dict(tasks[name](event))
    except Exception as error:
        fault(error, task=name, order=event.get("order_id"))
        raise
    count("TaskOutcomes", task=name, outcome=str(answer["outcome"]))
    return answer
