"""What the watch over promises works with."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .stores import Stores

if TYPE_CHECKING:
    from ..stores.config.lanes import LaneStore
    from ..stores.promises.store import PromiseStore


class WatchingStores(Stores):
    @cached_property
    def promises(self) -> PromiseStore:
        from ..stores.promises.store import PromiseStore

        return PromiseStore(self.table("PROMISES_TABLE"))

    @cached_property
    def lanes(self) -> LaneStore:
        from ..stores.config.lanes import LaneStore

        return LaneStore(self.table("CONFIG_TABLE"))
