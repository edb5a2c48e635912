"""The scheduled pricing of scarcity, from its event to what it says it did."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import ValidationError

from functions.price_scarcity import app
from oms import wiring
from oms.stores.config.reports import ReportStore
from oms.stores.config.scarcity import ScarcityStore
from oms.stores.dynamo.table import Table
from tests.cloud import world
from tests.invocation import CONTEXT
from tests.usecases.test_price_scarcity import ALONE, PAIR, Told, Written, stocked

EVENT = json.loads((Path(__file__).parents[2] / "events/price_scarcity/schedule.json").read_text())


@pytest.fixture
def history(monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    told = Told({PAIR: 10_000, ALONE: 9_000})
    with world() as cloud:
        stocked(cloud)
        live = SimpleNamespace(
            history=told,
            scarcity=ScarcityStore(Table(cloud.client, "Config")),
            reports=ReportStore(Table(cloud.client, "Config")),
            lake=Written(),
            stock=cloud.stock,
            config=cloud.config,
            now=lambda: cloud.now,
        )
        monkeypatch.setattr(wiring, "live", lambda: live)
        yield told


def test_it_says_what_it_priced(history: Told) -> None:
    said = app.handler(EVENT, CONTEXT)
    assert said == {"version": 1, "kinds": 2, "skus": 2, "prices": 1, "published": True,
                    "rounds": 100, "unread": 0, "rated": 1}  # fmt: skip
    assert [days for _, days in history.asked] == [7]


@pytest.mark.parametrize("wrong", [{"back_days": 0}, {"back_days": 32}, {"ahead_days": "x"}])
def test_a_wrong_schedule_is_refused(history: Told, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        app.handler(wrong, CONTEXT)
    assert history.asked == []
