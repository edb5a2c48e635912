"""PaymentIntents and refunds as Stripe's API reference and multicapture guide describe them.

The payment method decides: `pm_card_visa` authorises, `pm_card_chargeDeclined…` is refused with
402, `pm_card_authenticationRequired` waits in `requires_action`.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

Json = dict[str, Any]
CREATED = 1_790_000_000
HOLD_S = 5 * 24 * 3600  # not the default, to see that `capture_before` is what is read
CARD = {
    "capture_before": CREATED + HOLD_S,
    "exp_month": 8,
    "exp_year": 2034,
    "multicapture": {"status": "available"},
}
DECLINES = {"pm_card_chargeDeclinedInsufficientFunds": "insufficient_funds"}


class StripeRefusal(Exception):
    def __init__(self, status: int, type: str, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.status = status
        self.error = {"type": type, "code": code, "message": f"(test) {code}", **extra}


def wrong(code: str, **extra: Any) -> StripeRefusal:
    return StripeRefusal(400, "invalid_request_error", code, **extra)


class Books:
    def __init__(self) -> None:
        self.intents: dict[str, Json] = {}
        self.refunds: list[Json] = []
        self._number = count(1)

    def create_intent(self, form: Mapping[str, Any]) -> Json:
        amount, method = int(form["amount"]), form["payment_method"]
        assert form["capture_method"] == "manual"
        assert form["confirm"] == "true"
        intent = self._new_intent(amount, form)
        if method in DECLINES:
            intent["status"] = "requires_payment_method"
            raise StripeRefusal(
                402,
                "card_error",
                "card_declined",
                decline_code=DECLINES[method],
                payment_intent=intent,
            )
        if method == "pm_card_authenticationRequired":
            url = f"https://hooks.stripe.example/{intent['id']}"
            redirect = {"url": url, "return_url": form.get("return_url")}
            intent |= {
                "status": "requires_action",
                "next_action": {"type": "redirect_to_url", "redirect_to_url": redirect},
            }
            return intent
        return self.authorise(intent)

    def _new_intent(self, amount: int, form: Mapping[str, Any]) -> Json:
        id = f"pi_{next(self._number)}"
        self.intents[id] = {
            "id": id,
            "object": "payment_intent",
            "amount": amount,
            "amount_capturable": 0,
            "amount_received": 0,
            "capture_method": "manual",
            "confirmation_method": "automatic",
            "created": CREATED,
            "currency": form["currency"],
            "livemode": False,
            "metadata": form.get("metadata", {}),
            "payment_method": form["payment_method"],
            "payment_method_types": ["card"],
            "status": "requires_confirmation",
            "latest_charge": None,
            "cancellation_reason": None,
            "_multicapture": _multicapture(form),
        }
        return self.intents[id]

    def authorise(self, intent: Json) -> Json:
        """The card's bank approves."""
        intent |= {
            "status": "requires_capture",
            "amount_capturable": intent["amount"],
            "latest_charge": _charge(intent),
        }
        intent.pop("next_action", None)
        return intent

    def intent(self, id: str) -> Json:
        if id not in self.intents:
            raise StripeRefusal(404, "invalid_request_error", "resource_missing", param="intent")
        return self.intents[id]

    def capture(self, id: str, form: Mapping[str, Any]) -> Json:
        intent = self.intent(id)
        if intent["status"] != "requires_capture":
            raise wrong("payment_intent_unexpected_state")
        amount = int(form.get("amount_to_capture", intent["amount_capturable"]))
        final = form.get("final_capture", "true") == "true"
        if not final and not intent["_multicapture"]:
            raise wrong("parameter_unknown", param="final_capture")
        if amount > intent["amount_capturable"]:
            raise wrong("amount_too_large", param="amount_to_capture")
        releases_rest = final and intent["amount_received"] > 0
        if amount < (0 if releases_rest else 1):
            raise wrong("parameter_invalid_integer", param="amount_to_capture")
        intent["amount_received"] += amount
        intent["amount_capturable"] -= amount
        if final or not intent["amount_capturable"]:
            intent |= {"status": "succeeded", "amount_capturable": 0}
        return intent

    def cancel(self, id: str) -> Json:
        intent = self.intent(id)
        if intent["status"] in ("canceled", "succeeded") or intent["amount_received"]:
            raise wrong("payment_intent_unexpected_state")
        intent |= {"status": "canceled", "amount_capturable": 0}
        return intent

    def refund(self, form: Mapping[str, Any]) -> Json:
        intent, amount = self.intent(form["payment_intent"]), int(form["amount"])
        earlier = [r for r in self.refunds if r["payment_intent"] == intent["id"]]
        left = intent["amount_received"] - sum(r["amount"] for r in earlier)
        if not left:
            raise wrong("charge_already_refunded" if earlier else "charge_not_refundable")
        if not 0 < amount <= left:
            raise wrong("amount_too_large", param="amount")
        made = {
            "id": f"re_{next(self._number)}",
            "object": "refund",
            "amount": amount,
            "charge": f"ch_{intent['id']}",
            "created": CREATED,
            "currency": intent["currency"],
            "metadata": form.get("metadata", {}),
            "payment_intent": intent["id"],
            "status": "succeeded",
        }
        self.refunds.append(made)
        return made


def _charge(intent: Json) -> Json:
    return {
        "id": f"ch_{intent['id']}",
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": 0,
        "amount_refunded": 0,
        "billing_details": {},
        "captured": False,
        "created": CREATED,
        "currency": intent["currency"],
        "disputed": False,
        "livemode": False,
        "metadata": {},
        "paid": True,
        "payment_method_details": {"type": "card", "card": CARD},
        "refunded": False,
        "status": "succeeded",
    }


def _multicapture(form: Mapping[str, Any]) -> bool:
    card = form.get("payment_method_options", {}).get("card", {})
    return bool(card.get("request_multicapture") == "if_available")
