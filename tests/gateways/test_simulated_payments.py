"""What only the simulated provider does, beyond the contract of every payment gateway."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from oms.domain.errors import LostRace, MoneyRefused, Unauthenticated
from oms.domain.model.money import Money
from oms.domain.model.payment import (
    AUTHORISED,
    DECLINED,
    FAILED,
    SUCCEEDED,
    GatewayAnswer,
    PaymentMeans,
)
from oms.gateways.payments.external import ExternalPayments
from oms.gateways.payments.simulator import SIGNATURE_HEADER, SimulatedPayments
from oms.gateways.signatures import TOLERANCE_S, timed_signature
from tests.fakes.memory import InMemory

NOW = 1_800_000_000
DAY_S = 24 * 3600
TEN, ONE = Money(1_000, "EUR"), Money(100, "EUR")


class Clock:
    now = NOW

    def __call__(self) -> int:
        return self.now


class Contended(InMemory):
    """Somebody else always wins the first `losses` puts."""

    losses = 0

    def put(self, key: str, value: Mapping[str, Any], *, expected_version: int) -> None:
        if self.losses:
            self.losses -= 1
            raise LostRace(key)
        super().put(key, value, expected_version=expected_version)


def provider(memory: InMemory | None = None, clock: Clock | None = None) -> SimulatedPayments:
    return SimulatedPayments(memory or InMemory(), clock or Clock(), "secret")


def held(gateway: SimulatedPayments, token: str = "") -> str:
    return gateway.authorise("a", TEN, PaymentMeans("card", token=token)).ref


def test_books_survive_a_restart() -> None:
    memory = InMemory()
    ref = held(provider(memory))
    assert held(provider(memory)) == ref
    assert provider(memory).capture("c", ref, TEN).outcome == SUCCEEDED


def test_a_lost_race_is_decided_again() -> None:
    memory = Contended()
    gateway = provider(memory)
    memory.losses = 1
    ref = held(gateway)
    memory.losses = 3
    assert gateway.capture("c", ref, TEN).outcome == SUCCEEDED


def test_endless_races_are_a_fault() -> None:
    memory = Contended()
    gateway = provider(memory)
    ref = held(gateway)
    memory.losses = 1_000
    with pytest.raises(LostRace):
        gateway.capture("c", ref, TEN)


def test_captures_at_the_same_time_never_exceed_the_authorisation() -> None:
    gateway = provider()
    ref = held(gateway)

    def take(number: int) -> str:
        try:
            return gateway.capture(f"c{number}", ref, Money(300, "EUR")).outcome
        except (MoneyRefused, LostRace) as error:
            return type(error).__name__

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(take, range(8)))
    assert 1 <= outcomes.count(SUCCEEDED) <= 3


def test_a_failed_capture_stays_failed_and_a_new_id_succeeds() -> None:
    gateway = provider()
    ref = held(gateway, "tok_capture_fails_once")
    first = gateway.capture("c:1", ref, ONE)
    assert (first.outcome, first.reason) == (FAILED, "processing_error")
    assert gateway.capture("c:1", ref, ONE) == first
    assert gateway.capture("c:2", ref, ONE).outcome == SUCCEEDED


def test_an_authorisation_lapses_after_seven_days() -> None:
    clock = Clock()
    gateway = provider(clock=clock)
    ref = held(gateway)
    clock.now += 7 * DAY_S
    assert gateway.capture("c1", ref, ONE).outcome == SUCCEEDED
    clock.now += 1
    with pytest.raises(MoneyRefused):
        gateway.capture("c2", ref, ONE)
    assert gateway.refund("r", ref, ONE).outcome == SUCCEEDED


def test_another_currency_is_refused() -> None:
    gateway = provider()
    ref = held(gateway)
    with pytest.raises(MoneyRefused):
        gateway.capture("c", ref, Money(100, "CHF"))


def test_one_id_is_one_kind_of_operation() -> None:
    gateway = provider()
    ref = held(gateway)
    gateway.capture("x", ref, ONE)
    with pytest.raises(MoneyRefused):
        gateway.refund("x", ref, ONE)


def test_nothing_or_less_is_not_authorised() -> None:
    with pytest.raises(MoneyRefused):
        provider().authorise("a", Money(0, "EUR"), PaymentMeans("card"))


def test_the_first_late_answer_counts() -> None:
    gateway = provider()
    ref = held(gateway, "tok_late")
    first = gateway.event(*gateway.complete_late(ref))
    second = gateway.event(*gateway.complete_late(ref, approve=False))
    assert first == second
    assert first is not None
    assert first.answer.outcome == AUTHORISED


def test_voiding_before_the_late_answer_ends_it() -> None:
    gateway = provider()
    ref = held(gateway, "tok_late")
    gateway.void("v", ref)
    event = gateway.event(*gateway.complete_late(ref))
    assert event is not None
    assert (event.answer.outcome, event.answer.reason) == (DECLINED, "cancelled")


def test_webhooks_beyond_the_tolerance_are_not_believed() -> None:
    clock = Clock()
    gateway = provider(clock=clock)
    webhook = gateway.complete_late(held(gateway, "tok_late"))
    for shift in (TOLERANCE_S, -TOLERANCE_S):
        clock.now = NOW + shift
        assert gateway.event(*webhook)
    for shift in (TOLERANCE_S + 1, -TOLERANCE_S - 1):
        clock.now = NOW + shift
        with pytest.raises(Unauthenticated):
            gateway.event(*webhook)


def test_an_empty_secret_signs_nothing() -> None:
    gateway = SimulatedPayments(InMemory(), Clock(), "")
    body = b'{"type":"authorisation.decided"}'
    with pytest.raises(Unauthenticated):
        gateway.event({SIGNATURE_HEADER: timed_signature("", body, NOW)}, body)


def test_events_of_other_kinds_are_passed_over() -> None:
    body = b'{"type":"something.else"}'
    signed = timed_signature("secret", body, NOW)
    assert provider().event({SIGNATURE_HEADER: signed}, body) is None


def test_money_held_by_the_channel_is_bookkeeping_only() -> None:
    gateway = ExternalPayments()
    means = PaymentMeans("external", token="order-4711")
    assert gateway.authorise("a", TEN, means).ref == "order-4711"
    assert gateway.authorise("a", TEN, PaymentMeans("external")).ref == "ext:a"
    for answer in (
        gateway.capture("c", "order-4711", TEN),
        gateway.void("c", "order-4711"),
        gateway.refund("c", "order-4711", TEN),
    ):
        assert answer == GatewayAnswer(SUCCEEDED, "ext:c")
    assert gateway.event({}, b"") is None
