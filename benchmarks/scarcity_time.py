"""How long the scheduled pricing of scarcity takes on a large network: the pure computation, from
2,000 SKUs at 1,000 nodes and 2,000 kinds of orders, none priced before.

It is bounded by a deadline, as the function is; the figures say that the bound holds, and how many
of the hundred rounds there was time for.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from benchmarks.figure import Figure
from benchmarks.sourcing_time import SERVICE, a_node
from oms.domain.model.network import Network
from oms.domain.sourcing.duals import PER_MILLE
from oms.domain.sourcing.forecast import OrderKind, kind_of
from oms.domain.sourcing.scarcity_problem import ScarcityProblem, priced_problem

SKUS, NODES, KINDS, HOLDERS = 2_000, 1_000, 2_000, 150
DEADLINE_S, OVERSHOOT_S = 30.0, 10.0  # a round more, on a busy machine


def scarcity_time() -> Iterator[Figure]:
    scene, expected = a_scene(random.Random("scarcity"))
    began = time.monotonic()
    found = priced_problem(expected, scene, {}, lambda: time.monotonic() - began < DEADLINE_S)
    took = time.monotonic() - began
    name = f"{SKUS}x{NODES}"
    yield Figure(f"scarcity.seconds.{name}", took, "s", DEADLINE_S + OVERSHOOT_S)
    yield Figure(f"scarcity.rounds.{name}", found.rounds, f"rounds in {DEADLINE_S:.0f} s", least=1)


def a_scene(dice: random.Random) -> tuple[ScarcityProblem, dict[OrderKind, int]]:
    """Each SKU lies at some of the nodes; each kind of order asks for up to five."""
    nodes = tuple(a_node(dice, n) for n in range(NODES))
    skus = [f"SKU{n}" for n in range(SKUS)]
    held = {
        (sku, node.id): dice.randint(1, 9) for sku in skus for node in dice.sample(nodes, HOLDERS)
    }
    expected: dict[OrderKind, int] = {}
    while len(expected) < KINDS:
        lines = [(sku, 1) for sku in dice.sample(skus, dice.randint(1, 5))]
        expected[kind_of("DE", "standard", lines)] = PER_MILLE * dice.randint(1, 9)
    return ScarcityProblem(Network(nodes, held), (SERVICE,), dict.fromkeys(skus, 500)), expected
