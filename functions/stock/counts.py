"""Count sessions: planned, assigned, counted, reviewed, posted."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.counts import (
    AssigneeBody,
    CountedBody,
    CountSessionBody,
    CountSessionsView,
    CountSessionView,
    RecountBody,
)
from oms.edge.api import Router
from oms.edge.params import Name
from oms.edge.principal import OPS, STAFF, Caller, any_of
from oms.usecases.counting import step_count as steps
from oms.usecases.counting.create_count import create_count
from oms.usecases.counting.deps import Counting
from oms.usecases.counting.read_count import list_open_counts, view_count
from oms.wiring.counting import counting

router = Router()
Deps = Annotated[Counting, Depends(counting)]
FOR_STAFF = any_of(STAFF, OPS)
TAGS = ["count sessions"]
ONE = "/counts/<id>"


@router.post(
    "/counts",
    operation_id="createCount",
    summary="Plan a count of some SKUs of a node; the same id is the same count",
    tags=TAGS,
    security=FOR_STAFF,
)
def create(body: CountSessionBody, caller: Caller, deps: Deps) -> CountSessionView:
    return CountSessionView.of(create_count(body.id, body.node, body.skus, caller, deps))


@router.get(
    ONE,
    operation_id="getCount",
    summary="See a count",
    tags=TAGS,
    security=FOR_STAFF,
)
def get_count(id: Name, caller: Caller, deps: Deps) -> CountSessionView:
    return CountSessionView.of(view_count(id, caller, deps))


@router.get(
    "/nodes/<node>/counts",
    operation_id="listCounts",
    summary="The counts of a node that have not ended, the first hundred",
    tags=TAGS,
    security=FOR_STAFF,
)
def list_counts(node: Name, caller: Caller, deps: Deps) -> CountSessionsView:
    found = list_open_counts(node, caller, deps)
    return CountSessionsView(counts=[CountSessionView.of(each) for each in found])


@router.post(
    f"{ONE}/assign",
    operation_id="assignCount",
    summary="Say who counts",
    tags=TAGS,
    security=FOR_STAFF,
)
def assign(id: Name, body: AssigneeBody, caller: Caller, deps: Deps) -> CountSessionView:
    return CountSessionView.of(steps.assign_count(id, body.assignee, caller, deps))


@router.post(
    f"{ONE}/count",
    operation_id="countLines",
    summary="Tell what was found of some SKUs; once all are told, the count is complete",
    tags=TAGS,
    security=FOR_STAFF,
)
def count(id: Name, body: CountedBody, caller: Caller, deps: Deps) -> CountSessionView:
    return CountSessionView.of(steps.count_lines(id, body.units(), caller, deps))


@router.post(
    f"{ONE}/review",
    operation_id="reviewCount",
    summary="Show, beside what was counted, what was believed to lie there then",
    tags=TAGS,
    security=FOR_STAFF,
)
def review(id: Name, caller: Caller, deps: Deps) -> CountSessionView:
    return CountSessionView.of(steps.review_count(id, caller, deps))


@router.post(
    f"{ONE}/recount",
    operation_id="recount",
    summary="Have SKUs counted again",
    tags=TAGS,
    security=FOR_STAFF,
)
def recount(id: Name, body: RecountBody, caller: Caller, deps: Deps) -> CountSessionView:
    return CountSessionView.of(steps.recount(id, body.skus, caller, deps))


@router.post(
    f"{ONE}/post",
    operation_id="postCount",
    summary="Book what was counted, once; what was sold since stays sold",
    tags=TAGS,
    security=FOR_STAFF,
)
def post(id: Name, caller: Caller, deps: Deps) -> CountSessionView:
    return CountSessionView.of(steps.post_count(id, caller, deps))


@router.post(
    f"{ONE}/void",
    operation_id="voidCount",
    summary="Give a count up",
    tags=TAGS,
    security=FOR_STAFF,
)
def void(id: Name, caller: Caller, deps: Deps) -> CountSessionView:
    return CountSessionView.of(steps.void_count(id, caller, deps))
