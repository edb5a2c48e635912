"""What only Stripe's gateway does: its schemas, error mapping, amounts, webhook kinds."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
import stripe
from jsonschema import Draft202012Validator

from oms.domain.errors import Fault, GatewayTimeout, MoneyRefused, Unauthenticated
from oms.domain.model.money import Money
from oms.domain.model.payment import (
    AUTHORISED,
    EXPIRED,
    FAILED,
    PENDING,
    SUCCEEDED,
    GatewayAnswer,
    PaymentMeans,
)
from oms.gateways.payments.stripe_gateway import StripePayments
from tests.contract.payment_worlds import SECRET, StripeWorld, stripe_webhook
from tests.fakes.specs import plain_schema, spec_json
from tests.fakes.stripe_books import CREATED, HOLD_S
from tests.fakes.stripe_server import API_KEY

SPEC = "stripe/spec3_2023-09-12_pruned_payment_intents_refunds_charges.json.gz"
VISA = PaymentMeans("card", token="pm_card_visa")
ONE_EURO = Money(100, "EUR")


@pytest.fixture
def world() -> Iterator[StripeWorld]:
    made = StripeWorld()
    yield made
    made.close()


def held(world: StripeWorld) -> str:
    return world.gateway.authorise("a", Money(1_000, "EUR"), VISA).ref


def test_the_stand_in_answers_as_the_published_schemas_say(world: StripeWorld) -> None:
    spec = plain_schema(spec_json(SPEC))
    ref = held(world)
    world.gateway.authorise("b", ONE_EURO, PaymentMeans("card", token=world.decline))
    world.gateway.authorise("d", ONE_EURO, PaymentMeans("card", token=world.late))
    world.gateway.capture("c", ref, Money(600, "EUR"))
    world.gateway.refund("r", ref, Money(200, "EUR"))
    with pytest.raises(MoneyRefused):
        world.gateway.refund("r2", ref, Money(600, "EUR"))
    assert len(world.server.answers) == 6
    for _, answer in world.server.answers:
        kind = answer.get("object", "error")
        schema = {"$ref": f"#/components/schemas/{kind}", "components": spec["components"]}
        errors = [error.json_path for error in Draft202012Validator(schema).iter_errors(answer)]
        assert not errors, kind


def test_the_end_of_the_authorisation_is_what_the_charge_says(world: StripeWorld) -> None:
    assert world.gateway.authorise("a", ONE_EURO, VISA).expires_at == CREATED + HOLD_S


@pytest.mark.parametrize("status", [500, 502, 503, 429, 409])
def test_what_may_have_happened_is_in_doubt(world: StripeWorld, status: int) -> None:
    world.server.fail_next = status
    with pytest.raises(GatewayTimeout):
        world.gateway.authorise("a", ONE_EURO, VISA)
    assert world.gateway.authorise("a", ONE_EURO, VISA).outcome == AUTHORISED


def test_nobody_listening_is_in_doubt(world: StripeWorld) -> None:
    world.close()
    with pytest.raises(GatewayTimeout):
        world.gateway.capture("c", "pi_1", ONE_EURO)


def test_a_wrong_key_is_our_fault_and_not_a_business_answer(world: StripeWorld) -> None:
    stranger = StripePayments("sk_test_other", SECRET, base_url=world.server.url)
    with pytest.raises(Fault) as caught:
        stranger.authorise("a", ONE_EURO, VISA)
    assert type(caught.value) is Fault


def test_without_multicapture_the_first_capture_is_the_last(world: StripeWorld) -> None:
    plain = StripePayments(API_KEY, SECRET, base_url=world.server.url, multicapture=False)
    ref = plain.authorise("a", Money(1_000, "EUR"), VISA).ref
    assert plain.capture("c1", ref, Money(400, "EUR")).outcome == SUCCEEDED
    with pytest.raises(MoneyRefused):
        plain.capture("c2", ref, Money(400, "EUR"))
    assert world.moved(ref) == (400, [])


@pytest.mark.parametrize(
    ("money", "sent"),
    [(Money(1234, "EUR"), 1234), (Money(500, "JPY"), 500), (Money(500, "ISK"), 50_000)],
)
def test_amounts_are_in_the_units_that_stripe_wants(
    world: StripeWorld, money: Money, sent: int
) -> None:
    ref = world.gateway.authorise("a", money, VISA).ref
    assert world.server.books.intents[ref]["amount"] == sent


def test_a_currency_that_does_not_fit_is_refused(world: StripeWorld) -> None:
    with pytest.raises(MoneyRefused):
        world.gateway.authorise("a", Money(150, "MGA"), VISA)


def test_an_id_that_is_no_key_is_refused(world: StripeWorld) -> None:
    with pytest.raises(MoneyRefused):
        world.gateway.capture("x" * 256, held(world), ONE_EURO)


def intent(**fields: Any) -> dict[str, Any]:
    return {
        "id": "pi_1",
        "object": "payment_intent",
        "created": CREATED,
        "metadata": {"operation": "op-1"},
        **fields,
    }


def made(status: str) -> dict[str, Any]:
    about = {"id": "re_1", "object": "refund", "metadata": {"operation": "op-1"}}
    return {**about, "status": status}


CANCELED = "payment_intent.canceled"
EVENTS = [
    ("refund.updated", made("succeeded"), GatewayAnswer(SUCCEEDED, "re_1")),
    ("refund.updated", made("pending"), GatewayAnswer(PENDING, "re_1")),
    ("refund.failed", made("failed"), GatewayAnswer(FAILED, "re_1")),
    (
        CANCELED,
        intent(status="canceled", cancellation_reason="automatic"),
        GatewayAnswer(EXPIRED, "pi_1", reason="automatic"),
    ),
    (CANCELED, intent(status="canceled", cancellation_reason="requested_by_customer"), None),
    ("payment_intent.created", intent(status="requires_confirmation"), None),
    ("refund.updated", {**made("succeeded"), "metadata": {}}, None),
]


@pytest.mark.parametrize(("kind", "about", "expected"), EVENTS)
def test_events_that_we_follow(
    world: StripeWorld, kind: str, about: dict[str, Any], expected: GatewayAnswer | None
) -> None:
    event = world.gateway.event(*stripe_webhook(kind, about))
    assert (event and event.answer) == expected
    assert event is None or (event.event_id, event.operation) == ("evt_1", "op-1")


def test_an_old_signature_is_not_believed(world: StripeWorld) -> None:
    _, body = stripe_webhook("refund.updated", made("succeeded"))
    old = stripe.WebhookSignature.generate_signature_header(
        body.decode(), SECRET, int(time.time()) - 301
    )
    with pytest.raises(Unauthenticated):
        world.gateway.event({"Stripe-Signature": old}, body)


def test_a_body_that_is_not_json_is_not_believed(world: StripeWorld) -> None:
    signed = stripe.WebhookSignature.generate_signature_header("{", SECRET)
    with pytest.raises(Unauthenticated):
        world.gateway.event({"Stripe-Signature": signed}, b"{")


def test_the_published_signature_vector_verifies(monkeypatch: pytest.MonkeyPatch) -> None:
    vector = spec_json("stripe/webhook_signature_vector.json")
    monkeypatch.setattr(time, "time", lambda: float(vector["timestamp"]))
    gateway = StripePayments(API_KEY, vector["secret"])
    headers = {"stripe-signature": vector["header"]}
    body = vector["payload"].encode()
    assert gateway.event(headers, body) is None  # an intent without our operation
    with pytest.raises(Unauthenticated):
        gateway.event(headers, body.replace(b"2000", b"2001"))
    assert json.loads(body)["type"] == "payment_intent.amount_capturable_updated"
