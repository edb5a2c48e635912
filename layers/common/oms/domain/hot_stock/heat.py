"""When a SKU at a node is hot enough for pages: told by a person, or seen in the stock stream."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

HOT_CLAIMS_PER_S = 50  # of one item, a twentieth of what its partition can take

Place = tuple[str, str]  # SKU, node


def hot_places(claims: Iterable[tuple[Place, int]]) -> list[Place]:
    """Where so many claims were made within one second; `claims`: (place, epoch second)."""
    counted = Counter(claims)
    found = {place: None for (place, _), number in counted.items() if number >= HOT_CLAIMS_PER_S}
    return list(found)
