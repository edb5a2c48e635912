"""GREEDY: when no small set serves everything, node after node the one that serves most.

Ties go to the better candidate. Units served come before the criteria here: this strategy runs
only when something would stay unfilled or the candidates are many, and the parts are limited.
"""

from __future__ import annotations

from collections.abc import Sequence

from .candidate import Candidate
from .need import Line, Shares, allot, quantity, without


def greedy(
    lines: Sequence[Line],
    candidates: Sequence[Candidate],
    max_parts: int,
    whole_lines: bool,
) -> tuple[tuple[Candidate, ...], Shares]:
    """The nodes in the order chosen, and what each gives."""
    chosen: list[Candidate] = []
    shares: Shares = {}
    rest = list(candidates)
    while lines and rest and len(chosen) < max_parts:
        offers = [allot(lines, (node,), whole_lines) for node in rest]
        gains = [quantity(offer) for offer in offers]
        best = gains.index(max(gains))
        if not gains[best]:
            break
        shares |= offers[best]
        lines = without(lines, offers[best][rest[best].id])
        chosen.append(rest.pop(best))
    return tuple(chosen), shares
