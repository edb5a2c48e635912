"""A part whose units travel to the store where they are collected: pure steps.

PACKED at its source ► IN_TRANSFER ► ARRIVED at the store ► READY_FOR_PICKUP, once every other
transfer of the order has arrived too. What did not arrive is open again and sourced anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..errors import IllegalTransition, ValidationFailed
from ..model import fulfilment as fo
from ..model import units
from ..model.fulfilment import MISMATCH, FulfilmentOrder
from ..model.order import Order
from ..model.units import Units
from .steps import Step


def dispatch(part: FulfilmentOrder) -> Step:
    """From here on it is the store's."""
    return "dispatch", part.moved("dispatch", node=part.to, sent_from=part.node)


def arrive(part: FulfilmentOrder, arrived: Mapping[int, int]) -> Step:
    """`arrived`: pieces per line, all of a line that is not named."""
    if strangers := set(arrived) - set(part.lines):
        wrong = {f"/arrived/{no}": "not a line of this part" for no in sorted(strangers)}
        raise ValidationFailed("lines that are not in this part", fields=wrong)
    kept: dict[int, Units] = {}
    missing: dict[int, Units] = {}
    for no, which in part.lines.items():
        count = arrived.get(no, len(which))
        if count > len(which):
            wrong = {f"/arrived/{no}": f"at most {len(which)}"}
            raise ValidationFailed(f"line {no}: {count} arrived of {len(which)}", fields=wrong)
        kept[no] = units.first(which, count)
        missing[no] = which - kept[no]
    short = {no: which for no, which in missing.items() if which}
    why = dict.fromkeys(short, MISMATCH)
    if not any(kept.values()):
        return "lose", part.moved("lose", reasons=why, due=None)
    lines = {no: which for no, which in kept.items() if which}
    return "arrive", part.moved(
        "arrive", lines=lines, lost=part.missed, short=short, reasons={**part.reasons, **why}
    )


def before_arrival(part: FulfilmentOrder) -> FulfilmentOrder:
    """As it was on its way: to see whether two reports of its arrival agree."""
    short = part.short if part.status == fo.ARRIVED else {}
    numbers = set(part.lines) | set(short)
    lines = {no: fo.units_of(part.lines, no) | fo.units_of(short, no) for no in numbers}
    return replace(part, status=fo.IN_TRANSFER, lines=lines, short={}, reasons={})


def check_all_arrived(order: Order) -> None:
    """Raises IllegalTransition while goods of the order are on their way to the store."""
    under_way = [
        part.number
        for part in order.parts
        if part.to and not part.arrived and part.status not in fo.TERMINAL
    ]
    under_way += [plan.number for plan in order.planned if plan.to]
    if under_way:
        raise IllegalTransition(
            "not all of the order has arrived at the store", waiting_for=under_way
        )
