"""Exception cases of orders."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.order_actions import ResolveBody
from oms.contracts.order_shown import case_view
from oms.contracts.order_view import CaseView
from oms.edge.api import Router
from oms.edge.params import CaseKind, CasePart, OrderId
from oms.edge.principal import OPS, SERVICE, Caller, any_of
from oms.usecases.serving import resolve_case as resolving
from oms.usecases.serving.deps import Serving
from oms.wiring.serving import serving

router = Router()
Deps = Annotated[Serving, Depends(serving)]


@router.post(
    "/orders/<order_id>/cases/<kind>/<part>/resolve",
    operation_id="resolveCase",
    summary="Close an exception case with what was done",
    tags=["cases"],
    security=any_of(SERVICE, OPS),
)
def resolve_case(
    order_id: OrderId, kind: CaseKind, part: CasePart, body: ResolveBody, caller: Caller, deps: Deps
) -> CaseView:
    found = resolving.resolve_case(
        order_id, (kind, part), body.note, actor=caller.actor, orders=deps.orders, now=deps.now
    )
    return case_view(found)
