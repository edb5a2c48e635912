"""The lives of the nouns, as data: state → {event: next state}. Two rules:

1. A state changes only by an event listed here for that state; anything else is refused and
   leaves the state untouched.
2. What can be derived (customer status, payment status, partial) is not listed here.

`docs/lifecycles.md` is generated from these tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from . import states
from .errors import IllegalTransition
from .stock_lifecycles import (
    ADVANCE_NOTICE,
    CAMPAIGN,
    COUNT_SESSION,
    FEED_LOAD,
    LEVEL,
    PURCHASE,
    TRANSFER_LIFE,
)

Table = Mapping[str, Mapping[str, str]]
S = TypeVar("S", bound=str)
E = TypeVar("E", bound=str)

ORDER: Mapping[states.OrderStatus, Mapping[states.OrderEvent, states.OrderStatus]] = {
    "RECEIVED": {"confirm": "CONFIRMED", "cancel": "CANCELLED"},
    "CONFIRMED": {"route": "IN_FULFILMENT", "cancel": "CANCELLED", "complete": "COMPLETED"},
    "IN_FULFILMENT": {"cancel": "CANCELLED", "complete": "COMPLETED"},
    "COMPLETED": {"reopen": "IN_FULFILMENT"},
    "CANCELLED": {},
}

FULFILMENT: Table = {
    "ASSIGNED": {
        "amend": "ASSIGNED",
        "accept": "ACCEPTED",
        "drop_ship": "SHIPPED",
        "deliver_digital": "DELIVERED",
        "try_again": "ASSIGNED",
        "reject": "REJECTED",
        "expire": "EXPIRED",
        "cancel": "CANCELLED",
        "recall": "ASSIGNED",
        "review": "ASSIGNED",
        "move": "SUPERSEDED",
        "withdraw": "SUPERSEDED",
    },
    "OFFERED": {
        "amend": "OFFERED",
        "claim": "ACCEPTED",
        "widen": "OFFERED",
        "fall_back": "ASSIGNED",
        "cancel": "CANCELLED",
        "recall": "OFFERED",
        "move": "SUPERSEDED",
        "withdraw": "SUPERSEDED",
    },
    "ACCEPTED": {
        "amend": "ACCEPTED",
        "start_pick": "PICKING",
        "pick": "PICKED",
        "drop_ship": "SHIPPED",
        "reject": "REJECTED",
        "cancel": "CANCELLED",
    },
    "PICKING": {
        "amend": "PICKING",
        "pick": "PICKED",
        "reject": "REJECTED",
        "cancel": "CANCELLED",
    },
    "PICKED": {
        "amend": "PICKED",
        "pack": "PACKED",
        "unpick": "ACCEPTED",
        "cancel": "CANCELLED",
    },
    "PACKED": {
        "label": "READY_TO_SHIP",
        "shelve": "READY_FOR_PICKUP",
        "label_transfer": "PACKED",
        "dispatch": "IN_TRANSFER",
        "unpack": "PICKED",
        "cancel": "CANCELLED",
    },
    "IN_TRANSFER": {"arrive": "ARRIVED", "lose": "REJECTED"},
    "ARRIVED": {"shelve": "READY_FOR_PICKUP", "cancel": "CANCELLED"},
    "READY_TO_SHIP": {"ship": "SHIPPED", "cancel": "CANCELLED"},
    "READY_FOR_PICKUP": {"collect": "PICKED_UP", "lapse": "UNCOLLECTED", "cancel": "CANCELLED"},
    "SHIPPED": {
        "deliver": "DELIVERED",
        "fail_delivery": "DELIVERY_FAILED",
        "return_to_sender": "RETURNED_TO_SENDER",
    },
    "DELIVERY_FAILED": {"deliver": "DELIVERED", "return_to_sender": "RETURNED_TO_SENDER"},
    "DELIVERED": {"return_to_sender": "RETURNED_TO_SENDER"},
    "RETURNED_TO_SENDER": {},
    "PICKED_UP": {},
    "UNCOLLECTED": {},
    "REJECTED": {},
    "EXPIRED": {},
    "SUPERSEDED": {},
    "CANCELLED": {"late_ship": "CANCELLED"},
}

NODE: Table = {
    "OPEN": {"pause": "PAUSED", "close": "OFFLINE"},
    "PAUSED": {"open": "OPEN", "pause": "PAUSED", "close": "OFFLINE"},
    "OFFLINE": {"open": "OPEN", "pause": "PAUSED"},
}

CANCEL_REQUEST: Table = {
    "NONE": {"request": "CANCEL_REQUESTED"},
    "CANCEL_REQUESTED": {"agree": "CANCEL_ACCEPTED", "refuse": "CANCEL_REFUSED"},
    "CANCEL_ACCEPTED": {},
    "CANCEL_REFUSED": {"request": "CANCEL_REQUESTED"},
}

RETURN: Mapping[states.ReturnStatus, Mapping[states.ReturnEvent, states.ReturnStatus]] = {
    "APPROVED": {
        "receive": "RECEIVED",
        "receive_part": "PARTIALLY_RECEIVED",
        "expire": "EXPIRED",
        "cancel": "CANCELLED",
    },
    "PARTIALLY_RECEIVED": {
        "receive": "RECEIVED",
        "receive_part": "PARTIALLY_RECEIVED",
        "inspect": "INSPECTED",
        "expire": "RECEIVED",
    },
    "RECEIVED": {"inspect": "INSPECTED"},
    "INSPECTED": {"complete": "COMPLETED"},
    "COMPLETED": {},
    "EXPIRED": {},
    "CANCELLED": {},
}

REFUND: Mapping[states.RefundStatus, Mapping[states.RefundEvent, states.RefundStatus]] = {
    "NONE": {"fall_due": "DUE"},
    "DUE": {"request": "REQUESTED", "deny": "DENIED"},
    "REQUESTED": {"succeed": "SUCCEEDED", "fail": "FAILED", "doubt": "IN_DOUBT"},
    "IN_DOUBT": {"succeed": "SUCCEEDED", "fail": "FAILED"},
    "FAILED": {"request": "REQUESTED"},
    "SUCCEEDED": {},
    "DENIED": {},
}

CASE: Mapping[states.CaseStatus, Mapping[states.CaseEvent, states.CaseStatus]] = {
    "OPEN": {"assign": "ASSIGNED", "resolve": "RESOLVED", "dismiss": "DISMISSED"},
    "ASSIGNED": {"resolve": "RESOLVED", "dismiss": "DISMISSED"},
    "RESOLVED": {},
    "DISMISSED": {},
}

RULE_VERSION: Mapping[states.RuleStatus, Mapping[states.RuleEvent, states.RuleStatus]] = {
    "DRAFT": {"edit": "DRAFT", "validate": "VALIDATED"},
    "VALIDATED": {"activate": "ACTIVE"},
    "ACTIVE": {"retire": "RETIRED"},
    "RETIRED": {"activate": "ACTIVE"},
}

RESERVATION: Mapping[
    states.ReservationStatus, Mapping[states.ReservationEvent, states.ReservationStatus]
] = {
    "ACTIVE": {
        "extend": "ACTIVE",
        "commit": "COMMITTED",
        "release": "RELEASED",
        "expire": "EXPIRED",
    },
    "COMMITTED": {},
    "RELEASED": {},
    "EXPIRED": {},
}

REPLAY: Mapping[states.ReplayStatus, Mapping[states.ReplayEvent, states.ReplayStatus]] = {
    "QUEUED": {"start": "RUNNING"},
    "RUNNING": {"start": "RUNNING", "go_on": "RUNNING", "finish": "DONE", "fail": "FAILED"},
    "DONE": {},
    "FAILED": {},
}

ALL: Mapping[str, Mapping[Any, Mapping[Any, str]]] = {
    "Order": ORDER,
    "Fulfilment order": FULFILMENT,
    "Node": NODE,
    "Cancel request": CANCEL_REQUEST,
    "Return": RETURN,
    "Refund of a return": REFUND,
    "Exception case": CASE,
    "Version of sourcing rules": RULE_VERSION,
    "Replay of past orders": REPLAY,
    "Reservation of a cart": RESERVATION,
    "File of stock lines": FEED_LOAD,
    "Purchase order": PURCHASE,
    "Advance shipping notice": ADVANCE_NOTICE,
    "Transfer": TRANSFER_LIFE,
    "Count session": COUNT_SESSION,
    "Stock level": LEVEL,
    "Campaigns for a SKU": CAMPAIGN,
}


def step(table: Mapping[S, Mapping[E, S]], state: S, event: E) -> S:
    """The next state; raises IllegalTransition with the events that would be possible."""
    following = table[state].get(event)
    if following is None:
        raise IllegalTransition(
            f"{event} is not possible in {state}", state=state, possible=sorted(table[state])
        )
    return following


def diagram(title: str, table: Mapping[Any, Mapping[Any, str]]) -> str:
    """A Mermaid state diagram of the table."""
    arrows = [
        f"    {state} --> {following}: {event}"
        for state, events in table.items()
        for event, following in events.items()
    ]
    first = next(iter(table))
    opening = [f"## {title}", "", "```mermaid", "stateDiagram-v2", f"    [*] --> {first}"]
    return "\n".join([*opening, *arrows, "```", ""])
