"""Past orders sourced again: stock is used up and delivered, both sides are measured alike."""

from __future__ import annotations

from typing import Any

from oms.domain.model.rules import SourcingRules
from oms.domain.model.signals import Signals
from oms.domain.model.strategy import Criterion, Strategy, When
from oms.domain.replaying.past import PastLine, PastOrder, ReplayNetwork, Sent, StockChange
from oms.domain.replaying.replay import Both, Replay
from oms.domain.sourcing.scarcity import ScarcityPrices
from oms.gateways.reports.tally import ReplayTally
from tests.fakes.networks import BERLIN, HAMBURG, MUNICH, at, node, service

MONDAY = at("2026-06-08T10:00+02:00")
PLACE = ReplayNetwork(
    (node("near", BERLIN, handling_cost=50), node("far", MUNICH), node("mid", HAMBURG)),
    (service(price=400),),
)
NEAREST = SourcingRules(criteria=("distance_km",))


def order(n: int, *sent: Sent, quantity: int = 1, promised: str = "", **more: Any) -> PastOrder:
    lines = (PastLine("A", quantity, 500, 1000),)
    to = {"country": "DE", "lat": BERLIN[0], "lon": BERLIN[1]}
    return PastOrder(
        f"O{n}", MONDAY + n * 3600, "web", lines, **to, promised=promised, sent=sent, **more
    )


def arrives(node: str, units: int, hour: int = -1) -> StockChange:
    return StockChange(MONDAY + hour * 3600, "A", node, units)


def run(*past: PastOrder | StockChange, rules: SourcingRules = NEAREST) -> list[Both]:
    return list(Replay(PLACE, rules, {}).run(past))


def went(found: list[Both]) -> list[str]:
    """Where the rules send each order: "near:1 far:2"."""
    return [
        " ".join(f"{each.node}:{each.units}" for each in outcome.shipments) or "-"
        for _, outcome in found
    ]


def test_what_an_order_takes_is_not_there_for_the_next_until_it_is_delivered() -> None:
    past = [arrives("near", 1), arrives("far", 1), order(1), order(2), order(3)]
    assert went(run(*past)) == ["near:1", "far:1", "-"]
    assert went(run(*past, arrives("near", 1, 4), order(5))) == ["near:1", "far:1", "-", "near:1"]


def test_units_that_no_node_has_are_missing() -> None:
    [(_, outcome)] = run(arrives("near", 2), arrives("far", 1), order(1, quantity=4))
    assert (outcome.missing, len(outcome.shipments)) == (1, 2)


def test_both_sides_cost_what_the_tariff_says_and_are_as_far_as_the_crow_flies() -> None:
    [(was, would_be)] = run(arrives("near", 1), order(1, Sent("far", {1: 1})))
    assert [(each.cost, each.km) for each in was.shipments] == [(400, 504)]
    assert [(each.cost, each.km) for each in would_be.shipments] == [(450, 0)]


def test_a_promise_is_kept_by_the_day_and_not_by_what_never_arrives() -> None:
    late = Sent("far", {1: 1}, due="2026-06-10", done="2026-06-12")
    [(was, would_be)] = run(arrives("near", 1), order(1, late, promised="2026-06-10"))
    assert (was.kept, would_be.kept) == (False, True)
    [(was, would_be)] = run(order(1, Sent("far", {1: 1}, due="2026-06-10"), promised="2026-06-10"))
    assert (was.kept, would_be.kept) == (True, False)
    [(was, _)] = run(order(1))
    assert was.kept is None


def test_a_node_that_is_gone_is_counted_but_has_no_price() -> None:
    [(was, _)] = run(order(1, Sent("closed-since", {1: 1})))
    assert [(each.cost, each.km) for each in was.shipments] == [(None, None)]


def test_without_stock_every_node_has_everything() -> None:
    found = list(Replay(PLACE, NEAREST, None).run([order(1, quantity=50), order(2, quantity=50)]))
    assert went(found) == ["near:50", "near:50"]


def test_a_node_that_has_a_capacity_takes_no_more_than_that_on_a_day() -> None:
    small = ReplayNetwork(
        (node("near", BERLIN, daily_capacity=1), node("far", MUNICH)), PLACE.services
    )
    past = [arrives("near", 5), arrives("far", 5), order(0), order(0), order(24)]
    soonest = SourcingRules(criteria=("delivery_days", "distance_km"))
    assert went(list(Replay(small, soonest, {}).run(past))) == ["near:1", "far:1", "near:1"]


def test_sums_are_of_all_orders() -> None:
    found = run(
        arrives("near", 2), arrives("far", 1),
        order(1, Sent("far", {1: 1}), promised="2026-06-12"), order(2, quantity=3), order(30),
    )  # fmt: skip
    tally = ReplayTally()
    for _, outcome in found:
        tally.add(outcome)
    assert (tally.orders, tally.sent, tally.shipments, tally.split) == (3, 2, 3, 1)
    assert (tally.missing_units, tally.short_orders) == (2, 2)
    assert (tally.promised, tally.kept) == (1, 1)
    assert tally.load == {"near": 2, "far": 1}
    assert tally.peak == {"near": 2, "far": 1}
    assert tally.cost == 450 + 450 + 400


def test_prices_of_the_time_are_used_while_they_hold_and_the_tier_chooses_the_rules() -> None:
    """The near node's unit is worth more than the way: while the price holds, far serves."""
    ahead = Strategy("ahead", when=When(tiers=("gold",)), criteria=(Criterion("full_cost"),))
    plain = Strategy("plain", criteria=(Criterion("distance_km"),), on_partial="COMMIT_PART")
    rules = SourcingRules(strategies=(ahead, plain))
    published = ScarcityPrices(7, MONDAY, MONDAY + 2 * 3600, {("A", "near"): 900})
    past = [
        arrives("near", 9), arrives("far", 9),
        order(-1, tier="gold"), published, order(0), order(1, tier="gold"), order(3, tier="gold"),
    ]  # fmt: skip
    found = list(Replay(PLACE, rules, {}).run(past))
    assert [outcome.shadow for _, outcome in found] == ["ABSENT", "", "7", "STALE"]
    assert went(found)[1:3] == ["near:1", "far:1"]
    assert went(found)[0] == went(found)[3]


def test_signals_are_those_of_today() -> None:
    signals = Signals(rejected={"near": 500})
    place = ReplayNetwork(PLACE.nodes, PLACE.services, signals=signals)
    rules = SourcingRules(criteria=("reject_rate", "distance_km"))
    past = [arrives("near", 1), arrives("mid", 1), order(1)]
    assert went(list(Replay(place, rules, {}).run(past))) == ["mid:1"]
