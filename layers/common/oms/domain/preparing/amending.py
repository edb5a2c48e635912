"""A part gets smaller: its customer does not want some of its units any more."""

from __future__ import annotations

from dataclasses import replace

from .. import lifecycle
from ..model import fulfilment as fo
from ..model.fulfilment import FulfilmentOrder
from ..model.units import NO_UNITS, LineUnits, Units
from ..orders.cancellation import CANCEL_REQUESTED

OPEN_TO_IT = frozenset({fo.ACCEPTED, fo.PICKING, fo.PICKED})  # nothing is in a parcel yet


def rest_of(part: FulfilmentOrder, gone: LineUnits) -> dict[int, Units]:
    rest = {no: which - gone.get(no, NO_UNITS) for no, which in part.lines.items()}
    return {no: which for no, which in rest.items() if which}


def may_amend(part: FulfilmentOrder, gone: LineUnits) -> bool:
    """Without asking its node. A supplier and a code are told of a part as a whole only."""
    if part.status not in fo.UNACCEPTED:
        return False
    return not (part.purchase or part.digital) or not rest_of(part, gone)


def may_ask_back(part: FulfilmentOrder) -> bool:
    """Its node can be asked for some units: nobody asks for others just now."""
    asks = part.request == CANCEL_REQUESTED
    return part.status in OPEN_TO_IT and not part.purchase and (not asks or bool(part.asked))


def amended(part: FulfilmentOrder, gone: LineUnits) -> tuple[str, FulfilmentOrder]:
    """Without these units; nothing left is a part that is cancelled."""
    rest = rest_of(part, gone)
    if not rest:
        return "cancel", part.moved("cancel", due=None)
    dropped = _sum(part.dropped, _held(part, gone))
    return "amend", part.moved("amend", lines=rest, dropped=dropped)


def ask_back(part: FulfilmentOrder, gone: LineUnits, due: int) -> tuple[str, FulfilmentOrder]:
    """The node answers; asked for all of it, it cancels the part or it does not."""
    asked = _sum(part.asked, gone)
    whole = not rest_of(part, asked)
    request = part.request
    if request != CANCEL_REQUESTED:
        request = lifecycle.step(lifecycle.CANCEL_REQUEST, request, "request")
    after = replace(part, asked={} if whole else asked, request=request, due=due)
    return "request_cancel", after


def given_back(part: FulfilmentOrder, due: int | None) -> tuple[str, FulfilmentOrder]:
    """The node agrees to what it was asked for; with nothing left the part is cancelled."""
    event, after = amended(part, part.asked)
    return event, replace(after, asked={}, request="NONE", due=due if event == "amend" else None)


def missed_anyway(part: FulfilmentOrder) -> FulfilmentOrder:
    """What was asked back and is not in the part any more is not looked for elsewhere."""
    lines = part.held
    gone = {no: which - lines.get(no, NO_UNITS) for no, which in part.asked.items()}
    if not any(gone.values()):
        return part
    still = {no: which - gone[no] for no, which in part.asked.items() if which - gone[no]}
    request = part.request if still else "NONE"
    return replace(part, asked=still, dropped=_sum(part.dropped, gone), request=request)


def _held(part: FulfilmentOrder, lines: LineUnits) -> dict[int, Units]:
    return {no: which & part.lines.get(no, NO_UNITS) for no, which in lines.items()}


def _sum(lines: LineUnits, more: LineUnits) -> dict[int, Units]:
    found = {no: lines.get(no, NO_UNITS) | more.get(no, NO_UNITS) for no in {*lines, *more}}
    return {no: which for no, which in found.items() if which}
