"""The synthetic instances that papers on multi-item fulfilment compare policies on.

Jasin and Sinha, "An LP-Based Correlated Rounding Scheme for Multi-Item Ecommerce Order Fulfillment"
(Operations Research 2015), with the data of Ma, "Order-Optimal Correlated Rounding for Fulfilling
Multi-Item E-Commerce Orders" (M&SOM 2023): real positions and shipping costs, random assortments,
order types and stock. A seed makes the instance; another one its arrivals.

Costs are integers in thousandths of a cent: $8.759 a shipment, $0.423 and $0.000541 a mile an item.
The last node is nobody: a line that is not served costs twice the dearest way of serving it, in a
box of its own that costs twice as much, too.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from benchmarks.metros import CENTRES, METROS, Place
from oms.domain.sourcing.duals import PLENTY

PER_USD = 100_000
SHIPMENT, ITEM, MILE = 875_900, 42_300, 54.1
UNSERVED_TIMES = 2
EARTH_KM, KM_PER_MILE = 6371, 1.61

# (order type, region) of one arrival; None: a period without an order
Arrival = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Size:
    """`types` order types of each number of items up to `longest`."""

    items: int
    longest: int
    types: int
    regions: int
    nodes: int
    arrivals: int


SMALL = Size(items=20, longest=5, types=5, regions=10, nodes=5, arrivals=10_000)
BIG = Size(items=100, longest=10, types=10, regions=99, nodes=10, arrivals=100_000)


@dataclass(frozen=True, slots=True)
class Instance:
    seed: str
    arrivals: int
    types: tuple[tuple[int, ...], ...]  # the items of each order type
    odds: tuple[float, ...]  # of an order of that type to arrive in a period
    shares: tuple[float, ...]  # of each region
    opening: tuple[int, ...]  # by node, the unserved one last
    unit: tuple[tuple[int, ...], ...]  # region → node → cost of an item
    stock: tuple[tuple[int, ...], ...]  # node → item → units


def instance(seed: int, carried: float, size: Size = SMALL) -> Instance:
    """`carried`: the odds that a node has an item in its assortment."""
    name = f"{seed}/{carried}/{size.nodes}"
    chance = random.Random(name)
    regions, nodes = METROS[: size.regions], CENTRES[: size.nodes]
    people = sum(region.people for region in regions)
    types = _types(chance, size)
    odds = _odds(chance, size)
    unit = tuple(_unit(region, nodes) for region in regions)
    shares = tuple(region.people / people for region in regions)
    has = [[chance.random() < carried for _ in range(size.items)] for _ in nodes]
    rates = _rates(types, odds, shares, unit, has)
    stocked = [tuple(_stock(rate, size.arrivals) for rate in row) for row in rates]
    stock = (*stocked, (PLENTY,) * size.items)
    opening = (SHIPMENT,) * len(nodes) + (UNSERVED_TIMES * SHIPMENT,)
    return Instance(name, size.arrivals, types, odds, shares, opening, unit, stock)


def arrivals(made: Instance, sequence: int) -> list[Arrival]:
    chance = random.Random(f"{made.seed}/{sequence}")
    pairs = [(q, j) for q in range(len(made.types)) for j in range(len(made.shares))]
    weights = [made.odds[q] * made.shares[j] for q, j in pairs]
    nothing = max(0.0, 1 - sum(weights))
    return chance.choices([*pairs, None], [*weights, nothing], k=made.arrivals)


def _types(chance: random.Random, size: Size) -> tuple[tuple[int, ...], ...]:
    lengths = [length for length in range(1, size.longest + 1) for _ in range(size.types)]
    return tuple(tuple(sorted(chance.sample(range(size.items), n))) for n in lengths)


def _odds(chance: random.Random, size: Size) -> tuple[float, ...]:
    by_length = [chance.random() for _ in range(size.longest + 1)]  # first: no order at all
    total = sum(by_length)
    found: list[float] = []
    for length in range(1, size.longest + 1):
        weights = [chance.random() for _ in range(size.types)]
        found += [by_length[length] / total * weight / sum(weights) for weight in weights]
    return tuple(found)


def _unit(region: Place, nodes: tuple[Place, ...]) -> tuple[int, ...]:
    miles = [_miles(region, node) for node in nodes]
    unserved = UNSERVED_TIMES * (ITEM + MILE * max(miles))
    return (*(round(ITEM + MILE * distance) for distance in miles), round(unserved))


def _miles(a: Place, b: Place) -> float:
    """Great circle (haversine)."""
    half_lat, half_lon = radians(b.lat - a.lat) / 2, radians(b.lon - a.lon) / 2
    h = sin(half_lat) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(half_lon) ** 2
    return 2 * EARTH_KM * asin(sqrt(h)) / KM_PER_MILE


def _rates(
    types: tuple[tuple[int, ...], ...],
    odds: tuple[float, ...],
    shares: tuple[float, ...],
    unit: tuple[tuple[int, ...], ...],
    has: list[list[bool]],
) -> list[list[float]]:
    """Node → item → demand a period, all of it sent to the nearest node with that item."""
    rates = [[0.0] * len(row) for row in has]
    for j, share in enumerate(shares):
        nearest_first = sorted(range(len(has)), key=lambda k: unit[j][k])
        for items, chance in zip(types, odds, strict=True):
            for item in items:
                node = next((k for k in nearest_first if has[k][item]), None)
                if node is not None:
                    rates[node][item] += chance * share
    return rates


def _stock(rate: float, periods: int) -> int:
    """Expected demand and half a standard deviation of it."""
    return round(periods * rate + 0.5 * sqrt(periods * rate * (1 - rate)))
