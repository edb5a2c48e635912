"""Tasks of the order's execution that source and wait."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.observed import observed
from oms.edge.tasks import dispatch
from oms.usecases.executing.allocate_order import allocate_order
from oms.usecases.executing.await_progress import await_progress
from oms.usecases.executing.park_execution import park_execution


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return dispatch(event, TASKS)


def allocate(task: dict[str, Any]) -> dict[str, Any]:
    live = wiring.live()
    return allocate_order(
        task["order_id"],
        orders=live.orders,
        stock=live.stock,
        config=live.config,
        now=live.now(),
    )


def wait(task: dict[str, Any]) -> dict[str, Any]:
    live = wiring.live()
    await_progress(
        task["order_id"],
        task["token"],
        task["reason"],
        orders=live.orders,
        workflows=live.workflows,
        now=live.now(),
    )
    return {"outcome": "WAITING"}


def park(task: dict[str, Any]) -> dict[str, Any]:
    live = wiring.live()
    park_execution(
        task["order_id"],
        "ORDER",
        task["token"],
        task["error"],
        orders=live.orders,
        now=live.now(),
    )
    return {"outcome": "PARKED"}


TASKS = {"allocate": allocate, "await": wait, "park": park}
