"""Each payment gateway in a world where a test can see and upset the provider."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, Protocol

from oms.gateways.payments.ledger import total
from oms.gateways.payments.simulator import SIGNATURE_HEADER, SimulatedPayments
from oms.gateways.payments.stripe_gateway import StripePayments
from oms.ports import Memory, PaymentGateway
from oms.stores.sandbox.memory import DynamoMemory
from tests.dynamo import Dynamo
from tests.fakes.memory import InMemory
from tests.fakes.stripe_server import API_KEY, StripeServer

SECRET = "whsec_synthetic"
Webhook = tuple[dict[str, str], bytes]


class World(Protocol):
    gateway: PaymentGateway
    ok: str
    decline: str
    late: str
    signature_header: str

    def losing(self, operation: str) -> str:
        """The token for a payment whose first `operation` acts but is not answered."""

    def moved(self, ref: str) -> tuple[int, list[int]]:
        """What the provider captured, and each refund it made."""

    def complete(self, ref: str, approve: bool = True) -> Webhook: ...

    def close(self) -> None: ...


class SimulatorWorld:
    ok, decline, late = "tok_ok", "tok_decline", "tok_late"
    signature_header = SIGNATURE_HEADER

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.gateway = SimulatedPayments(memory, lambda: int(time.time()), SECRET)

    def losing(self, operation: str) -> str:
        return {"authorise": "tok_timeout_once", "refund": "tok_refund_timeout_once"}[operation]

    def moved(self, ref: str) -> tuple[int, list[int]]:
        entry, _ = self.memory.get(f"pay#{ref}")
        assert entry is not None
        ops = entry["ops"].values()
        return total(entry, "capture"), [o["amount"] for o in ops if o["kind"] == "refund"]

    def complete(self, ref: str, approve: bool = True) -> Webhook:
        return self.gateway.complete_late(ref, approve)

    def close(self) -> None:
        """Nothing to close."""


class TableWorld(SimulatorWorld):
    """The simulator on the Sandbox table."""

    def __init__(self) -> None:
        client = Dynamo(lambda: 0)
        client.create_table(
            TableName="Sandbox",
            BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "key", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "key", "AttributeType": "S"}],
        )
        super().__init__(DynamoMemory(client, "Sandbox"))


class StripeWorld:
    ok, decline = "pm_card_visa", "pm_card_chargeDeclinedInsufficientFunds"
    late = "pm_card_authenticationRequired"
    signature_header = "Stripe-Signature"

    def __init__(self) -> None:
        self.server = StripeServer()
        self.gateway = StripePayments(API_KEY, SECRET, base_url=self.server.url, timeout_s=5)

    def losing(self, operation: str) -> str:
        self.server.lose_answer_of = {"authorise": "/v1/payment_intents", "refund": "/v1/refunds"}[
            operation
        ]
        return self.ok

    def moved(self, ref: str) -> tuple[int, list[int]]:
        intent, refunds = self.server.books.intents[ref], self.server.books.refunds
        made = [refund["amount"] for refund in refunds if refund["payment_intent"] == ref]
        return intent["amount_received"], made

    def complete(self, ref: str, approve: bool = True) -> Webhook:
        intent = self.server.books.intents[ref]
        if approve:
            kind = "payment_intent.amount_capturable_updated"
            self.server.books.authorise(intent)
        else:
            kind = "payment_intent.payment_failed"
            error = {"type": "card_error", "code": "payment_intent_authentication_failure"}
            intent |= {"status": "requires_payment_method", "last_payment_error": error}
        return stripe_webhook(kind, {**intent, "latest_charge": None})

    def close(self) -> None:
        self.server.close()


def stripe_webhook(kind: str, about: dict[str, Any], id: str = "evt_1") -> Webhook:
    import stripe

    event = {"id": id, "object": "event", "type": kind, "data": {"object": about}}
    body = json.dumps(event)
    header = stripe.WebhookSignature.generate_signature_header(body, SECRET)
    return {"Stripe-Signature": header}, body.encode()


WORLDS: dict[str, Callable[[], World]] = {
    "simulator": lambda: SimulatorWorld(InMemory()),
    "table": TableWorld,
    "stripe": StripeWorld,
}
