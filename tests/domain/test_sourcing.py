"""Sourcing: the field's worked example, each fence, each strategy."""

from __future__ import annotations

import pytest

from oms.domain.model import units
from oms.domain.model.demand import Demand
from oms.domain.model.plan import Plan
from oms.domain.model.rules import SourcingRules
from oms.domain.sourcing.source import source
from tests.fakes.networks import (
    BERLIN,
    HAMBURG,
    MUNICH,
    POTSDAM,
    at,
    demand,
    network,
    node,
    service,
)

NOW = at("2026-06-10T10:00+02:00")
RULES = SourcingRules(criteria=("distance_band", "cost"))
CARRIERS = (service(price=400),)


def plan(wanted: Demand, net, rules: SourcingRules = RULES, services=CARRIERS) -> Plan:
    return source(wanted, net, rules, services, NOW)


def said(found: Plan) -> str:
    """ "DC:1=0-1 S:2=0 | 2=1": parts, then what is unfilled."""

    def lines(which) -> str:
        return ",".join(f"{no}={units.text(own)}" for no, own in sorted(which.items()))

    parts = " ".join(f"{part.node}:{lines(part.lines)}" for part in found.parts)
    return parts + (f" | {lines(found.unfilled)}" if found.unfilled else "")


def reasons(found: Plan) -> dict[str, str]:
    return {each.node: each.excluded for each in found.considered if each.excluded}


# --- the worked example: DC 620 km away at 4.20, S2 30 km away at 5.90 ------------------------

TO = ("52.5200", "13.4050")
FAR = ("46.9500", "12.8000")  # 620 km south
NEAR = ("52.5200", "13.8470")  # 30 km east


def example():
    nodes = [
        node("DC", FAR, handling_cost=20),
        node("S1", NEAR, handling_cost=190),
        node("S2", NEAR, handling_cost=190),
        node("S3", NEAR, handling_cost=190),
    ]
    return network(nodes, "DC: A9 B9\nS1: A1\nS2: A2 B1\nS3: B5")


def test_the_example_orders_the_nodes_by_distance_band_then_cost() -> None:
    found = plan(demand("A1 B1", TO), example())
    values = {each.node: dict(each.criteria) for each in found.considered}
    assert values["DC"] == {"distance_band": 3, "cost": 420}
    assert values["S2"] == {"distance_band": 0, "cost": 590}
    assert (said(found), found.how) == ("S2:1=0,2=0", "SINGLE")


def test_the_example_needs_the_one_node_that_has_it_all() -> None:
    found = plan(demand("A2 B3", TO), example())
    assert (said(found), found.how) == ("DC:1=0-1,2=0-2", "SINGLE")


def test_the_example_splits_between_two_when_that_node_is_excluded() -> None:
    without_dc = {1: frozenset({"DC"}), 2: frozenset({"DC"})}
    found = plan(demand("A2 B3", TO, excluded=without_dc), example())
    assert (said(found), found.how) == ("S2:1=0-1,2=0 S3:2=1-2", "MIN_SPLIT")
    assert reasons(found) == {"DC": "REJECTED_BEFORE"}


# --- fences -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("detail", "code"),
    [
        ({"methods": "PICKUP"}, "METHOD_OFF"),
        ({"online": False}, "OFFLINE"),
        ({"safety": 5}, "BELOW_SAFETY"),
        ({"id": "EMPTY"}, "NO_STOCK"),
        ({"country": "US"}, "CARRIER_ZONE"),
        ({"open": {}}, "CLOSED"),
    ],
)
def test_a_fence_names_its_reason(detail: dict, code: str) -> None:
    place = node(**{"id": "S", **detail})
    found = plan(demand("A1"), network([place], "S: A5"), services=(service(zones="domestic"),))
    assert (found.how, said(found)) == ("NONE", " | 1=0")
    assert reasons(found) == {place.id: code}


def test_a_service_level_nobody_offers_serves_nothing() -> None:
    found = plan(demand("A1", service="express"), network([node("S")], "S: A5"))
    assert reasons(found) == {"S": "CARRIER_ZONE"}


def test_a_rejection_excludes_the_node_for_that_line_only() -> None:
    net = network([node("S"), node("T", HAMBURG)], "S: A1 B1\nT: A1 B1")
    found = plan(demand("A1 B1", excluded={1: frozenset({"S"})}), net)
    assert (said(found), found.how) == ("T:1=0,2=0", "SINGLE")
    net = network([node("S"), node("T", HAMBURG)], "S: A1 B1\nT: A1")
    found = plan(demand("A1 B1", excluded={1: frozenset({"S"})}), net)
    assert (said(found), found.how) == ("S:2=0 T:1=0", "MIN_SPLIT")


# --- demand -----------------------------------------------------------------------------------


def test_the_same_sku_on_two_lines_is_counted_together() -> None:
    net = network([node("S"), node("DC", HAMBURG)], "S: A3\nDC: A4")
    found = plan(demand("A2 A2"), net)
    assert (said(found), found.how) == ("DC:1=0-1,2=0-1", "SINGLE")


def test_what_nobody_has_is_unfilled_and_the_rest_still_comes_from_one_node() -> None:
    net = network([node("S"), node("DC", HAMBURG)], "S: A1 B1\nDC: A1 B1 C1")
    found = plan(demand("A1 C2 D1"), net)
    assert (said(found), found.how) == ("DC:1=0,2=0 | 2=1,3=0", "SINGLE")


def test_stock_that_older_demand_waits_for_is_not_given_away() -> None:
    net = network([node("S"), node("DC", HAMBURG)], "S: A2\nDC: A2", waiting={"A": 3})
    assert said(plan(demand("A2"), net)) == "S:1=0 | 1=1"


