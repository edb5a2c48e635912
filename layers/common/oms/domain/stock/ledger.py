"""The ledger folded back into balances: what every movement line says must add up (I2).

    fold(all movements of an item) = its balance

A line carries the deltas that its writer meant beside the balance that its write left, so that one
is proof of the other. `on_hand`, `allocated`, `staged`, `soft` and each "un_<kind>" are folded;
`available` follows from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ..model.movement_kind import MovementKind
from ..model.stock_item import StockItem
from .layers import layered
from .movements import COUNTED, UNAVAILABLE

Balance = Mapping[str, int]
NOTHING: Balance = MappingProxyType({})
SHIPMENTS = frozenset({MovementKind.SHIP, MovementKind.LATE_SHIP})  # what customers got: demand
DEMAND_DAYS, SECONDS_A_DAY = 28, 86_400


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One movement of the ledger: the item's version after it, what it changed, what it left."""

    version: int
    deltas: Balance
    after: Balance
    kind: str = ""
    movement: str = ""
    cause: str = ""
    by: str = ""
    quantity: int = 0
    at: int = 0  # epoch seconds


@dataclass(frozen=True, slots=True)
class LedgerBalance:
    """Where a ledger stands: the last version that was folded, the balance by then, how many units
    were shipped on each of the last days (day number since 1970 → units), and on which day what is
    on hand came, the oldest leaving first (layers.py).
    """

    version: int = 0
    balance: Balance = field(default_factory=lambda: NOTHING)
    shipped: Mapping[int, int] = field(default_factory=dict, compare=False)
    came: Mapping[int, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class LedgerDifference:
    """One value that is not what it has to be."""

    what: str
    expected: object
    found: object


def line_of(row: Mapping[str, Any]) -> LedgerLine:
    """A line of the lake (domain/publishing/events.py)."""
    return LedgerLine(
        version=row["version"],
        deltas=row["deltas"],
        after=row["after"] or NOTHING,
        kind=row["kind"],
        movement=row["movement"],
        cause=row["cause"],
        by=row["by"],
        quantity=row.get("quantity", 0),
        at=row.get("at", 0),
    )


def balance_of(item: StockItem) -> dict[str, int]:
    """An item's buckets, without zeros."""
    found = {name: getattr(item, name) for name in COUNTED}
    found |= {f"{UNAVAILABLE}{kind}": units for kind, units in item.unavailable.items()}
    return plain(found)


def plain(balance: Balance) -> dict[str, int]:
    """Without zeros and without what follows from the rest."""
    return {name: units for name, units in balance.items() if units and name != "available"}


def available(balance: Balance) -> int:
    """I2: on hand less everything that is spoken for."""
    return balance.get("on_hand", 0) - sum(
        units for name, units in balance.items() if name not in ("on_hand", "available")
    )


def add(balance: Balance, deltas: Balance) -> dict[str, int]:
    names = {**balance, **deltas}
    return plain({name: balance.get(name, 0) + deltas.get(name, 0) for name in names})


def fold(
    lines: Iterable[LedgerLine], start: LedgerBalance | None = None
) -> tuple[LedgerBalance, list[LedgerDifference]]:
    """The ledger after these lines, which come in any order, and what does not add up.

    A line at or before the start was folded already. Folding goes on from what a wrong line says
    it left, so that each error is told once.
    """
    at = start or LedgerBalance()
    wrong: list[LedgerDifference] = []
    for line in sorted(lines, key=lambda each: each.version):
        if line.version <= at.version:
            continue
        wrong += differences(at, line)
        came = layered(at.came, line.after.get("on_hand", 0), line.at // SECONDS_A_DAY)
        at = LedgerBalance(line.version, plain(line.after), _shipped(at, line), came)
    return at, wrong


def _shipped(before: LedgerBalance, line: LedgerLine) -> Mapping[int, int]:
    if line.kind not in SHIPMENTS:
        return before.shipped
    day = line.at // SECONDS_A_DAY
    kept = {d: units for d, units in before.shipped.items() if d > day - DEMAND_DAYS}
    return kept | {day: kept.get(day, 0) + line.quantity}


def differences(before: LedgerBalance, line: LedgerLine) -> Iterator[LedgerDifference]:
    """What is wrong with the line that follows this balance."""
    if line.version != before.version + 1:
        yield LedgerDifference("version", before.version + 1, line.version)
        return
    expected, found = add(before.balance, line.deltas), plain(line.after)
    for name in sorted({*expected, *found}):
        if expected.get(name, 0) != found.get(name, 0):
            yield LedgerDifference(name, expected.get(name, 0), found.get(name, 0))
    yield from identity(line.after)
    for name in ("kind", "movement", "cause", "by"):
        if not getattr(line, name):
            yield LedgerDifference(f"{name} of version {line.version}", "a value", "")


def identity(balance: Balance) -> Iterator[LedgerDifference]:
    """I2 within one balance that names what is available."""
    if "available" in balance and balance["available"] != available(balance):
        yield LedgerDifference("available", available(balance), balance["available"])
