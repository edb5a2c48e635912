"""One list of all that waits for a person, and what they do with it."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.cases import (
    AssignCaseBody,
    CaseNoteBody,
    CaseShown,
    CasesPage,
    CasesQuery,
    case_key,
)
from oms.edge import cursor as cursors
from oms.edge.api import Router
from oms.edge.params import Cursor, Limit, Name
from oms.edge.principal import OPS, SERVICE, Caller, any_of
from oms.edge.query import query_of
from oms.usecases.casework import change_case as changing
from oms.usecases.casework import list_cases as listing
from oms.usecases.casework.deps import Casework
from oms.wiring.casework import casework

router = Router()
Deps = Annotated[Casework, Depends(casework)]
CasesFilter = Annotated[CasesQuery, Depends(query_of(CasesQuery, besides={"limit", "cursor"}))]
FOR_HELPERS = any_of(SERVICE, OPS)
TAGS = ["cases"]


@router.get(
    "/cases",
    operation_id="listCases",
    summary="What waits for a person: about orders, returns and stock, the oldest first",
    tags=TAGS,
    security=FOR_HELPERS,
)
def list_cases(
    filter_by: CasesFilter, deps: Deps, limit: Limit = 20, cursor: Cursor = ""
) -> CasesPage:
    start = cursors.decode(cursor, index="cq", of=filter_by.state)
    asked = filter_by.model_dump(exclude={"state"})
    wanted = listing.CaseFilter(filter_by.state, **asked)
    found, following = listing.list_cases(wanted, limit=limit, start=start, deps=deps)
    return CasesPage.of(found, cursors.encode(following))


@router.post(
    "/cases/<case>/assign",
    operation_id="assignCase",
    summary="Give the case to a person",
    tags=TAGS,
    security=FOR_HELPERS,
)
def assign_case(case: Name, body: AssignCaseBody, caller: Caller, deps: Deps) -> CaseShown:
    owner = body.owner or caller.actor
    return CaseShown.of(changing.assign_case(case_key(case), owner, actor=caller.actor, deps=deps))


@router.post(
    "/cases/<case>/note",
    operation_id="noteCase",
    summary="Write down what was found",
    tags=TAGS,
    security=FOR_HELPERS,
)
def note_case(case: Name, body: CaseNoteBody, caller: Caller, deps: Deps) -> CaseShown:
    return CaseShown.of(
        changing.note_case(case_key(case), body.note, actor=caller.actor, deps=deps)
    )


@router.post(
    "/cases/<case>/resolve",
    operation_id="resolveAnyCase",
    summary="Close the case with what was done",
    tags=TAGS,
    security=FOR_HELPERS,
)
def resolve_case(case: Name, body: CaseNoteBody, caller: Caller, deps: Deps) -> CaseShown:
    return CaseShown.of(
        changing.close_case(case_key(case), body.note, actor=caller.actor, deps=deps)
    )
