"""What was ordered lately, and the scarcity prices that follow from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.sourcing.forecast import OrderKind
    from ..domain.sourcing.scarcity import ScarcityPrices


class OrderHistory(Protocol):
    def ordered(self, now: int, days: int) -> Mapping[OrderKind, int]:
        """Orders to ship that were placed in the days before `now`: thousandths per kind, as a
        sample may stand for them all.
        """


class ScarcityBook(Protocol):
    def last(self) -> ScarcityPrices | None:
        """What was published last, read consistently."""

    def publish(self, prices: ScarcityPrices) -> None:
        """Raises LostRace unless it is the version after the last one."""
