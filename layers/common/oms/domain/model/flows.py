"""What came and went lately at one stock item, so that a late count can be understood.

A count says what lay there at `as_of`. What it is worth now follows from what moved since:

    on hand now = counted − Σ(gone since as_of) + Σ(come since as_of)        (domain 3.4)

The item keeps its own recent flows as small numbers, because a second row for each movement would
double what a shipment costs. A flow covers `span_s` seconds from `start`; it begins as one second
and is merged into wider spans when an item has many. Where a span reaches across `as_of`, what
went counts as gone since and what came as counted already: the answer is never too high.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..limits.stock import MAX_FLOWS

WINDOW_S = 48 * 3600  # flows are known for this long; a count as of earlier cannot be understood
FEWER = MAX_FLOWS // 2  # what merging aims at
# (older than, merged into spans of), the oldest first: the error stays in proportion to the age
MERGING = ((6 * 3600, 6 * 3600), (3600, 3600), (600, 600), (60, 60))


@dataclass(frozen=True, slots=True)
class Flow:
    """Units that came (positive) or went (negative) from `start` on for `span_s` seconds."""

    start: int  # epoch seconds
    quantity: int
    span_s: int = 1

    @property
    def last(self) -> int:
        """The last second that it covers."""
        return self.start + self.span_s - 1

    def since(self, as_of: int) -> bool:
        return self.start > as_of if self.quantity > 0 else self.last >= as_of


def moved_since(flows: Iterable[Flow], as_of: int) -> int:
    """Net units that came after `as_of`, rounded down where it is not known to the second."""
    return sum(flow.quantity for flow in flows if flow.since(as_of))


def forgettable_flows(flows: Iterable[Flow], counted_at: int, now: int) -> tuple[Flow, ...]:
    """Flows that no count can ask for: before the last count that holds, or out of the window."""
    oldest = max(counted_at, now - WINDOW_S)
    return tuple(flow for flow in flows if not flow.since(oldest))


def merged_flows(flows: Iterable[Flow], counted_at: int, now: int) -> tuple[Flow, ...]:
    """The same flows in fewer entries, the oldest coarsened first."""
    kept = tuple(flows)
    gone = set(forgettable_flows(kept, counted_at, now))
    kept = tuple(flow for flow in kept if flow not in gone)
    for age_s, span_s in MERGING:
        if len(kept) <= FEWER:
            break
        kept = _coarser(kept, before=now - age_s, span_s=span_s)
    return tuple(sorted(kept, key=lambda flow: (flow.start, flow.span_s, flow.quantity)))


def _coarser(flows: tuple[Flow, ...], *, before: int, span_s: int) -> tuple[Flow, ...]:
    """What came is never set off against what went: they round in opposite directions."""
    kept, found = [], dict[tuple[int, bool], int]()
    for flow in flows:
        start = flow.start - flow.start % span_s
        if flow.span_s > span_s or start + span_s > before:
            kept.append(flow)
        else:
            key = (start, flow.quantity > 0)
            found[key] = found.get(key, 0) + flow.quantity
    return (*kept, *(Flow(start, units, span_s) for (start, _), units in found.items()))
