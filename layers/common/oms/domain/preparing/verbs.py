"""What node staff do, one row a verb: its word in the API, and the events that it leads to.

The row of the same verb in functions/ship/verbs.py names its body, its summary and its use case.
A verb without an event is no state of the part: `actions` in steps.py says when it may be done.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class StaffVerb(StrEnum):
    _value_: str
    events: tuple[str, ...]

    def __new__(cls, word: str, *events: str) -> StaffVerb:
        verb = str.__new__(cls, word)
        verb._value_, verb.events = word, events
        return verb

    ACCEPT = "accept", "accept"
    CLAIM = "claim", "claim"
    REJECT = "reject", "reject"
    START_PICK = "start-pick", "start_pick"
    PICK = "pick", "pick"
    UNPICK = "unpick", "unpick"
    PACK = "pack", "pack"
    UNPACK = "unpack", "unpack"
    LABEL = "label", "label", "label_transfer"
    SHIP = "ship", "ship", "late_ship"
    DISPATCH = "dispatch", "dispatch"
    ARRIVE = "arrive", "arrive", "lose"
    SHELVE = "shelve", "shelve"
    COLLECT = "collect", "collect"
    ACKNOWLEDGE = ("acknowledge",)  # a purchase order, where other parts are accepted
    SHIPPED_NOTICE = "shipped-notice", "drop_ship"
    CANCEL_ANSWER = ("cancel-answer",)


# Lifecycle event → verb. Other events are the system's.
VERB_OF: Mapping[str, StaffVerb] = {event: verb for verb in StaffVerb for event in verb.events}
