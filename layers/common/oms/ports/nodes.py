"""Whether nodes take orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ..domain.nodes.node_status import NodeStatus
    from ..domain.timeline import Entry


class Nodes(Protocol):
    def standing(self, node: str) -> NodeStatus:
        """OPEN when nobody ever said otherwise."""

    def save(self, standing: NodeStatus, entry: Entry) -> NodeStatus:
        """The next version; raises LostRace when somebody was faster."""
