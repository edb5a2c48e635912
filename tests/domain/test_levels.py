"""Levels of stock: the rule as a table, what is told from one level to the next."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms.contracts.bus_events import contract_of
from oms.domain.model.stock_levels import (
    LOW,
    OK,
    OUT,
    OVER,
    StockAlerts,
    campaign_step,
    level,
    steps,
)
from oms.domain.publishing.events import event_of
from oms.edge.streams import Change

# available | low | units a day | target days | level
RULE = """
    -2 |  5 | 1   |  0 | OUT
     0 |  0 | 0   |  0 | OUT
     0 |  0 | 0   | 10 | OUT
     1 |  0 | 1   |  0 | OK
     5 |  5 | 1   |  0 | LOW
     6 |  5 | 1   |  0 | OK
     5 |  5 | 0.1 | 10 | LOW
    20 |  5 | 2   | 10 | OK
    21 |  5 | 2   | 10 | OVER
     1 |  0 | 0   | 10 | OVER
   999 |  5 | 0   |  0 | OK
"""
TABLE = [[cell.strip() for cell in row.split("|")] for row in RULE.strip().splitlines()]


@pytest.mark.parametrize("row", TABLE, ids=" ".join)
def test_the_rule(row: list[str]) -> None:
    available, low, daily, target, wanted = row
    assert level(int(available), int(low), Decimal(daily), int(target)) == wanted


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (OK, OK, ""),
        (OK, LOW, "low"),
        (LOW, OUT, "out"),
        (OUT, OK, "back"),
        (OUT, LOW, "back low"),
        (OUT, OVER, "back over"),
        (LOW, OK, "normal"),
        (OVER, LOW, "low"),
    ],
)
def test_what_is_told(before: str, after: str, told: str) -> None:
    assert " ".join(event for event, _ in steps(before, after)) == told


@given(st.lists(st.sampled_from([OK, LOW, OUT, OVER])))
def test_every_way_ends_at_the_level_and_out_is_left_by_back_alone(way: list[str]) -> None:
    at = OK
    for wanted in way:
        for event, after in steps(at, wanted):
            assert (at == OUT) == (event == "back")
            at = after
        assert at == wanted


@pytest.mark.parametrize(
    ("status", "level", "at_low", "step"),
    [
        ("RUNNING", OUT, False, ("pause", "PAUSED")),
        ("RUNNING", LOW, False, None),
        ("RUNNING", LOW, True, ("pause", "PAUSED")),
        ("PAUSED", OUT, False, None),
        ("PAUSED", LOW, True, None),
        ("PAUSED", LOW, False, ("resume", "RUNNING")),
        ("PAUSED", OVER, True, ("resume", "RUNNING")),
    ],
)
def test_campaigns(status: str, level: str, at_low: bool, step: tuple[str, str] | None) -> None:
    assert campaign_step(status, level, StockAlerts(pause_at_low=at_low)) == step


def test_a_level_and_a_pause_are_events() -> None:
    last = {"k": "low", "at": 90, "by": "stock-watch", "cause": "OK"}
    row = {"level": LOW, "available": 3, "low": 5, "target_days": 0, "v": 1, "last": last}
    event = event_of(Change("1", "LEVEL#A#1", "LEVEL#*", None, row, 91))
    assert event
    assert (event.id, event.type, event.at) == ("LEVEL#A#1|LEVEL#*:1", "stock.low", 90)
    contract_of(event.type).model_validate(dict(event.detail))
    assert event.detail == {
        "id": event.id, "sku": "A#1", "node": "*", "event": "low", "level": LOW, "available": 3,
        "low": 5, "target_days": 0, "version": 1, "at": 90, "by": "stock-watch", "cause": "OK",
    }  # fmt: skip
    paused = {"status": "PAUSED", "channels": ["web"], "v": 1, "last": last | {"k": "pause"}}
    event = event_of(Change("1", "LEVEL#A#1", "CAMPAIGN", None, paused, 91))
    assert event
    assert event.type == "campaign.paused"
    contract_of(event.type).model_validate(dict(event.detail))
    assert (event.detail["sku"], event.detail["channels"]) == ("A#1", ["web"])
    assert event_of(Change("1", "LEVEL#A#1", "CAMPAIGN", paused, paused, 91)) is None
