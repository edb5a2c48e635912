"""Stock lines by the hundred, and the small memory of what moved lately."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..domain.errors import Refused
    from ..domain.model.stock_item import Movement, StockItem


class StockFeeds(Protocol):
    def items(self, places: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], StockItem]:
        """(SKU, node) → item, of those that exist; eventually consistent."""

    def count_all(self, movements: Sequence[Movement]) -> list[bool]:
        """Counts, in parallel; False where the item moved since it was read."""

    def book_all(self, movements: Sequence[Movement], *, now: int) -> list[bool | Refused]:
        """`Stock.book` in parallel; a refusal is the answer of its movement."""

    def merge_flows(self, item: StockItem, *, now: int) -> bool:
        """True when the item's recent flows were put into fewer entries."""
