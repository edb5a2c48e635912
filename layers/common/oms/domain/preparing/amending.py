"""A part gets smaller: its customer does not want some of its units any more."""

from __future__ import annotations

from dataclasses import replace

from .. import lifecycle
from ..model import fulfilment as fo
from ..model.fulfilment import FulfilmentOrder
from ..model.units import LineUnits, common, minus, plus
from ..orders.cancellation import CANCEL_REQUESTED

OPEN_TO_IT = frozenset({fo.ACCEPTED, fo.PICKING, fo.PICKED})  # nothing is in a parcel yet


def may_amend(part: FulfilmentOrder, gone: LineUnits) -> bool:
    """Without asking its node. A supplier and a code are told of a part as a whole only."""
    if part.status not in fo.UNACCEPTED:
        return False
    return not (part.purchase or part.digital) or not minus(part.lines, gone)


def may_ask_back(part: FulfilmentOrder) -> bool:
    """Its node can be asked for some units: nobody asks for others just now."""
    asks = part.request == CANCEL_REQUESTED
    return part.status in OPEN_TO_IT and not part.purchase and (not asks or bool(part.asked))


def amended(part: FulfilmentOrder, gone: LineUnits) -> tuple[str, FulfilmentOrder]:
    """Without these units; nothing left is a part that is cancelled."""
    rest = minus(part.lines, gone)
    if not rest:
        return "cancel", part.moved("cancel", due=None)
    dropped = plus(part.dropped, common(part.lines, gone))
    return "amend", part.moved("amend", lines=rest, dropped=dropped)


def ask_back(part: FulfilmentOrder, gone: LineUnits, due: int) -> tuple[str, FulfilmentOrder]:
    """The node answers; asked for all of it, it cancels the part or it does not."""
    asked = plus(part.asked, gone)
    whole = not minus(part.lines, asked)
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
    gone = minus(part.asked, part.held)
    if not gone:
        return part
    still = minus(part.asked, gone)
    request = part.request if still else "NONE"
    return replace(part, asked=still, dropped=plus(part.dropped, gone), request=request)
