"""Files of stock lines: where they lie, how far they are, and the queue of their chunks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..domain.feeds.load import FeedLoad


class Inbox(Protocol):
    def read(self, key: str, first: int, end: int, *, etag: str = "") -> bytes:
        """Bytes [first, end) of a file, fewer where it ends before; raises NotFound when it is
        gone, or another one lies there than `etag` names.
        """

    def put(self, key: str, text: str) -> None: ...


class Loads(Protocol):
    def create(self, load: FeedLoad) -> FeedLoad:
        """The same object when this call wrote it, else what was stored before."""

    def get(self, name: str, id: str) -> FeedLoad:
        """Raises NotFound."""

    def of_file(self, name: str) -> list[FeedLoad]:
        """Every drop of a file of this name that is remembered, the latest first."""

    def book(self, load: FeedLoad, chunk: int, tally: Mapping[str, int], now: int) -> bool:
        """Note a chunk and its lines; False when it was noted before. Raises LostRace."""

    def noted(self, load: FeedLoad, chunk: int) -> bool: ...

    def with_errors(self, load: FeedLoad) -> list[int]:
        """Chunks of which lines were refused, in order."""

    def end(self, load: FeedLoad, ended: FeedLoad) -> bool:
        """Write its end; False when it had ended before."""


class ChunkQueue(Protocol):
    def put(self, name: str, id: str, chunks: Sequence[int]) -> None: ...
