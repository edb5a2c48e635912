"""The scheduled sweep, from its event to its figures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from functions.sweep import app
from oms import wiring
from tests.cloud import world
from tests.invocation import CONTEXT
from tests.usecases.staff_floor import Floor, assigned

EVENT = json.loads((Path(__file__).parents[2] / "events/sweep/schedule.json").read_text())


@pytest.fixture
def floor(monkeypatch: pytest.MonkeyPatch) -> Iterator[Floor]:
    with world() as cloud:
        made = Floor(cloud)
        monkeypatch.setattr(
            wiring,
            "live",
            lambda: SimpleNamespace(
                orders=made.orders,
                reservations=cloud.reservations,
                config=made.config,
                nodes=made.nodes,
                stock=cloud.stock,
                now=lambda: made.now,
            ),
        )
        yield made


def test_the_sweep_tells_what_it_did(floor: Floor) -> None:
    assigned(floor)
    assert app.handler(EVENT, CONTEXT) == {}
    floor.now += 4 * 3600
    assert app.handler(EVENT, CONTEXT) == {"expire": 1}
    assert app.handler(EVENT, CONTEXT) == {}


def test_a_sweep_that_fails_for_one_item_counts_it(
    floor: Floor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assigned(floor)
    floor.now += 4 * 3600
    monkeypatch.setattr(floor.orders, "part", lambda *_: 1 // 0)
    assert app.handler(EVENT, CONTEXT) == {"failed": 1}
    emitted = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
    assert [line["function"] for line in emitted if "Faults" in line] == ["local"]
