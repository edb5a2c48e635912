"""Strategies: which applies, which nodes it asks, what it fences, compares and limits."""

from __future__ import annotations

from typing import Any

import pytest

from oms.domain.model.demand import Demand
from oms.domain.model.network import Network
from oms.domain.model.plan import Plan
from oms.domain.model.rules import SourcingRules
from oms.domain.model.strategy import DISTANCE_BAND, Criterion, Fence, Strategy, When, Where
from oms.domain.sourcing import criteria, fences, vocabulary
from oms.domain.sourcing.source import source
from tests.domain.test_sourcing import said
from tests.fakes.networks import (
    BERLIN,
    HAMBURG,
    POTSDAM,
    at,
    demand,
    network,
    node,
    service,
)

NOW = at("2026-06-10T10:00+02:00")
CARRIERS = (service(price=400),)
KEEP = {"on_partial": "COMMIT_PART", "on_none": "COMMIT_PART"}


def plan(wanted: Demand, net: Network, *strategies: Strategy, services=CARRIERS) -> Plan:
    return source(wanted, net, SourcingRules("p", 3, strategies=strategies), services, NOW)


def one(**more: Any) -> Strategy:
    return Strategy("one", **{**KEEP, **more})


def facing(net: Network, strategy: Strategy, wanted: Demand | None = None) -> dict[str, str]:
    """node → why it is out."""
    found = plan(wanted or demand("A1", value=900), net, strategy)
    return {each.node: each.excluded for each in found.considered if each.excluded}


def ranked(net: Network, *by: Criterion | str, wanted: str = "A1", services=CARRIERS) -> list[str]:
    """The nodes by the criteria, best first."""
    listed = tuple(Criterion(each) if isinstance(each, str) else each for each in by)
    found = plan(demand(wanted), net, one(criteria=listed), services=services)
    return [each.node for each in sorted(found.considered, key=lambda each: (each.key, each.node))]


SPLIT = network([node("S"), node("T", HAMBURG)], "S: A2 B1\nT: A9")

# --- words --------------------------------------------------------------------------------------


def test_what_rules_may_say_is_what_sourcing_can_do() -> None:
    special = {DISTANCE_BAND, vocabulary.WEIGHTED_SUM}
    assert set(vocabulary.CRITERIA) == set(criteria.LIBRARY) | special
    done = {*fences.OF_THE_NODE, *fences.AFTER_STOCK, *fences.AFTER_PROMISE}
    assert set(vocabulary.WHY) == done
    assert set(vocabulary.PARAMETERS) <= done


# --- conditions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "order"),
    [
        ({"channels": ("web",)}, {"channel": "web"}),
        ({"countries": ("DE", "AT")}, {"country": "DE"}),
        ({"methods": ("SHIP",)}, {"method": "SHIP"}),
        ({"services": ("express",)}, {"service": "express"}),
        ({"tiers": ("gold",)}, {"tier": "gold"}),
        ({"value_from": 5_000}, {"value": 5_000}),
        ({"value_below": 5_000}, {"value": 4_999}),
        ({"promise_within_days": 2}, {"promised": "2026-06-12"}),
        ({"attempt_from": 2}, {"attempt": 2}),
        ({"attempt_from": 2, "attempt_to": 3}, {"attempt": 3}),
    ],
)
def test_a_strategy_is_for_orders_that_meet_its_conditions(when: dict, order: dict) -> None:
    net = network([node("S")], "S: A9")
    services = (*CARRIERS, service("express"))
    strategies = (one(priority=1, when=When(**when)), Strategy("rest", **KEEP))
    meets = plan(demand("A1", **order), net, *strategies, services=services)
    assert meets.decision.strategy == "one"
    other = {"country": "FR"} if "countries" in when else {"value": 5_000}
    misses = {**other, "channel": "x", "attempt": 1 if "attempt_from" in when else 9}
    if "value_from" in when:
        misses["value"] = 4_999
    if "methods" in when:
        misses |= {"method": "PICKUP", "node": "S"}
    assert plan(demand("A1", **misses), net, *strategies).decision.strategy == "rest"


def test_one_line_of_a_category_is_enough() -> None:
    wanted = demand("A1 B1")
    dear = type(wanted.lines[1])(2, "B", wanted.lines[1].units, category="fragile")
    both = Demand((wanted.lines[0], dear), "DE")
    care = one(priority=1, when=When(categories=("fragile",)))
    net = network([node("S")], "S: A1 B1")
    assert plan(both, net, care, Strategy("rest")).decision.strategy == "one"
    assert plan(wanted, net, care, Strategy("rest")).decision.strategy == "rest"


# --- nodes and fences ---------------------------------------------------------------------------


