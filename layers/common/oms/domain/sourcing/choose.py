"""Pick the strategy: the first that answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .candidate import Candidate
from .greedy import greedy
from .min_split import min_split
from .need import Line, Shares, allot
from .rules import SourcingRules
from .single import single


@dataclass(frozen=True, slots=True)
class Choice:
    """Who gives how many units of which line."""

    strategy: str
    nodes: Sequence[Candidate]
    shares: Shares


def choose(
    lines: Sequence[Line],
    candidates: Sequence[Candidate],
    rules: SourcingRules,
    max_parts: int,
    pickup: bool,
) -> Choice:
    """`candidates` come best first; `lines` hold only what they can serve together."""
    whole = not rules.split_lines
    if not lines:
        return Choice("NONE", (), {})
    if pickup:
        return Choice("PICKUP", candidates, allot(lines, candidates, whole))
    if node := single(lines, candidates):
        return Choice("SINGLE", (node,), allot(lines, (node,), whole))
    if nodes := min_split(lines, candidates, max_parts, rules.max_candidates, whole):
        return Choice("MIN_SPLIT", nodes, allot(lines, nodes, whole))
    return Choice("GREEDY", *greedy(lines, candidates, max_parts, whole))
