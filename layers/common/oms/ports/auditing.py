"""What the auditor reads, and where it keeps how far it came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..domain.auditing.checks import Discrepancy
    from ..domain.stock.ledger import LedgerBalance
    from .row import Row


class LakeObject(NamedTuple):
    """A new object of the lake; `looks`: how often it was handed out."""

    key: str
    receipt: str
    looks: int


class LakeQueue(Protocol):
    """A queue of what is new in the lake: what is not done with comes again."""

    def take(self, most: int) -> list[LakeObject]: ...

    def done(self, notes: Iterable[LakeObject]) -> None: ...


class LakeReader(Protocol):
    def lines(self, key: str) -> list[Mapping[str, Any]]:
        """The object's lines; [] when it is gone."""


class Executions(Protocol):
    def running(self, kind: str, name: str) -> bool: ...


class AuditBooks(Protocol):
    """Where each ledger stands, and what is suspected since when."""

    def ledger(self, sku: str, node: str) -> LedgerBalance: ...

    def put_ledger(
        self, sku: str, node: str, after: LedgerBalance, *, before: LedgerBalance
    ) -> None:
        """Raises LostRace when somebody folded on meanwhile."""

    def suspects(self, most: int) -> list[tuple[str, str]]:
        """(discrepancy id, subject), at most so many."""

    def suspect(self, found: Discrepancy, now: int) -> int:
        """Since when it is suspected: `now` when it is new."""

    def clear(self, id: str) -> None: ...


class Paces(Protocol):
    """SKUs to look at on a day, be it that they do not move: their pace changes by itself."""

    def look_on(self, day: int, sku: str) -> None:
        """`day`: number since 1970. Said again it is no news."""

    def due(self, day: int, most: int) -> list[tuple[int, str]]:
        """(day, SKU) until then, the oldest first, at most so many."""

    def looked(self, day: int, sku: str) -> None: ...


class StockCases(Protocol):
    """Exception cases about a SKU at a node, beside its stock."""

    def open_case(self, sku: str, node: str, kind: str, content: Row) -> bool:
        """False when it is open already; one that was closed is opened again."""

    def close_case(self, sku: str, node: str, kind: str, content: Row) -> bool:
        """RESOLVED with this content; False when none was open."""

    def cases(self, sku: str) -> list[Row]: ...

    def open_cases(self, *, limit: int) -> Sequence[Row]:
        """Of all SKUs, the oldest first."""