def test_only_open_units_are_planned() -> None:
    wanted = demand("A4")
    line = wanted.lines[0]
    wanted = Demand((type(line)(7, "A", units.parse("1,3")),), "DE", *BERLIN)
    assert said(plan(wanted, network([node("S")], "S: A9"))) == "S:7=1,3"


def test_nothing_asked_is_an_empty_plan() -> None:
    found = plan(demand(""), network([node("S")], "S: A9"))
    assert (found.parts, found.unfilled, found.how) == ((), {}, "NONE")


def test_parts_are_numbered_on_and_carry_their_own_promise() -> None:
    nodes = [node("S"), node("DC", MUNICH, prep_days=1)]
    net = network(nodes, "S: A1\nDC: B1")
    found = source(demand("A1 B1"), net, RULES, CARRIERS, NOW, first_part=4)
    told = [(part.number, part.node, part.promise.deliver_by) for part in found.parts]
    assert told == [(4, "S", "2026-06-11"), (5, "DC", "2026-06-12")]


# --- strategies -------------------------------------------------------------------------------


def test_a_pickup_comes_from_the_chosen_store_alone() -> None:
    net = network([node("S"), node("T")], "S: A1 B5\nT: A9 B9")
    found = plan(demand("A2 B1", method="PICKUP", node="S"), net)
    assert (said(found), found.how) == ("S:1=0,2=0 | 1=1", "PICKUP")
    assert reasons(found) == {"T": "NOT_CHOSEN"}
    assert found.parts[0].promise.ready_by == "2026-06-10T11:00:00+02:00"


def test_a_pickup_at_a_store_outside_the_network_is_unfilled() -> None:
    found = plan(demand("A1", method="PICKUP", node="X"), network([node("S")], "S: A1"))
    assert (said(found), found.how) == (" | 1=0", "NONE")


def test_two_near_nodes_beat_one_near_and_one_far() -> None:
    nodes = [node("S"), node("T", POTSDAM), node("DC", MUNICH)]
    net = network(nodes, "S: A1\nT: B1\nDC: B1")
    assert said(plan(demand("A1 B1"), net)) == "S:1=0 T:2=0"


def test_a_part_costs_what_its_own_parcel_weighs() -> None:
    brackets = ((1_000, 100), (5_000, 900))
    nodes = [node("S1"), node("S2", handling_cost=150), node("S3", handling_cost=120)]
    net = network(nodes, "S1: A1\nS2: B1 C1\nS3: B1 C1")
    found = plan(demand("A1 B1 C1"), net, services=(service(prices=brackets),))
    assert [part.node for part in found.parts] == ["S1", "S3"]


def test_more_than_two_parts_are_made_only_up_to_the_limit() -> None:
    nodes = [node(id) for id in "STUV"]
    net = network(nodes, "S: A1\nT: B1\nU: C1\nV: D2")
    wanted = "A1 B1 C1 D2"
    assert plan(demand(wanted), net).how == "MIN_SPLIT"
    limited = plan(demand(wanted, max_parts=3), net)
    assert (said(limited), limited.how) == ("S:1=0 T:2=0 V:4=0-1 | 3=0", "BEST_SUBSET")
    assert said(plan(demand(wanted), net, SourcingRules(max_parts=1))) == "V:4=0-1 | 1=0,2=0,3=0"


def test_who_alone_has_something_is_among_the_few_that_sets_are_made_of() -> None:
    nodes = [node(f"N{n:02}") for n in range(14)]
    held = "\n".join(f"N{n:02}: A1" for n in range(13)) + "\nN13: B1"
    found = plan(demand("A1 B1"), network(nodes, held))
    assert (said(found), found.how) == ("N00:1=0 N13:2=0", "MIN_SPLIT")
    assert not found.decision.exact
    assert (found.decision.measure, found.decision.value, found.decision.bound) == ("parts", 2, 2)


def test_a_line_stays_together_when_the_rules_say_so() -> None:
    whole = SourcingRules(criteria=("distance_band",), split_lines=False)
    net = network([node("S"), node("T")], "S: A2 B1\nT: A2 B2")
    assert said(plan(demand("A3 B1"), net)) == "S:1=0-1,2=0 T:1=2"
    assert said(plan(demand("A3 B1"), net, whole)) == "S:2=0 | 1=0-2"
    assert said(plan(demand("A2 B2 A2"), net, whole)) == "S:1=0-1 T:2=0-1,3=0-1"


def test_what_is_promised_already_makes_the_later_node_lose() -> None:
    nodes = [node("S", prep_days=2), node("DC", MUNICH)]
    net = network(nodes, "S: A1\nDC: A1")
    rules = SourcingRules()
    assert said(plan(demand("A1"), net, rules)) == "S:1=0"
    assert said(plan(demand("A1", promised="2026-06-11"), net, rules)) == "DC:1=0"
    assert said(plan(demand("A1", promised="2026-06-15"), net, rules)) == "S:1=0"
    fastest = SourcingRules(criteria=("delivery_days", "distance_km"))
    assert said(plan(demand("A1"), net, fastest)) == "DC:1=0"


def test_a_node_without_a_position_comes_after_those_with_one() -> None:
    net = network([node("A", ("", "")), node("B", HAMBURG)], "A: A1\nB: A1")
    assert said(plan(demand("A1"), net)) == "B:1=0"


def test_the_cheapest_carrier_of_the_service_level_carries() -> None:
    carriers = (
        service(carrier="dear", price=900, days=1),
        service(carrier="cheap", price=300, days=3),
        service("express", carrier="quick", price=100, days=1),
    )
    found = plan(demand("A1"), network([node("S")], "S: A1"), services=carriers)
    assert found.considered[0].criteria["cost"] == 300
    assert found.parts[0].promise.deliver_by == "2026-06-15"
