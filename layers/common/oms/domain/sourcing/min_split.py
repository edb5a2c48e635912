"""MIN_SPLIT: the fewest nodes that serve everything together, the best of such sets.

All sets of k = 2, 3, … of the first candidates are tried; the smallest k that has one ends it.
With at most 12 candidates that is 4,083 sets at the worst.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from .candidate import Candidate
from .need import Line, Shares, allot, needed, quantity

MAX_CANDIDATES = 12
Set = tuple[Candidate, ...]
Score = tuple[int, int, int, int, tuple[str, ...]]


def min_split(
    lines: Sequence[Line],
    candidates: Sequence[Candidate],
    max_parts: int,
    max_candidates: int,
    whole_lines: bool,
) -> Set:
    """The best smallest set, empty when no set within the limits serves everything."""
    need, total = needed(lines), sum(line.quantity for line in lines)
    top = candidates[: min(max_candidates, MAX_CANDIDATES)]
    for size in range(2, min(max_parts, len(top)) + 1):
        found: list[tuple[Score, Set]] = []
        for nodes in combinations(top, size):
            if not _enough(nodes, need):
                continue
            shares = allot(lines, nodes, whole_lines)
            if quantity(shares) == total:
                found.append((score(nodes, shares, lines), nodes))
        if found:
            return min(found, key=lambda pair: pair[0])[1]
    return ()


def score(nodes: Set, shares: Shares, lines: Sequence[Line]) -> Score:
    """(parts, Σ distance band, Σ cost, latest, ids): lower is better."""
    used = [node for node in nodes if node.id in shares]
    weights = {line.no: line.weight_g for line in lines}
    return (
        len(used),
        sum(node.criteria["distance_band"] for node in used),
        sum(_cost(node, shares[node.id], weights) for node in used),
        max(node.criteria["lateness"] for node in used),
        tuple(sorted(node.id for node in used)),
    )


def _cost(node: Candidate, share: Mapping[int, int], weights: Mapping[int, int]) -> int:
    """Handling plus the parcel of what this node gives, not of the whole demand."""
    weight = sum(weights[no] * units for no, units in share.items())
    carried = node.carriage.price_of(weight) if node.carriage else 0  # lies at the store
    return node.node.handling_cost + carried


def _enough(nodes: Set, need: Counter[str]) -> bool:
    return all(
        sum(node.stock.get(sku, 0) for node in nodes) >= units for sku, units in need.items()
    )
