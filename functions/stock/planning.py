"""What may be sold of a SKU, and what stock planners are told."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.planning import ProposalsQuery, ProposalsView, SellableQuery, SellableView
from oms.edge.api import Router
from oms.edge.params import Name
from oms.edge.principal import OPS, SERVICE, STAFF, STOREFRONT, any_of
from oms.edge.query import query_of
from oms.usecases.planning.deps import Planning
from oms.usecases.planning.propose_replenishment import propose_replenishment
from oms.usecases.planning.read_sellable import read_sellable
from oms.wiring.planning import planning

router = Router()
Deps = Annotated[Planning, Depends(planning)]
ToSell = Annotated[SellableQuery, Depends(query_of(SellableQuery))]
ToPlan = Annotated[ProposalsQuery, Depends(query_of(ProposalsQuery))]
TAGS = ["planning"]


@router.get(
    "/stock/<sku>/sellable",
    operation_id="getSellable",
    summary="The number that a channel may sell, by method, with its band for storefronts",
    tags=TAGS,
    security=any_of(STOREFRONT, SERVICE, STAFF, OPS),
)
def get_sellable(sku: Name, query: ToSell, deps: Deps) -> SellableView:
    return SellableView.of(sku, query.channel, read_sellable(sku, query.channel, deps))


@router.get(
    "/stock/<sku>/proposals",
    operation_id="getProposals",
    summary="What to order and what to move between nodes, from what was shipped lately",
    tags=TAGS,
    security=any_of(OPS),
)
def get_proposals(sku: Name, query: ToPlan, deps: Deps) -> ProposalsView:
    return ProposalsView.of(sku, propose_replenishment(sku, query.to_domain(), deps))
