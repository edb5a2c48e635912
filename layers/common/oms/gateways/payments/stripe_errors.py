"""Stripe's errors as ours. Classes and codes decide, never message texts."""

from __future__ import annotations

from typing import Any

from ...domain.errors import Fault, GatewayTimeout, MoneyRefused, OmsError
from ...domain.model.payment import GatewayAnswer
from ...domain.states import PaymentStatus

# the key or the object is being worked on by another request: ask again later
BUSY_CODES = frozenset({"lock_timeout", "idempotency_key_in_use"})


def translated(error: Any) -> OmsError:
    """MoneyRefused: wrong in itself. GatewayTimeout: unknown, ask again. Fault: our set-up."""
    import stripe

    if getattr(error, "code", None) in BUSY_CODES or error.http_status == 409:
        return GatewayTimeout("Stripe is still working on this operation")
    if isinstance(error, stripe.AuthenticationError | stripe.PermissionError):
        return Fault("Stripe does not accept the API key")
    if isinstance(error, stripe.IdempotencyError):
        return MoneyRefused("The key was used for a different request", code="idempotency_error")
    if isinstance(error, stripe.InvalidRequestError):
        code = error.code or "invalid_request"
        return MoneyRefused(f"Stripe refused: {code}", code=code, message=error.user_message)
    return GatewayTimeout(f"Stripe did not answer: {type(error).__name__}")


def card_refusal(error: Any, outcome: PaymentStatus) -> GatewayAnswer:
    """The bank said no: `decline_code` is the more precise word, `code` the general one."""
    said = (error.json_body or {}).get("error", {})
    reason = said.get("decline_code") or error.code or "card_error"
    intent = said.get("payment_intent") or {}
    return GatewayAnswer(outcome, intent.get("id", ""), reason=reason)
