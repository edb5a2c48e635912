"""Where sourcing says that its choice is exact, no plan is better: 500 seeded instances."""

from __future__ import annotations

import random

import pytest

from oms.domain.model import units
from oms.domain.model.demand import Demand, DemandLine
from oms.domain.model.network import Network, Signals
from oms.domain.model.plan import Plan
from oms.domain.model.strategy import Criterion, Limits, Strategy
from oms.domain.sourcing.candidate import Candidate, assess
from oms.domain.sourcing.need import SourcingRequest, granted, lines_of, sourcing_request
from oms.domain.sourcing.question import Question, question
from oms.domain.sourcing.source import parts_limit, plan_of
from tests.domain.milp import Best, best_plan
from tests.fakes.networks import at, node, service

NOW = at("2026-06-10T10:00+02:00")
TARIFF = service(prices=((300, 100), (700, 180), (1_500, 330), (4_000, 700), (20_000, 1_500)))
INSTANCES, SEEDS = 10, 50


def instance(dice: random.Random) -> SourcingRequest:
    skus = "ABCD"[: dice.randint(1, 4)]
    nodes = [
        node(
            f"N{n}",
            (f"{dice.uniform(50, 54):.3f}", f"{dice.uniform(9, 14):.3f}"),
            handling_cost=dice.choice((20, 60, 150)),
        )
        for n in range(dice.randint(2, 6))
    ]
    held = {(sku, each.id): dice.choice((0, 0, 1, 2, 3)) for sku in skus for each in nodes}
    prices = {key: dice.choice((0, 0, 40, 90)) for key in held}
    grams = {sku: dice.choice((90, 210, 340, 600)) for sku in skus}
    minimise = dice.choice(("parts", "parts", "cost", "full_cost"))
    strategy = Strategy(
        "s",
        criteria=(
            Criterion("distance_band"),
            Criterion("full_cost" if minimise == "full_cost" else "cost"),
        ),
        limits=Limits(
            minimise,
            max_parts=dice.choice((1, 2, 3, 4)),
            line_split=dice.choice(("quantity", "quantity", "line")),
            min_value=dice.choice((0, 0, 900)),
        ),
    )
    lines = tuple(
        DemandLine(
            no,
            sku := dice.choice(skus),
            units.of(dice.choice((1, 1, 2, 4))),
            grams[sku],
            frozenset(each.id for each in nodes if dice.random() < 0.1),
            value=dice.choice((300, 800)),
            together=dice.choice(("", "", "", "gift")),
        )
        for no in range(1, dice.randint(2, 5))
    )
    network = Network(tuple(nodes), held, signals=Signals(shadow=prices, shadow_version="t"))
    return sourcing_request(Demand(lines, "DE", "52.5", "13.4"), network, strategy, (TARIFF,), NOW)


def asked_of(asked: SourcingRequest) -> Question:
    assessed = [assess(asked, each) for each in asked.network.nodes]
    able = sorted((c for c in assessed if isinstance(c, Candidate)), key=lambda each: each.key)
    lines = granted(lines_of(asked), asked)
    return question(asked, able, lines, parts_limit(asked.demand, asked.strategy))


def reached(plan: Plan, asked: SourcingRequest, of: Question) -> Best:
    """What the plan comes to, reckoned from its parts alone."""
    skus = {line.line: line for line in asked.demand.lines}
    by_id = {each.id: each for each in of.candidates}
    cost = band = served = 0
    for part in plan.parts:
        given = by_id[part.node]
        grams = sum(skus[no].weight_g * len(which) for no, which in part.lines.items())
        assert given.carriage is not None
        cost += given.node.handling_cost + given.carriage.price_of(grams)
        band += given.rank[0]
        for no, which in part.lines.items():
            served += len(which)
            if of.compared.measure == "full_cost":
                cost += len(which) * of.prices.get((skus[no].sku, part.node), 0)
    return Best(of.total - served, len(plan.parts), band, cost)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_an_exact_choice_is_never_worse_than_the_best_there_is(seed: int) -> None:
    dice = random.Random(seed)
    exact = 0
    for _ in range(INSTANCES):
        asked = instance(dice)
        of = asked_of(asked)
        plan = plan_of(asked, 1)
        if not of.components:
            assert not plan.parts
            continue
        best, found = best_plan(of), reached(plan, asked, of)
        if plan.decision.exact:
            exact += 1
            if of.limits.minimise == "parts":
                assert found == best, asked
            else:
                assert (found.left, found.cost) == (best.left, best.cost), asked
        assert plan.decision.bound <= plan.decision.value or not plan.decision.measure
    assert exact > INSTANCES // 2
