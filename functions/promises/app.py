"""On a schedule: what was to be there by now, and what lanes did lately. For ops: how promises
were kept.
"""

from __future__ import annotations

from typing import Any

from oms.contracts.promise_tasks import PromiseTask
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.edge.promises import accuracy_view, asked_of, lanes_view, learned, looked
from oms.usecases.watching.learn_lanes import learn_lanes
from oms.usecases.watching.look_at_arrivals import look_at_arrivals
from oms.usecases.watching.read_accuracy import read_accuracy
from oms.wiring.promises import watching


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    if "routeKey" in event:
        return serve(event, ROUTES)
    task = PromiseTask.model_validate(event)
    return TASKS[task.task](task)


def look(task: PromiseTask) -> dict[str, Any]:
    done = look_at_arrivals(deps=watching(), grace_s=task.grace_s)
    return looked(done.found, done.errors)


def learn(task: PromiseTask) -> dict[str, Any]:
    records, margins = learn_lanes(task.terms, task.back_days, deps=watching())
    return learned(records, margins)


def accuracy(request: Request) -> Response:
    deps = watching()
    asked = asked_of(request, deps.now)
    return Response(200, accuracy_view(asked, *read_accuracy(asked, deps=deps)))


def lanes(request: Request) -> Response:
    return Response(200, lanes_view(*watching().lanes.margins()))


TASKS = {"look": look, "learn": learn}
ROUTES = {"GET /promises/accuracy": accuracy, "GET /promises/lanes": lanes}
