"""Fresh claims are checked once nobody who made them can still be running."""

from __future__ import annotations

from collections.abc import Sequence

from ...domain.hot_stock.place import noted_hot
from ...domain.limits.stock import ORPHAN_CLAIM_AFTER_S, PAGE_CLAIM_AFTER_S
from ...ports import Row
from .deps import FollowingStock


def note_fresh_claims(claims: Sequence[Row], deps: FollowingStock) -> None:
    """One delayed message for all, and a sooner one for those that buyers of a hot SKU wait for."""
    hot = [each for each in claims if noted_hot(each)]
    others = [each for each in claims if not noted_hot(each)]
    for some, delay_s in ((others, ORPHAN_CLAIM_AFTER_S), (hot, PAGE_CLAIM_AFTER_S)):
        if some:
            deps.checks.later(some, delay_s)
