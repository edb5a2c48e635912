"""Money: tasks of the order's execution, and captures from the bus."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.observed import observed
from oms.edge.queues import SQSRecord, bus_event, each_message
from oms.edge.tasks import dispatch
from oms.usecases.paying.authorise_payment import authorise_payment
from oms.usecases.paying.capture_part import capture_part
from oms.usecases.paying.conclude_order import conclude_order
from oms.wiring.paying import paying


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    if "task" in event:
        return dispatch(event, TASKS)
    return each_message(event, capture, wiring.live().dead_letters)


def authorise(task: dict[str, Any]) -> dict[str, Any]:
    return authorise_payment(task["order_id"], paying())


def conclude(task: dict[str, Any]) -> dict[str, Any]:
    return conclude_order(task["order_id"], paying())


def capture(record: SQSRecord) -> None:
    part = bus_event(record).detail
    capture_part(part.order_id, part.number, paying())


TASKS = {"authorise": authorise, "conclude": conclude}
