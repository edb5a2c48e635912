"""How long a decision takes as orders and networks grow: the pure engine, nothing around it.

Every order has its own lines, units and place; the nodes are spread over a country, each has about
two thirds of the assortment, so that most orders of many lines need several nodes. The seed is
fixed. The garbage collector runs as in a Lambda.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from benchmarks.figure import Figure
from oms.domain.model import units
from oms.domain.model.address import Address
from oms.domain.model.carriage import CarrierService
from oms.domain.model.demand import Demand, DemandLine
from oms.domain.model.network import Network
from oms.domain.model.node import STORE, Node
from oms.domain.model.rules import SourcingRules
from oms.domain.sourcing.source import source

LINES, NODES = (1, 5, 20, 100), (10, 100, 1_000)
ALSO = ((10, 100),)
BOUND_MS = {(10, 100): 50.0}
RUNS, WARM_UP = 200, 5
SECONDS_EACH = 6.0  # enough for a percentile; large networks run fewer times
ASSORTMENT = 150
NOW = 1_781_078_400  # Wednesday, 10 June 2026, 08:00 UTC
ZONES = ("domestic", "region", "world")
SERVICE = CarrierService(
    "parcels",
    "standard",
    dict.fromkeys(ZONES, 2),
    dict.fromkeys(ZONES, ((500, 390), (2_000, 490), (5_000, 690), (15_000, 990), (31_500, 1_490))),
)
OPEN = dict.fromkeys(range(6), (("08:00", "20:00"),))


def sourcing_time() -> Iterator[Figure]:
    for nodes in NODES:
        dice = random.Random(f"nodes {nodes}")
        network = a_network(dice, nodes)
        for lines in sorted({*LINES, *(few for few, many in ALSO if many == nodes)}):
            p99 = percentile_99(dice, network, lines)
            bound = BOUND_MS.get((lines, nodes))
            yield Figure(f"sourcing.p99_ms.{lines}x{nodes}", p99, "ms", bound)


def percentile_99(dice: random.Random, network: Network, lines: int) -> float:
    """Milliseconds that 99 of 100 decisions do not exceed."""
    rules, took, began = SourcingRules(), [], time.thread_time()
    for run in range(WARM_UP + RUNS):
        demand = an_order(dice, lines)
        start = time.thread_time()
        source(demand, network, rules, (SERVICE,), NOW)
        if run >= WARM_UP:
            took.append(time.thread_time() - start)
        if start - began > SECONDS_EACH and took:
            break
    return sorted(took)[max(0, -(-len(took) * 99 // 100) - 1)] * 1000


def a_network(dice: random.Random, count: int) -> Network:
    nodes = tuple(a_node(dice, n) for n in range(count))
    held = {
        (f"SKU{sku}", node.id): dice.randint(1, 5)
        for node in nodes
        for sku in range(ASSORTMENT)
        if dice.random() < 2 / 3
    }
    return Network(nodes, held)


def a_node(dice: random.Random, number: int) -> Node:
    lat, lon = dice.uniform(47.5, 54.5), dice.uniform(6.5, 14.5)
    return Node(
        id=f"node-{number:04}",
        kind=STORE,
        name=f"Node {number}",
        address=Address("A", "Street 1", "Town", "DE", lat=f"{lat:.4f}", lon=f"{lon:.4f}"),
        timezone="Europe/Berlin",
        hours=OPEN,
        handling_cost=dice.choice((80, 120, 180)),
        priority=dice.choice((10, 50, 90)),
    )


def an_order(dice: random.Random, lines: int) -> Demand:
    skus = dice.sample(range(ASSORTMENT), lines)
    return Demand(
        lines=tuple(
            DemandLine(no, f"SKU{sku}", units.of(dice.choice((1, 1, 1, 2, 3))), 200 + sku * 10)
            for no, sku in enumerate(skus, 1)
        ),
        country="DE",
        lat=f"{dice.uniform(47.5, 54.5):.4f}",
        lon=f"{dice.uniform(6.5, 14.5):.4f}",
    )
