"""What node staff do, by the words of the API, and the events that it leads to."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class StaffVerb(StrEnum):
    ACCEPT = "accept"
    CLAIM = "claim"
    REJECT = "reject"
    START_PICK = "start-pick"
    PICK = "pick"
    UNPICK = "unpick"
    PACK = "pack"
    UNPACK = "unpack"
    LABEL = "label"
    SHIP = "ship"
    DISPATCH = "dispatch"
    ARRIVE = "arrive"
    SHELVE = "shelve"
    COLLECT = "collect"
    ACKNOWLEDGE = "acknowledge"
    SHIPPED_NOTICE = "shipped-notice"
    CANCEL_ANSWER = "cancel-answer"


# Lifecycle event → verb. Other events are the system's. A purchase order is acknowledged where
# other parts are accepted, a request to cancel is no state of the part: `preparing.actions`.
VERB_OF: Mapping[str, StaffVerb] = {
    "accept": StaffVerb.ACCEPT,
    "claim": StaffVerb.CLAIM,
    "reject": StaffVerb.REJECT,
    "start_pick": StaffVerb.START_PICK,
    "pick": StaffVerb.PICK,
    "unpick": StaffVerb.UNPICK,
    "pack": StaffVerb.PACK,
    "unpack": StaffVerb.UNPACK,
    "label": StaffVerb.LABEL,
    "label_transfer": StaffVerb.LABEL,
    "ship": StaffVerb.SHIP,
    "late_ship": StaffVerb.SHIP,
    "drop_ship": StaffVerb.SHIPPED_NOTICE,
    "dispatch": StaffVerb.DISPATCH,
    "arrive": StaffVerb.ARRIVE,
    "lose": StaffVerb.ARRIVE,
    "shelve": StaffVerb.SHELVE,
    "collect": StaffVerb.COLLECT,
}
