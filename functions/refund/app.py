"""Returns: what customers, stores and warehouses say, and the tasks of a return's execution."""

from __future__ import annotations

from typing import Any

from oms.edge.api import Api
from oms.edge.observed import observed
from oms.edge.tasks import dispatch

from . import goods, returns
from .tasks import TASKS

app = Api(returns.router, goods.router)


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return dispatch(event, TASKS) if "task" in event else app.resolve(event, context)
