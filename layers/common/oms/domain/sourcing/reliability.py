"""How often a node gives its parts back, learnt from what it did with them lately.

Few parts say little, so a node starts from its configured rate as if that were twenty parts:

    permille = (1000 · given back + configured · 20) / (parts + 20)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..model.node import Node

BACK_DAYS = 30
WORTH = 20  # parts that the configured rate counts as
PER_MILLE = 1000


def rejected(outcomes: Mapping[str, tuple[int, int]], nodes: Iterable[Node]) -> dict[str, int]:
    """Node → permille, of those that had parts. `outcomes`: parts given, parts given back."""
    found = {}
    for node in nodes:
        parts, back = outcomes.get(node.id, (0, 0))
        if parts:
            found[node.id] = (PER_MILLE * min(back, parts) + node.reject_rate * WORTH) // (
                parts + WORTH
            )
    return found
