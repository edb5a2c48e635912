"""What files of stock lines are read and booked with."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import ChunkQueue, Inbox, Loads
from ..stocking.deps import Stocking


@dataclass(frozen=True, slots=True)
class Feeding:
    inbox: Inbox
    loads: Loads
    queue: ChunkQueue
    stocking: Stocking
    now: int
