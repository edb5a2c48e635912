"""Signals: how ledgers become sales, age and markdown risk, and what a decision says it lacked."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms.domain.model.network import Network
from oms.domain.model.product import Product
from oms.domain.model.signals import HOLDS_S, RATES_HOLD_S, Pace, Reports
from oms.domain.model.strategy import Criterion
from oms.domain.sourcing.outlook import Outlook, with_outlook
from oms.domain.sourcing.reliability import rejected
from oms.domain.stock.layers import MAX_LAYERS, layered, oldest
from oms.domain.stock.ledger import SECONDS_A_DAY, LedgerBalance
from oms.domain.stock.sales_pace import pace_of
from tests.domain.test_sourcing_strategies import one, plan, ranked
from tests.fakes.networks import at, demand, network, node

TODAY = 20_614  # 10 June 2026
NOW = at("2026-06-10T10:00+02:00")
assert NOW // SECONDS_A_DAY == TODAY


@pytest.mark.parametrize(
    ("story", "left"),
    [
        ("1:5", {1: 5}),
        ("1:5 2:8", {1: 5, 2: 3}),
        ("1:5 2:8 3:6", {1: 3, 2: 3}),
        ("1:5 2:8 3:2", {2: 2}),
        ("1:5 2:0 3:4", {3: 4}),
        ("3:4 2:6", {2: 2, 3: 4}),
    ],
)
def test_the_oldest_units_leave_first(story: str, left: dict[int, int]) -> None:
    """`day:on hand after it`."""
    layers: dict[int, int] = {}
    for day, on_hand in (map(int, step.split(":")) for step in story.split()):
        layers = layered(layers, on_hand, day)
    assert layers == left


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60)), max_size=80))
def test_layers_add_up_to_what_is_on_hand_and_stay_few(moves: list[tuple[int, int]]) -> None:
    layers: dict[int, int] = {}
    days = accumulate(gap for gap, _ in moves)
    for day, (_, on_hand) in zip(days, moves, strict=True):
        was = oldest(layers)
        layers = layered(layers, on_hand, day)
        assert sum(layers.values()) == on_hand
        assert len(layers) <= MAX_LAYERS
        assert oldest(layers) >= was or not layers, "stock never grows older than it was"


def test_a_ledger_tells_four_weeks_of_sales() -> None:
    ledger = LedgerBalance(
        9, {}, {TODAY: 3, TODAY - 27: 5, TODAY - 28: 100}, {TODAY - 40: 2, TODAY: 1}
    )
    assert pace_of(ledger, NOW) == Pace(8, TODAY - 40, TODAY)


def told(*, ago: int = 0, **more: object) -> Network:
    """A has sold 28 units of A in the four weeks until some days ago, B has old stock of it."""
    lately = {"A": {"A": Pace(28, TODAY - 3, TODAY - ago), "B": Pace(0, TODAY - 90, TODAY)}}
    return network([node("A"), node("B")], "A: A10\nB: A10", lately=lately, **more)


def known(net: Network, product: Product | None = None, **reports: object) -> Network:
    fresh = Reports(**({"folded_at": NOW, "rated_at": NOW} | reports))  # type: ignore[arg-type]
    return with_outlook(net, Outlook(None, fresh), {"A": product} if product else {}, NOW)


def test_sales_and_age_are_what_the_ledgers_told_and_sales_fade_without_more() -> None:
    signals = known(told()).signals
    assert dict(signals.sold) == {("A", "A"): 7, ("A", "B"): 0}
    assert dict(signals.age) == {("A", "A"): 3, ("A", "B"): 90}
    assert [known(told(ago=days)).signals.sold["A", "A"] for days in (14, 28, 99)] == [3, 0, 0]


@pytest.mark.parametrize(
    ("by", "best"), [("sales_velocity", "B"), ("days_of_cover", "B"), ("ageing", "B")]
)
def test_criteria_compare_by_what_was_told(by: str, best: str) -> None:
    assert ranked(known(told()), by)[0] == best


@pytest.mark.parametrize(
    ("day", "risks"),
    [("", (300, 300)), ("2026-06-01", (300, 300)), ("2026-06-15", (150, 300)),
     ("2027-01-01", (0, 300)), ("no date", (300, 300))],
)  # fmt: skip
def test_a_markdown_takes_of_what_will_be_left(day: str, risks: tuple[int, int]) -> None:
    signals = known(told(), Product("A", "A", markdown=300, markdown_at=day)).signals
    assert (signals.markdown["A", "A"], signals.markdown["A", "B"]) == risks
    assert dict(known(told(), Product("A", "A")).signals.markdown) == {}


def test_a_node_that_gives_back_more_comes_later_whatever_is_configured() -> None:
    nodes = [node("A"), node("B", reject_rate=20)]
    rates = rejected({"A": (80, 10), "B": (1_980, 0), "gone": (5, 5)}, nodes)
    assert rates == {"A": 100, "B": 0}
    net = network(nodes, "A: A1\nB: A1")
    assert ranked(net, "reject_rate") == ["A", "B"]
    assert ranked(known(net, rejected=rates), "reject_rate") == ["B", "A"]


def test_few_parts_say_little_and_none_nothing() -> None:
    assert rejected({"A": (1, 1)}, [node("A"), node("B")]) == {"A": 47}
    assert rejected({"A": (1, 0)}, [node("A", reject_rate=100)]) == {"A": 95}


OLD = {"folded_at": NOW - HOLDS_S, "rated_at": NOW - RATES_HOLD_S, "rejected": {"A": 5}}


@pytest.mark.parametrize(
    ("net", "state"),
    [
        (known(told(), rejected={}), {}),
        (known(told(), **OLD), {"ageing": "STALE", "reject_rate": "STALE"}),
        (known(replace(told(), lately={})), {"ageing": "ABSENT", "reject_rate": "ABSENT"}),
        (
            known(replace(told(), lately={"A": {"A": Pace(1, 1, 1)}}), rejected={}),
            {"ageing": "ABSENT"},
        ),
    ],
)
def test_a_decision_says_what_it_compared_by_without_knowing(
    net: Network, state: dict[str, str]
) -> None:
    rules = one(criteria=(Criterion("ageing"), Criterion("reject_rate")))
    assert plan(demand("A1"), net, rules).decision.uncounted == state
    weighted = Criterion("weighted_sum", weights={"ageing": 1, "reject_rate": 1})
    assert plan(demand("A1"), net, one(criteria=(weighted,))).decision.uncounted == state
    assert plan(demand("A1"), net, one()).decision.uncounted == {}
