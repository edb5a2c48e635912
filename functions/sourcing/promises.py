"""How promises were kept, and the margins that late lanes take."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.promises import AccuracyQuery, AccuracyView, LanesView
from oms.domain.errors import ValidationFailed
from oms.edge.api import Router
from oms.edge.principal import OPS, STAFF, Caller, any_of
from oms.edge.query import query_of
from oms.usecases.watching.deps import Watching
from oms.usecases.watching.read_accuracy import read_accuracy
from oms.wiring.promises import watching

router = Router()
Deps = Annotated[Watching, Depends(watching)]
Asked = Annotated[AccuracyQuery, Depends(query_of(AccuracyQuery))]
TAGS = ["promises"]


@router.get(
    "/promises/accuracy",
    operation_id="getPromiseAccuracy",
    summary="Promised against delivered: parts, share on time, days early and late. Staff name a"
    " node of theirs",
    tags=TAGS,
    security=any_of(OPS, STAFF),
)
def get_accuracy(query: Asked, caller: Caller, deps: Deps) -> AccuracyView:
    if OPS not in caller.scopes:
        if not query.node:
            raise ValidationFailed("say which node", fields={"/node": "is missing"})
        caller.may_work_at(query.node)
    asked = query.to_domain(deps.now)
    return AccuracyView.of(asked, *read_accuracy(asked, deps=deps))


@router.get(
    "/promises/lanes",
    operation_id="listLateLanes",
    summary="The carrier lanes that are late too often, and the margin their promises take",
    tags=TAGS,
    security=any_of(OPS),
)
def list_late_lanes(deps: Deps) -> LanesView:
    return LanesView.of(*deps.lanes.margins())
