"""On a schedule: what was to be there by now, and what carrier lanes did lately."""

from __future__ import annotations

from typing import Any

from oms.contracts.promise_tasks import PromiseTask
from oms.edge.observed import observed
from oms.edge.promises import learned, looked
from oms.usecases.watching.check_arrivals import check_arrivals
from oms.usecases.watching.learn_lanes import learn_lanes
from oms.wiring.promises import watching


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    task = PromiseTask.model_validate(event)
    return TASKS[task.task](task)


def look(task: PromiseTask) -> dict[str, Any]:
    done = check_arrivals(deps=watching(), grace_s=task.grace_s)
    return looked(done.found, done.errors)


def learn(task: PromiseTask) -> dict[str, Any]:
    records, margins = learn_lanes(task.terms, task.back_days, deps=watching())
    return learned(records, margins)


TASKS = {"look": look, "learn": learn}