def test_a_strategy_asks_the_nodes_of_all_its_lists() -> None:
    nodes = [
        node("A1", groups=frozenset({"north"}), tags=frozenset({"fast"})),
        node("A2", groups=frozenset({"north"})),
        node("A3", tags=frozenset({"fast"}), kind="WAREHOUSE"),
    ]
    net = network(nodes, "A1: A9\nA2: A9\nA3: A9")
    asked = Where(groups=("north", "east"), tags=("fast",))
    assert facing(net, one(where=asked)) == {"A2": "OTHER_NETWORK", "A3": "OTHER_NETWORK"}
    assert set(facing(net, one(where=Where(kinds=("WAREHOUSE",))))) == {"A1", "A2"}
    assert set(facing(net, one(where=Where(nodes=("A2",))))) == {"A1", "A3"}


@pytest.mark.parametrize(
    ("fence", "detail"),
    [
        (Fence("TAG_MISMATCH", tags=("cold", "fast")), {"tags": frozenset({"cold"})}),
        (Fence("TOO_FAR", 200), {"at": HAMBURG}),
        (Fence("BELOW_SAFETY", 9), {}),
    ],
)
def test_a_fence_with_a_parameter_names_itself(fence: Fence, detail: dict) -> None:
    place = node("S", **detail)
    net = network([place], "S: A9")
    assert facing(net, one()) == {}
    assert facing(net, one(fences=(fence,))) == {"S": fence.code}


def test_a_distance_at_the_limit_is_near_enough() -> None:
    net = network([node("S", POTSDAM)], "S: A1")
    assert facing(net, one(fences=(Fence("TOO_FAR", 27),))) == {}
    assert facing(net, one(fences=(Fence("TOO_FAR", 26),))) == {"S": "TOO_FAR"}


def test_an_order_worth_more_than_a_node_may_send_goes_elsewhere() -> None:
    wanted = demand("A2", BERLIN)
    worth = Demand((type(wanted.lines[0])(1, "A", wanted.lines[0].units, value=600),), "DE")
    net = network([node("S")], "S: A9")
    assert facing(net, one(fences=(Fence("VALUE_LIMIT", 1_200),)), worth) == {}
    assert facing(net, one(fences=(Fence("VALUE_LIMIT", 1_199),)), worth) == {"S": "VALUE_LIMIT"}


def test_dangerous_goods_come_from_nodes_that_may_handle_them() -> None:
    a, b = demand("A1 B1").lines
    acid = type(a)(1, "A", a.units, hazmat=True)
    net = network([node("S"), node("T", HAMBURG, hazmat=True)], "S: A9 B9\nT: A9")
    assert facing(net, one(), Demand((acid,), "DE")) == {"S": "HAZMAT"}
    assert said(plan(Demand((acid, b), "DE", *BERLIN), net, one())) == "S:2=0 T:1=0"


def test_a_date_that_is_missed_stops_a_node_beyond_what_is_borne() -> None:
    net = network([node("S", prep_days=2)], "S: A1")
    late = demand("A1", promised="2026-06-12")  # it would come on the 15th
    assert facing(net, one(fences=(Fence("PROMISE_MISS", 3),)), late) == {}
    assert facing(net, one(fences=(Fence("PROMISE_MISS", 2),)), late) == {"S": "PROMISE_MISS"}
    relaxed = one(fences=(Fence("PROMISE_MISS", 1),), relax_days=2, on_none="DELAY_RELAX")
    found = plan(late, net, relaxed)
    assert (said(found), found.decision.relaxed_days, found.decision.after) == ("S:1=0", 2, "")


@pytest.mark.parametrize(("taken", "full"), [(7, False), (8, True), (10, True)])
def test_a_share_of_the_days_capacity_may_be_kept_free(taken: int, full: bool) -> None:
    net = network([node("S", daily_capacity=10)], "S: A1", load={("S", "2026-06-10"): taken})
    found = facing(net, one(fences=(Fence("CAPACITY_FULL", 80),)))
    assert found == ({"S": "CAPACITY_FULL"} if full else {})


# --- after-actions ------------------------------------------------------------------------------


def test_the_next_strategy_is_tried_with_all_of_it() -> None:
    near = Strategy("near", 1, where=Where(nodes=("S",)))
    found = plan(demand("A3"), SPLIT, near, one())
    assert (said(found), found.decision.strategy) == ("T:1=0-2", "one")
    kept = Strategy("near", 1, where=Where(nodes=("S",)), on_partial="CANCEL_REST")
    found = plan(demand("A3"), SPLIT, kept, one())
    assert (said(found), found.decision.after) == ("S:1=0-1 | 1=2", "CANCEL_REST")


def test_when_no_strategy_has_it_all_the_one_that_has_most_goes_ahead() -> None:
    net = network([node("S"), node("T", HAMBURG)], "S: A1\nT: A2")
    first = Strategy("s", 1, where=Where(nodes=("S",)))
    second = Strategy("t", 2, where=Where(nodes=("T",)))
    found = plan(demand("A3"), net, first, second, Strategy("u", 3, where=Where(nodes=("X",))))
    assert (said(found), found.decision.strategy) == ("T:1=0-1 | 1=2", "t")
    assert found.decision.after == "COMMIT_PART"
