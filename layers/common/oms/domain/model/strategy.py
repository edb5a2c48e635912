"""A merchant's sourcing strategy as data: when it applies, which nodes it asks, what stops a node,
what compares those that are left, what limits the parts, and what happens when it is not enough.

Everything is JSON through stores/dynamo/codec.py; what may stand in a field: `validation.py`.
Amounts are minor units of the channel's currency, distances kilometres, times whole days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ..limits.sourcing import MAX_CANDIDATES

# What happens with demand that a strategy does not cover.
NEXT_STRATEGY = "NEXT_STRATEGY"  # all of it is tried again by the next strategy that applies
COMMIT_PART = "COMMIT_PART"  # what was found goes ahead, the rest waits for stock
EXCEPTION_QUEUE = "EXCEPTION_QUEUE"  # as COMMIT_PART, and a person looks at the rest
CANCEL_REST = "CANCEL_REST"  # what was found goes ahead, the rest is cancelled
DELAY_RELAX = "DELAY_RELAX"  # once more, `relax_days` later than promised; then NEXT_STRATEGY
AFTER = (NEXT_STRATEGY, COMMIT_PART, EXCEPTION_QUEUE, CANCEL_REST, DELAY_RELAX)

BY_QUANTITY, BY_LINE, NEVER = "quantity", "line", "no"
SPLITS = (BY_QUANTITY, BY_LINE, NEVER)
PARTS, COST, FULL_COST = "parts", "cost", "full_cost"
MINIMISE = (PARTS, COST, FULL_COST)
ANY_PART, WHOLE_LINE, WHOLE_ORDER = "", "line", "order"
COMPLETE = (ANY_PART, WHOLE_LINE, WHOLE_ORDER)
SAME_GROUP, SAME_CATEGORY, NOTHING = "group", "category", "no"
TOGETHER = (SAME_GROUP, SAME_CATEGORY, NOTHING)


@dataclass(frozen=True, slots=True)
class When:
    """What an order must be. All that is set must hold; an empty list or 0 asks for nothing.

    `categories`: one line at least is of one of them. `value_*` is of the whole order.
    `promise_within_days`: it is promised for at most so many days from now.
    `attempt_*`: the sourcing round, 1 is the first; round 2 follows a first rejection.
    """

    channels: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    value_from: int = 0
    value_below: int = 0
    promise_within_days: int = 0
    attempt_from: int = 1
    attempt_to: int = 0


@dataclass(frozen=True, slots=True)
class Where:
    """Which nodes are asked: those that are in every list that is not empty."""

    nodes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fence:
    """One limit that a merchant sets; the fences that need none always stand (`fences.py`)."""

    code: str
    limit: int = 0
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """Compare by a measure of `vocabulary.CRITERIA`.

    `bands`: upper ends, inclusive; measures of one band are equal. `weights` (criterion → factor)
    belong to "weighted_sum" alone.
    """

    by: str
    bands: tuple[int, ...] = ()
    weights: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Limits:
    """What a choice of nodes must keep.

    `minimise`: what sets of nodes are compared by first: fewest parts, or the least total cost.
    `line_split`: "quantity": units of a line may come from several nodes; "line": a line comes
    from one node; "no": the whole order comes from one node.
    `complete`: "order": all or nothing is sent; "line": all of a line or nothing of it.
    `together`: lines of the same group, or category, come from one node.
    `min_value`: each of several parts is worth so much.
    `candidates`: nodes, best first, of which the best set is sought.
    """

    minimise: str = PARTS
    max_parts: int = 5
    line_split: str = BY_QUANTITY
    complete: str = ANY_PART
    together: str = SAME_GROUP
    min_value: int = 0
    candidates: int = MAX_CANDIDATES


DISTANCE_BAND, BANDS_KM = "distance_band", (50, 150, 500)  # without bands of its own
USUAL = tuple(map(Criterion, ("lateness", DISTANCE_BAND, "cost", "distance_km", "priority")))


@dataclass(frozen=True, slots=True)
class Strategy:
    """Strategies are tried by `priority`, lower first; of equal ones the first in the list."""

    id: str
    priority: int = 100
    when: When = When()
    where: Where = Where()
    fences: tuple[Fence, ...] = ()
    criteria: tuple[Criterion, ...] = USUAL
    limits: Limits = Limits()
    on_partial: str = NEXT_STRATEGY
    on_none: str = NEXT_STRATEGY
    relax_days: int = 0
