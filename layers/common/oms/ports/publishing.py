"""Where committed changes are published: the bus, the lake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..domain.publishing.events import Event


class Bus(Protocol):
    def put(self, events: Sequence[Event]) -> None:
        """Raises Fault when one was not taken; all may be put again, their ids tell them."""


class Lake(Protocol):
    def put(self, key: str, lines: Sequence[Mapping[str, Any]]) -> None:
        """One object of JSON lines; the same key overwrites."""
