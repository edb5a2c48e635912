"""The books of the simulated provider: one authorisation with its operations, as JSON.

The rules, in this order:
1. An operation asked again under its id gets its recorded answer; asked with another amount
   or kind it is refused.
2. Captures ≤ authorised, refunds ≤ captured, nothing is captured after a void, before the
   approval or past the expiry.
3. What is refused leaves the books untouched.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from ...domain.errors import MoneyRefused
from ...domain.model.money import Money
from ...domain.model.payment import (
    AUTHORISED,
    DECLINED,
    FAILED,
    PENDING,
    SUCCEEDED,
    VOIDED,
    GatewayAnswer,
)

Entry = dict[str, Any]

HOLD_S = 7 * 24 * 3600
MAX_OPERATIONS = 500  # of about 200 bytes: an entry stays far below 400 KB
assert MAX_OPERATIONS * 400 < 400_000

DECLINES = {"tok_decline": "insufficient_funds"}
LATE = "tok_late"
CAPTURE_FAILS_ONCE = "tok_capture_fails_once"
ANSWER_LOST_ONCE = frozenset({"tok_timeout_once"})
REFUND_ANSWER_LOST_ONCE = frozenset({"tok_refund_timeout_once"})


def reference(prefix: str, id: str) -> str:
    """The provider's reference: a function of the id, so asking again finds it."""
    return f"{prefix}_{sha256(id.encode()).hexdigest()[:24]}"


def opened(id: str, amount: Money, token: str, now: int) -> Entry:
    """A new authorisation; the token says how the payer's bank behaves."""
    status = AUTHORISED
    if token in DECLINES:
        status = DECLINED
    elif token == LATE:
        status = PENDING
    return {
        "id": id,
        "token": token,
        "amount": amount.minor,
        "currency": amount.currency,
        "status": status,
        "reason": DECLINES.get(token, ""),
        "expires_at": now + HOLD_S,
        "ops": {},
    }


def authorisation(entry: Entry, id: str) -> GatewayAnswer:
    """How the authorisation stands; a void later on does not change what was answered."""
    ref, status = reference("sim", id), entry["status"]
    if status == DECLINED:
        return GatewayAnswer(DECLINED, ref, reason=entry["reason"])
    if status == PENDING:
        return GatewayAnswer(PENDING, ref, action_url=f"https://pay.example/confirm/{ref}")
    return GatewayAnswer(AUTHORISED, ref, expires_at=entry["expires_at"])


def total(entry: Entry, kind: str) -> int:
    """Minor units moved so far by `capture` or `refund`."""
    moves = [op for op in entry["ops"].values() if op["kind"] == kind]
    return sum(op["amount"] for op in moves if op["outcome"] == SUCCEEDED)


def recorded(entry: Entry, kind: str, id: str, amount: int) -> GatewayAnswer | None:
    """Rule 1."""
    op = entry["ops"].get(id)
    if op is None:
        return None
    if (op["kind"], op["amount"]) != (kind, amount):
        raise MoneyRefused(f"{id} was used for {op['kind']} {op['amount']}")
    return GatewayAnswer(op["outcome"], op["ref"], reason=op["reason"])


def captured(entry: Entry, id: str, amount: Money, now: int) -> Entry:
    _same_currency(entry, amount)
    if entry["status"] != AUTHORISED:
        raise MoneyRefused(f"The authorisation is {entry['status']}")
    if now > entry["expires_at"]:
        raise MoneyRefused("The authorisation has expired")
    if not 0 < amount.minor <= entry["amount"] - total(entry, "capture"):
        raise MoneyRefused(f"Capturing {amount} is more than what is left")
    if entry["token"] == CAPTURE_FAILS_ONCE and not _any(entry, "capture"):
        return _with(entry, "capture", id, amount.minor, FAILED, "processing_error")
    return _with(entry, "capture", id, amount.minor, SUCCEEDED)


def refunded(entry: Entry, id: str, amount: Money) -> Entry:
    _same_currency(entry, amount)
    if not 0 < amount.minor <= total(entry, "capture") - total(entry, "refund"):
        raise MoneyRefused(f"Refunding {amount} is more than what was captured")
    return _with(entry, "refund", id, amount.minor, SUCCEEDED)


def voided(entry: Entry, id: str) -> Entry:
    """What is not captured is released; with nothing left it is a success all the same."""
    after = _with(entry, "void", id, 0, SUCCEEDED)
    if entry["status"] == PENDING:
        return {**after, "status": DECLINED, "reason": "cancelled"}
    return {**after, "status": VOIDED} if entry["status"] == AUTHORISED else after


def decided(entry: Entry, approve: bool) -> Entry:
    """The payer's bank answered at last; only the first answer counts."""
    if entry["status"] != PENDING:
        return entry
    if approve:
        return {**entry, "status": AUTHORISED}
    return {**entry, "status": DECLINED, "reason": "authentication_failed"}


def first_refund_goes_unanswered(entry: Entry) -> bool:
    refunds = sum(op["kind"] == "refund" for op in entry["ops"].values())
    return refunds == 1 and entry["token"] in REFUND_ANSWER_LOST_ONCE


def _same_currency(entry: Entry, amount: Money) -> None:
    if amount.currency != entry["currency"]:
        raise MoneyRefused(f"The authorisation is in {entry['currency']}")


def _any(entry: Entry, kind: str) -> bool:
    return any(op["kind"] == kind for op in entry["ops"].values())


def _with(entry: Entry, kind: str, id: str, amount: int, outcome: str, reason: str = "") -> Entry:
    if len(entry["ops"]) >= MAX_OPERATIONS:
        raise MoneyRefused(f"More than {MAX_OPERATIONS} operations on one authorisation")
    ref = reference(kind, id)
    op = {"kind": kind, "amount": amount, "outcome": outcome, "ref": ref, "reason": reason}
    return {**entry, "ops": {**entry["ops"], id: op}}
