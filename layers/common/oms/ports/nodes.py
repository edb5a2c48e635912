"""Whether nodes take orders."""

from __future__ import annotations

from typing import Protocol

from ..domain.nodes.standing import Standing
from ..domain.timeline import Entry


class Nodes(Protocol):
    def standing(self, node: str) -> Standing:
        """OPEN when nobody ever said otherwise."""

    def save(self, standing: Standing, entry: Entry) -> Standing:
        """The next version; raises LostRace when somebody was faster."""
