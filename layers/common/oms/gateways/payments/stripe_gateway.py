"""Stripe: PaymentIntents with manual capture, one Idempotency-Key per call.

Several captures of one authorisation are Stripe's *multicapture*. It must be enabled for the
account and supported by the card, and allows 50 captures. With `multicapture=True` (default)
each capture is sent with `final_capture=False`, so the rest stays open until `void` releases
it. With `multicapture=False` the first capture is final: Stripe releases the rest and refuses
a second one, which is right only where orders ship in one part.

Errors: a refused card is an answer (DECLINED, FAILED); a request wrong in itself is
MoneyRefused; no answer, 5xx, rate limits and concurrent use of a key are GatewayTimeout. The
SDK does not retry: the caller's machinery does, with the same id.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...domain.errors import MoneyRefused, Unauthenticated
from ...domain.model.money import Money
from ...domain.model.payment import (
    DECLINED,
    FAILED,
    PENDING,
    SUCCEEDED,
    GatewayAnswer,
    PaymentMeans,
    ProviderEvent,
)
from ...domain.states import PaymentStatus
from ..signatures import header
from . import stripe_answers as answers
from .stripe_errors import card_refusal, translated

TIMEOUT_S = 20  # below the timeout of the task that calls


class StripePayments:
    def __init__(
        self,
        api_key: str,
        webhook_secret: str,
        *,
        base_url: str = "https://api.stripe.com",
        multicapture: bool = True,
        return_url: str = "",
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        """`return_url`: where the payer comes back to after acting (3-D Secure)."""
        import stripe  # 0.2 s: paid only by the functions that talk to Stripe

        self._client = stripe.StripeClient(
            api_key,
            base_addresses={"api": base_url},
            max_network_retries=0,
            http_client=stripe.RequestsClient(timeout=timeout_s),
        )
        self._intents = self._client.v1.payment_intents
        self._secret, self._return_url = webhook_secret, return_url
        self._multicapture = multicapture

    def authorise(self, id: str, amount: Money, means: PaymentMeans) -> GatewayAnswer:
        params: Any = {
            "amount": answers.amount(amount),
            "currency": amount.currency.lower(),
            "payment_method": means.token,
            "payment_method_types": ["card"],
            "capture_method": "manual",
            "confirm": True,
            "metadata": {"operation": id},
            "expand": ["latest_charge"],
        }
        if self._multicapture:
            params["payment_method_options"] = {"card": {"request_multicapture": "if_available"}}
        if self._return_url:
            params["return_url"] = self._return_url
        answer, intent = _asked(
            lambda: self._intents.create(params, _key(id)), answers.authorisation, DECLINED
        )
        if answer.outcome == PENDING and _replayed(intent):
            return self._stands(answer.ref)  # the replayed answer is of then, we want now
        return answer

    def capture(self, id: str, ref: str, amount: Money) -> GatewayAnswer:
        params: Any = {
            "amount_to_capture": answers.amount(amount),
            "metadata": {"last_capture": id},
        }
        if self._multicapture:
            params["final_capture"] = False
        return _asked(
            lambda: self._intents.capture(ref, params, _key(id)), answers.capture, FAILED
        )[0]

    def void(self, id: str, ref: str) -> GatewayAnswer:
        """Cancels; after a partial capture releases the rest by a final capture of nothing."""
        _, intent = _asked(lambda: self._intents.retrieve(ref), answers.authorisation, FAILED)
        if intent.status in ("canceled", "succeeded"):
            return GatewayAnswer(SUCCEEDED, ref)
        if intent.amount_received:
            rest: Any = {"amount_to_capture": 0, "final_capture": True}
            return _asked(  # a key belongs to one endpoint
                lambda: self._intents.capture(ref, rest, _key(f"{id}/rest")),
                answers.capture,
                FAILED,
            )[0]
        return _asked(lambda: self._intents.cancel(ref, {}, _key(id)), answers.released, FAILED)[0]

    def refund(self, id: str, ref: str, amount: Money) -> GatewayAnswer:
        params: Any = {
            "payment_intent": ref,
            "amount": answers.amount(amount),
            "metadata": {"operation": id},
        }
        refunds = self._client.v1.refunds
        return _asked(lambda: refunds.create(params, _key(id)), answers.refund, FAILED)[0]

    def event(self, headers: Mapping[str, str], body: bytes) -> ProviderEvent | None:
        import stripe

        if not self._secret:  # everybody can sign with an empty secret
            raise Unauthenticated("No webhook secret is configured")
        given = header(headers, "stripe-signature")
        try:
            event = self._client.construct_event(body, given, self._secret)
        except (stripe.SignatureVerificationError, ValueError) as error:
            raise Unauthenticated("The signature does not match the body") from error
        return answers.provider_event(event)

    def _stands(self, ref: str) -> GatewayAnswer:
        expand: Any = {"expand": ["latest_charge"]}
        return _asked(lambda: self._intents.retrieve(ref, expand), answers.authorisation, DECLINED)[
            0
        ]


def _asked(
    call: Callable[[], Any], read: Callable[[Any], GatewayAnswer], refused: PaymentStatus
) -> tuple[GatewayAnswer, Any]:
    """The provider's answer and its object; a refused card is an answer too."""
    import stripe

    try:
        found = call()
    except stripe.CardError as error:
        return card_refusal(error, refused), None
    except stripe.StripeError as error:
        raise translated(error) from error
    return read(found), found


def _key(id: str) -> Any:
    if not 0 < len(id) <= 255:
        raise MoneyRefused("An idempotency key has 1 to 255 characters")
    return {"idempotency_key": id}


def _replayed(found: Any) -> bool:
    """Stripe marks answers that it saved under the key earlier."""
    response = getattr(found, "last_response", None)
    return response is not None and header(response.headers, "idempotent-replayed") == "true"
