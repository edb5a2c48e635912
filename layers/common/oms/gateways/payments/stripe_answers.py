"""Stripe's objects as our answers, and our amounts as Stripe's."""

from __future__ import annotations

from typing import Any

from ...domain.errors import MoneyRefused
from ...domain.model.money import Money
from ...domain.model.payment import (
    AUTHORISED,
    DECLINED,
    EXPIRED,
    FAILED,
    PENDING,
    SUCCEEDED,
    GatewayAnswer,
    ProviderEvent,
)
from ...domain.states import PaymentStatus

HOLD_S = 7 * 24 * 3600  # Stripe's default where the charge does not say `capture_before`

# ISO 4217 gives these no decimals; Stripe still wants two, for old integrations' sake
TWO_DECIMALS_AT_STRIPE = frozenset({"ISK", "UGX"})
# the other way round: two decimals in ISO, none at Stripe
NOT_REPRESENTABLE = frozenset({"MGA"})

AUTHORISATION_STATUS: dict[str, PaymentStatus] = {
    "requires_capture": AUTHORISED,
    "succeeded": AUTHORISED,
    "requires_action": PENDING,
    "processing": PENDING,
    "requires_confirmation": PENDING,
    "requires_payment_method": DECLINED,
    "canceled": DECLINED,
}
REFUND_STATUS: dict[str, PaymentStatus] = {
    "succeeded": SUCCEEDED,
    "pending": PENDING,
    "requires_action": PENDING,
    "failed": FAILED,
    "canceled": FAILED,
}
LAPSED = frozenset({"automatic", "expired"})


def amount(money: Money) -> int:
    if money.currency in NOT_REPRESENTABLE:
        raise MoneyRefused(f"{money.currency} is not taken through Stripe")
    return money.minor * 100 if money.currency in TWO_DECIMALS_AT_STRIPE else money.minor


def authorisation(intent: Any) -> GatewayAnswer:
    outcome = AUTHORISATION_STATUS[intent.status]
    if outcome == DECLINED:
        return GatewayAnswer(DECLINED, intent.id, reason=_reason(intent))
    if outcome == PENDING:
        return GatewayAnswer(PENDING, intent.id, action_url=_action_url(intent))
    return GatewayAnswer(AUTHORISED, intent.id, expires_at=_capture_before(intent))


def capture(intent: Any) -> GatewayAnswer:
    """With the charge as reference: it is what settlement files name."""
    charge = intent.latest_charge
    ref = charge if isinstance(charge, str) else getattr(charge, "id", "")
    outcome: PaymentStatus = PENDING if intent.status == "processing" else SUCCEEDED
    return GatewayAnswer(outcome, ref or intent.id)


def released(intent: Any) -> GatewayAnswer:
    return GatewayAnswer(SUCCEEDED, intent.id)


def refund(made: Any) -> GatewayAnswer:
    reason = getattr(made, "failure_reason", None) or ""
    return GatewayAnswer(REFUND_STATUS[made.status or "pending"], made.id, reason=reason)


def provider_event(event: Any) -> ProviderEvent | None:
    """None for kinds that we do not follow and for payments that are not ours."""
    about = event.data.object
    operation = getattr(getattr(about, "metadata", None), "operation", None)
    read = READERS.get(event.type)
    if read is None or not operation:
        return None
    answer = read(about)
    return ProviderEvent(event.id, operation, answer) if answer else None


def _cancelled(intent: Any) -> GatewayAnswer | None:
    """Cancelled by Stripe because nobody captured; our own cancellations are known already."""
    if intent.cancellation_reason not in LAPSED:
        return None
    return GatewayAnswer(EXPIRED, intent.id, reason=intent.cancellation_reason)


READERS: dict[str, Any] = {
    "payment_intent.amount_capturable_updated": authorisation,
    "payment_intent.payment_failed": authorisation,
    "payment_intent.canceled": _cancelled,
    "refund.created": refund,
    "refund.updated": refund,
    "refund.failed": refund,
}


def _reason(intent: Any) -> str:
    error = getattr(intent, "last_payment_error", None)
    if error is None:
        return str(getattr(intent, "cancellation_reason", None) or "declined")
    return str(getattr(error, "decline_code", None) or getattr(error, "code", None) or "declined")


def _action_url(intent: Any) -> str:
    action = getattr(intent, "next_action", None)
    redirect = getattr(action, "redirect_to_url", None)
    return str(getattr(redirect, "url", None) or "")


def _capture_before(intent: Any) -> int:
    details = getattr(getattr(intent, "latest_charge", None), "payment_method_details", None)
    capture_before = getattr(getattr(details, "card", None), "capture_before", None)
    return int(capture_before or intent.created + HOLD_S)
