"""Tasks of the order's execution that source and wait."""

from __future__ import annotations

from typing import Any

from oms.edge.observed import observed
from oms.edge.tasks import dispatch
from oms.usecases.executing.allocate_order import allocate_order
from oms.usecases.executing.await_progress import await_progress
from oms.usecases.executing.park_execution import park_execution
from oms.wiring.executing import executing


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return dispatch(event, TASKS)


def allocate(task: dict[str, Any]) -> dict[str, Any]:
    return allocate_order(task["order_id"], executing())


def wait(task: dict[str, Any]) -> dict[str, Any]:
    await_progress(task["order_id"], task["token"], task["reason"], executing())
    return {"outcome": "WAITING"}


def park(task: dict[str, Any]) -> dict[str, Any]:
    park_execution(task["order_id"], "ORDER", task["token"], task, executing())
    return {"outcome": "PARKED"}


TASKS = {"allocate": allocate, "await": wait, "park": park}
