"""Levels of stock as they are known outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.stock_lifecycles import CampaignStatus, StockLevel
    from .row import Row


class KnownLevels(NamedTuple):
    """`levels`: site → row; `campaign`: None when campaigns were never paused."""

    levels: Mapping[str, Row]
    campaign: Row | None


class StockLevels(Protocol):
    """Each write is one version of its row, and one event."""

    def of_sku(self, sku: str) -> KnownLevels: ...

    def put_level(
        self,
        sku: str,
        site: str,
        level: StockLevel,
        last: Row,
        measured: Mapping[str, Any],
        version: int,
    ) -> None:
        """`version`: of the row that was read, 0 for none. Raises LostRace."""

    def put_campaign(
        self, sku: str, status: CampaignStatus, last: Row, channels: tuple[str, ...], version: int
    ) -> None:
        """As `put_level`."""
