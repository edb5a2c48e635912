"""What quotes read of stock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class ShownUnits:
    """`units` as of a version of the SKU's item at the node."""

    sku: str
    node: str
    units: int
    version: int


class ShownStock(Protocol):
    def show(self, showings: Sequence[ShownUnits]) -> int:
        """Each unless a later version is shown; answers how many were set."""
