"""Criteria and limits: which node is preferred, what shapes the parts, and why it was so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from oms.domain.model.demand import Demand
from oms.domain.model.network import Signals
from oms.domain.model.node import Node
from oms.domain.model.strategy import Criterion, Limits
from tests.domain.test_sourcing import said
from tests.domain.test_sourcing_strategies import SPLIT, one, plan, ranked
from tests.fakes.networks import BERLIN, HAMBURG, MUNICH, POTSDAM, demand, network, node, service

# --- criteria -----------------------------------------------------------------------------------


def two(**second: Any) -> list[Node]:
    """`A` and `B` are alike but for what B has."""
    return [node("A"), node("B", **second)]


KEYS = ("A", "A"), ("A", "B")


@pytest.mark.parametrize(
    ("by", "nodes", "signals", "best"),
    [
        ("priority", two(priority=1), {}, "B"),
        ("reject_rate", two(reject_rate=20), {}, "A"),
        ("co2_g", two(co2_g=300), {}, "A"),
        ("distance_km", two(at=POTSDAM), {}, "A"),
        ("delivery_days", two(prep_days=1), {}, "A"),
        ("cost", two(handling_cost=90), {}, "A"),
        ("sales_velocity", two(), {"sold": {("A", "A"): 4}}, "B"),
        ("days_of_cover", two(), {"sold": {("A", "A"): 1, ("A", "B"): 9}}, "A"),
        ("ageing", two(), {"age": {("A", "B"): 90}}, "B"),
        ("markdown_risk", two(), {"markdown": {("A", "B"): 300}}, "B"),
        ("shadow_cost", two(), {"shadow": {("A", "A"): 50}}, "B"),
        ("full_cost", two(handling_cost=40), {"shadow": {("A", "A"): 50}}, "B"),
    ],
)
def test_a_criterion_prefers(by: str, nodes: list[Node], signals: dict, best: str) -> None:
    net = network(nodes, "A: A5\nB: A5", signals=Signals(**signals))
    assert ranked(net, by)[0] == best


def test_stock_decides_by_depth_coverage_and_whether_it_is_enough() -> None:
    net = network([node("A"), node("B"), node("C")], "A: A3\nB: A9\nC: A1")
    assert ranked(net, "stock_depth", wanted="A2") == ["B", "A", "C"]
    assert ranked(net, "split_count", wanted="A2") == ["A", "B", "C"]
    assert ranked(net, "coverage", wanted="A4") == ["B", "A", "C"]


def test_load_is_the_share_of_a_day_that_is_taken() -> None:
    nodes = [node("A", daily_capacity=10), node("B", daily_capacity=100)]
    net = network(nodes, "A: A1\nB: A1", load={("A", "2026-06-10"): 5, ("B", "2026-06-10"): 40})
    assert ranked(net, "load") == ["B", "A"]


def test_the_own_country_comes_first_and_carriers_count_their_days() -> None:
    nodes = [node("A", country="FR"), node("B")]
    net = network(nodes, "A: A1\nB: A1")
    assert ranked(net, "abroad") == ["B", "A"]
    far = service(price=400)
    slow = type(far)(
        **{f: getattr(far, f) for f in far.__slots__}
        | {"transit_days": {"domestic": 1, "world": 6, "region": 6}}
    )
    assert ranked(net, "transit_days", services=(slow,)) == ["B", "A"]


def test_measures_of_one_band_are_equal_and_the_next_criterion_decides() -> None:
    nodes = [node("A", handling_cost=0, priority=9), node("B", handling_cost=40, priority=1)]
    net = network(nodes, "A: A1\nB: A1")
    assert ranked(net, "cost", "priority") == ["A", "B"]
    assert ranked(net, Criterion("cost", (450,)), "priority") == ["B", "A"]
    assert ranked(net, Criterion("cost", (420,)), "priority") == ["A", "B"]


def test_a_weighted_sum_adds_what_it_weighs() -> None:
    nodes = [node("A", handling_cost=30), node("B", priority=105)]
    net = network(nodes, "A: A1\nB: A1")
    points = {"cost": 1, "priority": 5}
    assert ranked(net, Criterion("weighted_sum", weights=points)) == ["B", "A"]
    assert ranked(net, Criterion("weighted_sum", weights={**points, "priority": 7})) == ["A", "B"]


def test_without_prices_plain_cost_decides_and_the_decision_says_so() -> None:
    net = network(two(handling_cost=10), "A: A1\nB: A1")
    dual = one(criteria=(Criterion("full_cost"),))
    assert plan(demand("A1"), net, dual).decision.shadow == "ABSENT"
    assert plan(demand("A1"), net, one()).decision.shadow == ""
    priced = network(
        two(handling_cost=10),
        "A: A1\nB: A1",
        signals=Signals(shadow={("A", "A"): 99}, shadow_version="v7"),
    )
    found = plan(demand("A1"), priced, dual)
    assert (said(found), found.decision.shadow) == ("B:1=0", "v7")


# --- limits -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "wanted", "expected"),
    [
        (Limits(line_split="quantity"), "A3 B1", "S:1=0-1,2=0 T:1=2"),
        (Limits(line_split="line"), "A3 B1", "S:2=0 T:1=0-2"),
        (Limits(line_split="no"), "A3 B1", "S:1=0-1,2=0 | 1=2"),
        (Limits(max_parts=1, complete="line"), "A3 B1", "S:2=0 | 1=0-2"),
        (Limits(max_parts=1, complete="order"), "A3 B1", " | 1=0-2,2=0"),
        (Limits(complete="order"), "A3 B1", "S:1=0-1,2=0 T:1=2"),
    ],
)
def test_limits_shape_the_parts(limits: Limits, wanted: str, expected: str) -> None:
    assert said(plan(demand(wanted), SPLIT, one(limits=limits))) == expected


def test_a_group_comes_from_one_node_or_not_at_all() -> None:
    a, b = demand("A2 B1").lines
    gift = [type(a)(each.line, each.sku, each.units, together="gift") for each in (a, b)]
    wanted = Demand(tuple(gift), "DE", *BERLIN)
    apart = network([node("S"), node("T", HAMBURG)], "S: A2\nT: B1")
    assert said(plan(wanted, apart, one())) == " | 1=0-1,2=0"
    assert said(plan(wanted, apart, one(limits=Limits(together="no")))) == "S:1=0-1 T:2=0"
    assert said(plan(wanted, SPLIT, one())) == "S:1=0-1,2=0"


def test_each_of_several_parts_is_worth_something() -> None:
    a, b = demand("A1 B1").lines
    lines = (type(a)(1, "A", a.units, value=500), type(b)(2, "B", b.units, value=90))
    wanted = Demand(lines, "DE", *BERLIN)
    net = network([node("S"), node("T", MUNICH)], "S: A1\nT: B1")
    assert said(plan(wanted, net, one(limits=Limits(min_value=90)))) == "S:1=0 T:2=0"
    assert said(plan(wanted, net, one(limits=Limits(min_value=91)))) == "S:1=0 | 2=0"


def test_the_least_cost_may_take_more_parts_and_the_fewest_parts_more_cost() -> None:
    heavy = (service(prices=((600, 100), (9_000, 900))),)
    net = network([node("S"), node("T"), node("U")], "S: A1 B1\nT: A1\nU: B1")
    cheap = one(criteria=(Criterion("cost"),), limits=Limits("cost"))
    found = plan(demand("A1 B1"), net, cheap, services=heavy)
    assert (len(found.parts), found.decision.measure, found.decision.value) == (2, "cost", 200)
    assert said(plan(demand("A1 B1"), net, one(), services=heavy)) == "S:1=0,2=0"


# --- why ----------------------------------------------------------------------------------------


def test_a_decision_names_the_runner_up_and_what_it_lost_on() -> None:
    nodes = [node("S"), node("T", handling_cost=30), node("U", HAMBURG)]
    found = plan(demand("A1"), network(nodes, "S: A1\nT: A1\nU: A1"), one()).decision
    assert (found.profile, found.version, found.strategy) == ("p", 3, "one")
    assert (found.winner, found.runner_up, found.lost_on) == (("S",), ("T",), "cost")
    assert (found.winner_value, found.runner_up_value, found.exact) == (400, 430, True)


def test_who_has_too_little_loses_on_what_is_left() -> None:
    found = plan(demand("A2"), network([node("S"), node("T", HAMBURG)], "S: A1\nT: A2"), one())
    why = found.decision
    assert (why.winner, why.runner_up, why.lost_on) == (("T",), ("S",), "units left")
    assert (why.winner_value, why.runner_up_value) == (0, 1)


def test_a_large_demand_stays_within_its_work_and_says_that_it_may_not_be_the_best() -> None:
    nodes = [node(f"N{n:02}", handling_cost=n) for n in range(12)]
    skus = [chr(65 + n // 26) + chr(65 + n % 26) for n in range(60)]
    held = "\n".join(
        f"{each.id}: " + " ".join(f"{s}3" for s in skus if has(s, each.id)) for each in nodes
    )
    lines = tuple(
        replace(line, weight_g=101 + 37 * line.line)
        for line in demand(" ".join(f"{sku}2" for sku in skus)).lines
    )
    steep = tuple((1_000 * n, 100 + n * n) for n in range(1, 200))
    grams = (service(prices=steep),)
    wanted = Demand(lines, "DE", *BERLIN)
    found = plan(wanted, network(nodes, held), one(), services=grams)
    assert not found.decision.exact
    assert found.decision.bound <= found.decision.value


def has(sku: str, id: str) -> bool:
    """Two thirds of the pairs, always the same."""
    return sum(map(ord, sku + id)) % 3 > 0
