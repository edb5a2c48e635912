"""An order that is stuck or held goes on."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.order_actions import (
    ReleaseBody,
    ResumeAnswer,
    ResumedParked,
    ResumeParkedBody,
    StateAnswer,
)
from oms.edge import cursor as cursors
from oms.edge.api import Router
from oms.edge.params import OrderId
from oms.edge.principal import OPS, SERVICE, Caller, any_of
from oms.ports.cases import Cases
from oms.usecases.executing.deps import Executing
from oms.usecases.executing.park_execution import resume_executions, resume_parked
from oms.usecases.serving import grant_attempt as granting
from oms.usecases.serving import release_hold as releasing
from oms.usecases.serving.deps import Serving
from oms.wiring.casework import all_cases
from oms.wiring.executing import executing
from oms.wiring.serving import serving

router = Router()
Deps = Annotated[Serving, Depends(serving)]
AllCases = Annotated[Cases, Depends(all_cases)]
ORDER = "/orders/<order_id>"
FOR_HELPERS = any_of(SERVICE, OPS)
TAGS = ["orders"]


@router.post(
    f"{ORDER}/holds/release",
    operation_id="releaseHold",
    summary="Take a hold off the order",
    tags=TAGS,
    security=FOR_HELPERS,
)
def release_hold(order_id: OrderId, body: ReleaseBody, caller: Caller, deps: Deps) -> StateAnswer:
    return StateAnswer.of(
        releasing.release_hold(order_id, body.kind, body.reason, actor=caller.actor, deps=deps)
    )


@router.post(
    f"{ORDER}/attempts",
    operation_id="grantAttempt",
    summary="Let sourcing try again after it gave up",
    tags=TAGS,
    security=FOR_HELPERS,
)
def grant_attempt(order_id: OrderId, caller: Caller, deps: Deps) -> StateAnswer:
    return StateAnswer.of(granting.grant_attempt(order_id, actor=caller.actor, deps=deps))


@router.post(
    f"{ORDER}/resume",
    operation_id="resumeExecutions",
    summary="Let parked executions of the order go on, after the cause was fixed",
    tags=TAGS,
    security=any_of(OPS),
)
def resume(order_id: OrderId, deps: Annotated[Executing, Depends(executing)]) -> ResumeAnswer:
    return ResumeAnswer(resumed=resume_executions(order_id, deps))


@router.post(
    "/executions/resume",
    operation_id="resumeAllParked",
    summary="Let all parked executions go on, after the cause was fixed",
    tags=TAGS,
    security=any_of(OPS),
)
def resume_all(
    body: ResumeParkedBody, deps: Annotated[Executing, Depends(executing)], known: AllCases
) -> ResumedParked:
    start = cursors.decode(body.cursor, index="cq", of="OPEN")
    found, following = resume_parked(body.stage, body.since, start, known, deps)
    return ResumedParked(orders=found, cursor=cursors.encode(following))
