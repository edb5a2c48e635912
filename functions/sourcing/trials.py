"""Rules tried on a basket, with the stock there is now."""

from __future__ import annotations

from oms.contracts.decisions import SimulateBody, SimulatedAnswer
from oms.edge.api import Router
from oms.usecases.steering.explain_order import node_names

from .rules import READERS, TAGS, Deps

router = Router()


@router.post(
    "/sourcing/simulate",
    operation_id="simulateSourcing",
    summary="What rules would decide for a basket now, drafts too; nothing is held",
    tags=TAGS,
    security=READERS,
)
def simulate(body: SimulateBody, deps: Deps) -> SimulatedAnswer:
    from oms.usecases.steering.simulate_sourcing import simulate_sourcing  # the engine: when asked

    found = simulate_sourcing(body.to_domain(), deps=deps)
    return SimulatedAnswer.of(found, node_names(deps.config))
