"""Stock of hot SKUs, which lies on pages: see domain/hot_stock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..domain.model.stock_item import StockItem


class StockPages(Protocol):
    def read(
        self, sku: str, node: str, numbers: Iterable[int], *, consistent: bool = False
    ) -> Mapping[int, StockItem]:
        """Those of these pages that exist."""

    def recall(self, pages: Sequence[StockItem]) -> set[int]:
        """Bring back what is left of pages; those where somebody moved it first."""

    def tick_off(self, first: StockItem, done: int, bound: int) -> None: ...

    def forget(self, first: StockItem, gone: int) -> None: ...

    def drop_page(self, page: StockItem) -> None: ...


class StockHeat(Protocol):
    def heat(self, sku: str, node: str, mode: str = "") -> bool:
        """From now on claims go to pages; `mode` as told by a person, else as observed."""

    def cool(self, sku: str, node: str, mode: str = "") -> bool:
        """From now on claims go to the main item."""

    def ask_to_settle(self, sku: str, node: str) -> None:
        """At most once a second, however many ask."""


class Bindings(Protocol):
    def unbound(self, items: Iterable[StockItem]) -> frozenset[str]:
        """Claims on these items that no order names."""
