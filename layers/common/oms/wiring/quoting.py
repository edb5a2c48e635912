"""What a quote works with."""

from __future__ import annotations

from .. import wiring
from ..edge.budget import Budget
from ..usecases.quoting.deps import Quoting


def quoting() -> Quoting:
    """From now on the quote's reads have their budget of time."""
    live = wiring.live()
    return Quoting(
        stock=live.stock.availability,
        config=live.config,
        now=live.now(),
        reservations=live.reservations,
        in_time=Budget(live.quote_budget_s),
        codes_left=lambda sku, most: live.goods.left(sku, most),  # built when first asked
    )
