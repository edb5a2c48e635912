"""What the benchmark takes for our decision is what the product's engine decides.

`benchmarks/lookahead.py` decides millions of orders, so it calls the innermost function. Here the
whole engine gets the same orders: a strategy that minimises `full_cost`, in a network whose nodes
cost what the instance says and whose prices hold the rest. What a unit costs to carry depends on
the region, which a carrier's tariff does not, so it is part of the price.
"""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.instances import Instance, arrivals, instance
from benchmarks.policies import Ahead, cheapest
from oms.domain.model import units
from oms.domain.model.demand import Demand, DemandLine
from oms.domain.model.network import Network, Signals
from oms.domain.model.plan import Plan
from oms.domain.model.rules import SourcingRules
from oms.domain.model.strategy import FULL_COST, Criterion, Limits, Strategy
from oms.domain.sourcing.source import source
from tests.fakes.networks import MON_FRI, hours, node, service

ORDERS = 150
NOW = 1_781_078_400
FREE = service(price=0)
AHEAD = SourcingRules(
    strategies=(
        Strategy("ahead", criteria=(Criterion(FULL_COST),), limits=Limits(minimise=FULL_COST)),
    )
)


@pytest.mark.parametrize("carried", [0.75, 0.5])
def test_the_engine_pays_what_the_benchmark_pays(carried: float) -> None:
    made = instance(1, carried)
    prices = Ahead(made)([list(row) for row in made.stock], 0, Counter())
    orders = [order for order in arrivals(made, 1) if order][:ORDERS]
    splits = 0
    for q, j in orders:
        items = made.types[q]
        nodes = cheapest(made.opening, items, made.unit[j], made.stock, prices)
        plan = engine(made, items, j, prices)
        total = sum(made.opening[k] for k in set(nodes)) + sum(
            made.unit[j][k] + prices[k][item] for k, item in zip(nodes, items, strict=True)
        )
        why = plan.decision
        assert (why.measure, why.value, why.exact) == (FULL_COST, total, True)
        assert {part.node for part in plan.parts} == {f"n{k}" for k in nodes}
        assert not plan.unfilled
        splits += len(plan.parts) > 1
    assert splits > ORDERS // 10


def engine(made: Instance, items: tuple[int, ...], region: int, prices: list[list[int]]) -> Plan:
    demand = Demand(
        tuple(DemandLine(no, f"s{item}", units.of(1)) for no, item in enumerate(items, 1)), "DE"
    )
    open_all = hours(MON_FRI, "00:00-24:00")
    nodes = tuple(
        node(f"n{k}", kind="WAREHOUSE", methods="SHIP", open=open_all, handling_cost=cost)
        for k, cost in enumerate(made.opening)
    )
    held = {(f"s{item}", f"n{k}"): made.stock[k][item] for k in range(len(nodes)) for item in items}
    worth = {
        (f"s{item}", f"n{k}"): made.unit[region][k] + prices[k][item]
        for k in range(len(nodes))
        for item in items
    }
    network = Network(nodes, held, signals=Signals(shadow=worth, shadow_version="1"))
    return source(demand, network, AHEAD, (FREE,), NOW)
