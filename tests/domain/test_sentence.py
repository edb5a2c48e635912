"""A decision as one plain sentence, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain.model.decision import (
    ALLOCATED,
    MAX_NAMED,
    MAX_WEIGHED,
    PLACED,
    RESOURCED,
    DecisionRecord,
    arrival_decision_record,
    decision_record,
)
from oms.domain.model.plan import Considered, Decision, Plan, PlannedPart
from oms.domain.steering.sentence import sentence

NAMES = {"lille": "Lille DC", "leipzig": "Leipzig DC", "paris": "Paris", "lyon": "Lyon"}
UNITS = {1: frozenset({0, 1})}


def said(plan: Plan, cause: str = PLACED) -> str:
    kept = decision_record(plan, 1, 1_700_000_000, cause)
    return sentence(kept, lambda node: NAMES.get(node, node), "EUR")


def plan(*parts: str, why: Decision = Decision(), out: str = "", unfilled: int = 0) -> Plan:  # noqa: B008
    """`out`: "paris:NO_STOCK lyon:OFFLINE"."""
    stopped = [each.split(":") for each in out.split()]
    values = dict.fromkeys(parts, why.winner_value) | dict.fromkeys(
        why.runner_up, why.runner_up_value
    )
    return Plan(
        parts=tuple(PlannedPart(n, node, UNITS) for n, node in enumerate(parts, 1)),
        unfilled={2: frozenset(range(unfilled))} if unfilled else {},
        considered=(
            *(Considered(node, criteria={why.lost_on: value}) for node, value in values.items()),
            *(Considered(node, excluded=code) for node, code in stopped),
        ),
        how="SINGLE",
        decision=replace(why, winner=tuple(parts)),
    )


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (plan("lille"), "Lille DC ships it, the only one that can."),
        (
            plan("lille", why=Decision(shadow="STALE")),
            "Lille DC ships it, the only one that can. "
            "The scarcity prices were too old, so plain cost counted.",
        ),
        (
            plan("lille", why=Decision(uncounted={"ageing": "STALE", "reject_rate": "ABSENT"})),
            "Lille DC ships it, the only one that can. Not known of every node: parts that the "
            "node gave back. Too old to count: how long the stock has been there.",
        ),
        (
            plan("lille", why=Decision(runner_up=("leipzig",), lost_on="full_cost", shadow="7",
                                       winner_value=490, runner_up_value=900)),
            "Lille DC ships it: cheaper than Leipzig DC (4.90 EUR, not 9.00 EUR), counting what "
            "the goods are worth to later orders.",
        ),
        (
            plan("lille", why=Decision(runner_up=("leipzig",), lost_on="full_cost", shadow="ABSENT",
                                       winner_value=490, runner_up_value=900)),
            "Lille DC ships it: cheaper than Leipzig DC (4.90 EUR, not 9.00 EUR). There were no "
            "scarcity prices, so plain cost counted.",
        ),
        (
            plan("lille", "leipzig", unfilled=3),
            "Split over 2 nodes, Lille DC 2 units and Leipzig DC 2 units: only together do they "
            "have what there is. 3 units could not be placed.",
        ),
        (plan("lille", why=Decision(shadow="7")), "Lille DC ships it, the only one that can."),
        (
            plan("lille", why=Decision(runner_up=("leipzig",), lost_on="distance_km",
                                       winner_value=203, runner_up_value=640)),
            "Lille DC ships it: nearer than Leipzig DC (203 km, not 640).",
        ),
        (
            plan("lille", why=Decision(runner_up=("leipzig",), lost_on="cost",
                                       winner_value=490, runner_up_value=1250)),
            "Lille DC ships it: cheaper than Leipzig DC (4.90 EUR, not 12.50 EUR).",
        ),
        (
            plan("paris", why=Decision(runner_up=("lille",), lost_on="stock_depth",
                                       winner_value=-9, runner_up_value=-2)),
            "Paris ships it: better stocked than Lille DC (9 units, not 2).",
        ),
        (
            plan("lille", why=Decision(runner_up=("leipzig",), lost_on="priority",
                                       winner_value=1, runner_up_value=2), out="paris:NO_STOCK"),
            "Lille DC ships it: preferred by your ranking to Leipzig DC. "
            "Ruled out: Paris (has none of it).",
        ),
        (
            plan("lille", "paris", why=Decision(runner_up=("leipzig", "lyon"), lost_on="cost",
                                                winner_value=980, runner_up_value=1400)),
            "Split over 2 nodes, Lille DC 2 units and Paris 2 units: "
            "cheaper than Leipzig DC with Lyon (9.80 EUR, not 14.00 EUR).",
        ),
        (
            plan("lille", why=Decision(runner_up=("leipzig",), lost_on="units left",
                                       runner_up_value=2)),
            "Lille DC ships it: no other node has as much of it (Leipzig DC lacks 2 units).",
        ),
        (
            plan("lille", "paris"),
            "Split over 2 nodes, Lille DC 2 units and Paris 2 units: "
            "only together do they have all of it.",
        ),
        (
            plan("lille", why=Decision(runner_up=("leipzig",), lost_on="id")),
            "Lille DC ships it, as good as Leipzig DC by all your criteria: then the id decides.",
        ),
        (
            plan("lille", unfilled=1),
            "Lille DC ships 2 units, the only one that has any. 1 unit could not be placed.",
        ),
        (
            plan(out="paris:NO_STOCK lyon:NO_STOCK lille:OFFLINE", unfilled=2),
            "No node can do it now. Ruled out: Paris and Lyon (have none of it); "
            "Lille DC (takes no new work).",
        ),
    ],
)  # fmt: skip
def test_a_decision_reads_as_a_sentence(found: Plan, text: str) -> None:
    assert said(found) == text


def test_a_pickup_is_where_the_customer_wanted_it() -> None:
    chosen = replace(plan("paris", out="lyon:NOT_CHOSEN lille:NOT_CHOSEN"), how="PICKUP")
    assert said(chosen) == "Paris prepares it, the store that the customer chose."


def test_a_later_decision_says_what_led_to_it() -> None:
    again = said(plan("lille", out="paris:REJECTED_BEFORE"), RESOURCED)
    assert again == (
        "Sourced again: Lille DC ships it, the only one that can. "
        "Ruled out: Paris (gave it back before)."
    )
    arrived = arrival_decision_record(PlannedPart(3, "paris", UNITS), 1, 2, 1_700_000_000)
    assert arrived.cause == ALLOCATED
    assert sentence(arrived, NAMES.__getitem__) == (
        "Stock arrived: Paris ships 2 units. 1 unit could not be placed."
    )


def test_what_is_kept_of_a_big_network_is_bounded() -> None:
    passed = [Considered(f"n{n:03}", criteria={"cost": n}, key=(n,)) for n in range(400)]
    stopped = [Considered(f"s{n:03}", excluded="NO_STOCK") for n in range(600)]
    winner = PlannedPart(1, "n007", UNITS)
    why = Decision(runner_up=("n009",), lost_on="cost", winner_value=7, runner_up_value=9)
    kept = decision_record(
        Plan((winner,), considered=(*passed, *stopped), decision=why), 1, 0, PLACED
    )
    assert [each.node for each in kept.weighed] == ["n007", "n009", "n000", "n001", "n002"]
    assert len(kept.weighed) == MAX_WEIGHED
    assert kept.candidates == 400
    assert kept.fenced == {"NO_STOCK": ("s000", "s001", "s002", "s003")}
    assert kept.uncounted == {"NO_STOCK": 600 - MAX_NAMED}
    assert isinstance(kept, DecisionRecord)
    assert sentence(kept, str).endswith(
        "Ruled out: s000, s001, s002, s003 and 596 more (have none of it)."
    )


def test_a_band_is_told_by_what_was_measured() -> None:
    why = Decision(
        winner=("lille",), runner_up=("leipzig",), lost_on="cost", winner_value=0, runner_up_value=1
    )
    considered = (
        Considered("lille", criteria={"cost": 490}), Considered("leipzig", criteria={"cost": 1250})
    )  # fmt: skip
    found = Plan((PlannedPart(1, "lille", UNITS),), considered=considered, decision=why)
    assert said(found) == "Lille DC ships it: cheaper than Leipzig DC (4.90 EUR, not 12.50 EUR)."


def test_who_passed_the_fences_but_may_not_do_it_is_not_called_unable() -> None:
    nobody = Plan((), {1: frozenset({0})}, (Considered("lille"), Considered("paris")), how="NONE")
    assert said(nobody) == "No choice of nodes that your rules allow can do it now."
