"""Stock as it is stored, sound or not: for who looks for what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..domain.model.stock_location import MAIN, StockLocation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.model.stock_item import StockItem


class RawStock(Protocol):
    def stored(
        self, sku: str, node: str, location: StockLocation = MAIN
    ) -> tuple[StockItem, int] | None:
        """The item and the number that is stored as its available units."""

    def as_stored(self, sku: str) -> list[StockItem]:
        """At every node, all pages together."""

    def claims_at(self, sku: str, node: str) -> Mapping[str, str]:
        """Claim → entry, of all pages of the SKU there."""
