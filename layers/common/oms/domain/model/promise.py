"""A promise to a customer: when it is there or ready at the latest."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """A stored commitment. Times are ISO 8601 with offset, dates ISO.

    `ready_by`: when a pickup is ready; `deliver_by`: last day of delivery; `deliver_from`: the
    first one, where the carrier names a window;
    `cutoff`: order before this to keep it; `confidence`: HIGH or LOW;
    `source`: COMPUTED or EXTERNAL (a marketplace's promise always wins);
    `decision`: number of the order's decision that made it, 0 for none;
    `margin_days`: carrier working days it includes because its lane is late too often.
    """

    method: str
    service: str = "standard"
    ship_by: str = ""
    deliver_by: str = ""
    ready_by: str = ""
    cutoff: str = ""
    confidence: str = "HIGH"
    source: str = "COMPUTED"
    decision: int = 0
    deliver_from: str = ""
    margin_days: int = 0


def day_of(promise: Promise | None) -> str:
    """The ISO date on which it is delivered or ready at the latest, "" for no promise."""
    return (promise.deliver_by or promise.ready_by[:10]) if promise else ""
