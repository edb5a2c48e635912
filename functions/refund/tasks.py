"""The tasks of a return's execution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from oms.domain.model.returns import return_row
from oms.edge.tasks import Task
from oms.usecases.executing.park_execution import park_execution
from oms.usecases.returning.await_return import await_return
from oms.usecases.returning.conclude_return import conclude_return
from oms.usecases.returning.refund_return import refund_return
from oms.wiring.executing import executing
from oms.wiring.returning import returning


def wait(call: dict[str, Any]) -> dict[str, Any]:
    await_return(call["order_id"], call["number"], call["token"], deps=returning())
    return {"outcome": "WAITING"}


def refund(call: dict[str, Any]) -> Mapping[str, Any]:
    return refund_return(call["order_id"], call["number"], deps=returning())


def conclude(call: dict[str, Any]) -> Mapping[str, Any]:
    return conclude_return(call["order_id"], call["number"], deps=returning())


def park(call: dict[str, Any]) -> dict[str, Any]:
    park_execution(call["order_id"], return_row(call["number"]), call["token"], call, executing())
    return {"outcome": "PARKED"}


TASKS: Mapping[str, Task] = {"await": wait, "refund": refund, "conclude": conclude, "park": park}
