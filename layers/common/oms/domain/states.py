"""The words of the lifecycles as types, so that a typo does not pass mypy.

What leads where is in lifecycle.py.
"""

from __future__ import annotations

from typing import Literal

OrderStatus = Literal["RECEIVED", "CONFIRMED", "IN_FULFILMENT", "COMPLETED", "CANCELLED"]
OrderEvent = Literal["confirm", "route", "complete", "reopen", "cancel"]

# Of an authorisation, a capture or a refund, as providers answer; REQUESTED: not answered yet.
PaymentStatus = Literal[
    "AUTHORISED",
    "DECLINED",
    "PENDING",
    "VOIDED",
    "EXPIRED",
    "REQUESTED",
    "SUCCEEDED",
    "FAILED",
    "IN_DOUBT",
]

ReservationStatus = Literal["ACTIVE", "COMMITTED", "RELEASED", "EXPIRED"]
ReservationEvent = Literal["extend", "commit", "release", "expire"]

CaseStatus = Literal["OPEN", "ASSIGNED", "RESOLVED", "DISMISSED"]
CaseEvent = Literal["assign", "resolve", "dismiss"]

ReturnStatus = Literal[
    "APPROVED",
    "PARTIALLY_RECEIVED",
    "RECEIVED",
    "INSPECTED",
    "COMPLETED",
    "EXPIRED",
    "CANCELLED",
]
ReturnEvent = Literal["receive", "receive_part", "inspect", "complete", "expire", "cancel"]

RefundStatus = Literal["NONE", "DUE", "REQUESTED", "IN_DOUBT", "SUCCEEDED", "FAILED", "DENIED"]
RefundEvent = Literal["fall_due", "request", "deny", "succeed", "fail", "doubt"]

RuleStatus = Literal["DRAFT", "VALIDATED", "ACTIVE", "RETIRED"]
RuleEvent = Literal["edit", "validate", "activate", "retire"]

ReplayStatus = Literal["QUEUED", "RUNNING", "DONE", "FAILED"]
ReplayEvent = Literal["start", "go_on", "finish", "fail"]
