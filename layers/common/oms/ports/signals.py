"""Where signals are published for sourcing: sales and age of stock by SKU, rejections by node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.model.signals import Pace, Reports


class StockSignals(Protocol):
    """One row per SKU, in the partition that sourcing reads anyway."""

    def publish(self, sku: str, nodes: Mapping[str, Pace]) -> None:
        """Of these nodes; where nothing was sold and nothing lies, the node is left out. Raises
        LostRace.
        """


class NodeReports(Protocol):
    """One row of the configuration, read with the rest of it."""

    def caught_up(self, now: int) -> None:
        """The auditor has folded all that happened until now."""

    def rate(self, rejected: Mapping[str, int], now: int) -> None: ...

    def last(self) -> Reports: ...


class Rejections(Protocol):
    def outcomes(self, now: int, days: int) -> Mapping[str, tuple[int, int]]:
        """Node → parts it was given and parts it gave back, in the days before `now`; a sample."""
