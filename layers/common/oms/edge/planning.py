"""The edge of what may be sold and what is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..domain.errors import ValidationFailed
from ..domain.stock.planning import PlanningTerms, Proposals
from ..domain.stock.sellable import Sellable
from .http import Request


def channel_of(request: Request) -> str:
    """Raises ValidationFailed."""
    if not request.query.get("channel"):
        raise ValidationFailed("say which channel", fields={"/channel": "is missing"})
    return request.query["channel"]


def terms_of(request: Request) -> PlanningTerms:
    """Raises ValidationFailed."""
    from ..contracts.parse import parse
    from ..contracts.planning import ProposalsQuery

    return parse(ProposalsQuery, dict(request.query)).to_domain()


def proposals_view(sku: str, found: Proposals) -> dict[str, Any]:
    from ..contracts.planning import ProposalsView

    return ProposalsView.of(sku, found).model_dump()


def sellable_view(sku: str, channel: str, found: Mapping[str, Sellable]) -> dict[str, Any]:
    from ..contracts.planning import MethodSellable, SellableView

    methods = {
        method: MethodSellable(units=it.units, shown=it.shown, band=it.band)
        for method, it in found.items()
    }
    return SellableView(sku=sku, channel=channel, methods=methods).model_dump()
