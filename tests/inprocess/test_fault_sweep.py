"""Handlers die before and after every call that they make; what is delivered again heals it."""

from __future__ import annotations

from itertools import count

import pytest

from .faults import Faults
from .scenarios import DIGITAL, REJECTED, RETURNED, SHIP_HOME, Scenario
from .sweep import Death, serving_people, sweep

pytestmark = pytest.mark.system
swept = pytest.mark.parametrize(
    "scenario", [SHIP_HOME, REJECTED, RETURNED, DIGITAL], ids=lambda e: e.name
)


def harmful(deaths: list[Death]) -> list[str]:
    return [str(death) for death in deaths if death.wrong]


@swept
def test_no_death_loses_or_doubles_anything(scenario: Scenario) -> None:
    deaths = sweep(scenario)
    assert harmful(deaths) == []
    calls = {death.at for death in deaths} - {-1}
    assert calls == set(range(len(calls))), "a call was passed over"
    assert len(deaths) == 2 * len(calls) + 1
    assert len(calls) > 50, "calls are not counted any more"


@swept
def test_who_asks_again_when_all_is_over_gets_the_same(scenario: Scenario) -> None:
    assert harmful(sweep(scenario, serving_people, patient=True)) == []


def capturing(faults: Faults) -> bool:
    return faults.names[-1] == "payments.capture"


def test_the_sweep_sees_money_taken_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """A capture under a new id each time would be such a bug."""
    ids = (f"capture:{number}" for number in count())
    monkeypatch.setattr("oms.usecases.paying.capture_part.operation_id", lambda *_: next(ids))
    assert harmful(sweep(SHIP_HOME, capturing)) != []


def noting_mail(faults: Faults) -> bool:
    return faults.names[-1] == "mail.send"


def test_the_sweep_sees_a_message_sent_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oms.stores.orders.store.OrderStore.put_message", lambda *_: True)
    assert harmful(sweep(SHIP_HOME, noting_mail)) != []
