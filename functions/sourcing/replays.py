"""Past orders sourced again by rules that are not live yet: asked for, and followed."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.replays import ReplayBody, ReplayView
from oms.edge.api import Router
from oms.edge.params import Identified
from oms.edge.principal import OPS, SERVICE, any_of
from oms.usecases.replaying.deps import Replaying
from oms.usecases.replaying.read_replay import link_of, read_replay
from oms.usecases.replaying.start_replay import start_replay
from oms.wiring.steering import replaying

router = Router()
Deps = Annotated[Replaying, Depends(replaying)]
REPLAY = "/sourcing/replays/<name>"
TAGS = ["replays"]


@router.put(
    REPLAY,
    operation_id="startReplay",
    summary="Source past orders again by a version of rules; asked twice it is one replay",
    tags=TAGS,
    security=any_of(OPS),
    status_code=202,
)
def start(name: Identified, body: ReplayBody, deps: Deps) -> ReplayView:
    job = start_replay(body.to_domain(name), deps=deps)
    return ReplayView.of(job, link_of(job, deps=deps))


@router.get(
    REPLAY,
    operation_id="getReplay",
    summary="How far a replay is; what came of it, side by side with what happened",
    tags=TAGS,
    security=any_of(SERVICE, OPS),
)
def get(name: Identified, deps: Deps) -> ReplayView:
    job = read_replay(name, deps=deps)
    return ReplayView.of(job, link_of(job, deps=deps))
