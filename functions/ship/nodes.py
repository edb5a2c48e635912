"""Whether a node takes orders: its staff stop it for a while, or open it again."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.rerouting import StandingBody, StandingView
from oms.domain.errors import NotFound
from oms.edge.api import Router
from oms.edge.params import Name
from oms.edge.principal import OPS, SERVICE, STAFF, Caller, Principal, any_of
from oms.usecases.outages import set_standing as use_case
from oms.usecases.outages.deps import Outages
from oms.wiring.rerouting import outages

router = Router()
Deps = Annotated[Outages, Depends(outages)]
STATUS = "/nodes/<node>/status"
TAGS = ["nodes"]
WORKERS = any_of(STAFF, SERVICE, OPS)


@router.get(
    STATUS,
    operation_id="getNodeStatus",
    summary="Whether a node takes orders, and who said so",
    tags=TAGS,
    security=WORKERS,
)
def get_status(node: Name, caller: Caller, deps: Deps) -> StandingView:
    _of_the_caller(node, caller)
    deps.config.node(node)
    return StandingView.of(deps.nodes.standing(node))


@router.put(
    STATUS,
    operation_id="setNodeStatus",
    summary="Stop or open a node; what it has not accepted goes to other nodes",
    tags=TAGS,
    security=WORKERS,
)
def set_status(node: Name, body: StandingBody, caller: Caller, deps: Deps) -> StandingView:
    _of_the_caller(node, caller)
    standing = use_case.set_standing(node, **body.arguments(), actor=caller.actor, deps=deps)
    return StandingView.of(standing)


def _of_the_caller(node: str, caller: Principal) -> None:
    """Raises NotFound."""
    try:
        caller.may_work_at(node)
    except NotFound:
        raise NotFound("there is no such node for you") from None
