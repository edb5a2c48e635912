"""Tell sourcing what the ledgers that moved say of sales and of the age of stock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...domain.auditing.checks import place_of_site
from ...domain.stock.pace import pace_of
from ...ports.auditing import AuditBooks
from ...ports.signals import NodeReports, StockSignals
from ..retrying import retrying


@dataclass(frozen=True, slots=True)
class PaceTeller:
    signals: StockSignals
    reports: NodeReports
    books: AuditBooks
    now: int

    def tell(self, places: Iterable[tuple[str, str]]) -> None:
        """Of these (SKU, site)s. A hot SKU's further locations have ledgers of their own:
        what was sold from them is not counted.
        """
        moved: dict[str, set[str]] = {}
        for sku, site in places:
            moved.setdefault(sku, set()).add(place_of_site(site)[0])
        for sku, nodes in sorted(moved.items()):
            told = {node: pace_of(self.books.ledger(sku, node), self.now) for node in sorted(nodes)}
            retrying(lambda sku=sku, told=told: self.signals.tell(sku, told))  # type: ignore[misc]

    def caught_up(self) -> None:
        """All that happened is told."""
        self.reports.heard(self.now)
