"""Holds of an order by their reasons: each doubt is taken off by itself."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import ValidationFailed
from ..model.order import Hold

ENTIRELY = frozenset({"ROUTE", "SHIP"})  # what has not left stays, wherever it lies


def code_of(hold: Hold) -> str:
    """Reasons are "CODE" or "CODE: detail"."""
    return hold.reason.partition(":")[0]


def without(holds: tuple[Hold, ...], kind: str, reason: str = "") -> tuple[Hold, ...]:
    """All but those of this kind and reason (its code, or the whole text).

    Raises ValidationFailed when the kind is there for several reasons and none is named.
    """
    found = [hold for hold in holds if hold.kind == kind]
    if not reason and len({hold.reason for hold in found}) > 1:
        several = ", ".join(dict.fromkeys(code_of(hold) for hold in found))
        raise ValidationFailed(
            f"the hold {kind} has several reasons", fields={"/reason": f"one of {several}"}
        )
    gone = [hold for hold in found if not reason or reason in (hold.reason, code_of(hold))]
    return tuple(hold for hold in holds if hold not in gone)


def has(holds: Iterable[Hold], code: str) -> bool:
    return any(code_of(hold) == code for hold in holds)
