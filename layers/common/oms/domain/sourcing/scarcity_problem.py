"""From stock and forecast to scarcity prices: the network as the problem of `duals.py`.

Sending a parcel from a node costs its handling and the lightest parcel of the cheapest carrier;
each line adds its share, by weight, of what the whole order's parcel costs beyond that. A last
node is nobody: a line that stays unserved costs `UNSERVED_TIMES` the dearest way of serving it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..limits.sourcing import MAX_FORECAST_NODES
from ..model.carriage import Carriage, CarrierService, cheapest
from ..model.network import Network
from ..model.node import SHIP, Node
from ..stock.availability import at_node
from .duals import PLENTY, ExpectedBasket, scarcity_prices
from .forecast import OrderKind

UNSERVED_TIMES = 2
SCALE = 100  # hundredths of a minor unit, so that whole numbers are fine enough
LIGHTEST_G = 1


def _always() -> bool:
    return True


# (node, cost of a shipment, cost of each line)
_Way = tuple[int, int, tuple[int, ...]]
Prices = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class ScarcityProblem:
    """What is there to serve with; `weights`: grams per SKU."""

    network: Network
    services: Sequence[CarrierService]
    weights: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ScarcityResult:
    """`prices` in minor units, those above 0; `rounds` there were time for."""

    prices: Prices
    rounds: int


def priced_problem(
    expected: Mapping[OrderKind, int],
    scene: ScarcityProblem,
    last: Prices,
    more: Callable[[], bool] = _always,
) -> ScarcityResult:
    """`last` are the prices published before; `more`: whether there is time for another round."""
    nodes = [node for node in scene.network.nodes if node.online and SHIP in node.methods]
    skus = sorted({sku for kind in expected for sku, _ in kind.lines})
    number = {sku: n for n, sku in enumerate(skus)}
    stock = _stock(nodes, number, scene.network)
    baskets = [
        basket
        for kind, times in expected.items()
        if (basket := _basket(kind, times, nodes, stock, number, scene))
    ]
    if not baskets:
        return ScarcityResult({}, 0)
    start = [[SCALE * last.get((sku, node.id), 0) for sku in skus] for node in nodes]
    start.append([0] * len(skus))
    found = scarcity_prices(baskets, stock, start=start if last else None, more=more)
    prices = {
        (sku, node.id): price
        for node, row in zip(nodes, found.prices, strict=False)
        for sku, scaled in zip(skus, row, strict=True)
        if (price := (scaled + SCALE // 2) // SCALE)
    }
    return ScarcityResult(prices, found.rounds)


def _stock(nodes: Sequence[Node], number: Mapping[str, int], network: Network) -> list[list[int]]:
    """What each node can promise of each SKU; the last one, nobody, is never short."""
    place = {node.id: k for k, node in enumerate(nodes)}
    stock = [[0] * len(number) for _ in nodes]
    for sku, id in network.available:
        if id in place and sku in number:
            k = place[id]
            stock[k][number[sku]] = at_node(network, nodes[k], sku, SHIP)
    return [*stock, [PLENTY] * len(number)]


def _basket(
    kind: OrderKind,
    times: int,
    nodes: Sequence[Node],
    stock: Sequence[Sequence[int]],
    number: Mapping[str, int],
    scene: ScarcityProblem,
) -> ExpectedBasket | None:
    """None when no carrier goes there from anywhere."""
    skus = tuple(number[sku] for sku, _ in kind.lines)
    grams = [units * scene.weights.get(sku, 0) for sku, units in kind.lines]
    carriages: dict[str, Carriage | None] = {}  # by country of origin: nodes share them
    ways: list[tuple[int, _Way]] = []
    for k, node in enumerate(nodes):
        has = sum(1 for sku in skus if stock[k][sku])
        origin = node.address.country
        if has and origin not in carriages:
            total = max(LIGHTEST_G, sum(grams))
            carriages[origin] = cheapest(scene.services, kind.service, origin, kind.country, total)
        if has and (carriage := carriages[origin]):
            ways.append((-has, (k, *_costs(node, carriage, grams))))
    if not ways:
        return None
    ways.sort(key=lambda way: (way[0], way[1][1], way[1][0]))
    chosen = [way for _, way in ways[:MAX_FORECAST_NODES]]
    dearest = tuple(map(max, zip(*(costs for _, _, costs in chosen), strict=True)))
    unserved = tuple(UNSERVED_TIMES * cost for cost in dearest)
    chosen.append((len(nodes), UNSERVED_TIMES * max(cost for _, cost, _ in chosen), unserved))
    places, opening, rows = zip(*chosen, strict=True)
    return ExpectedBasket(
        skus, tuple(units for _, units in kind.lines), places, opening, rows, times
    )


def _costs(node: Node, carriage: Carriage, grams: Sequence[int]) -> tuple[int, tuple[int, ...]]:
    """What a shipment from there costs, and what each line adds; scaled."""
    least = carriage.price_of(LIGHTEST_G)
    more, total = SCALE * (carriage.price - least), max(LIGHTEST_G, sum(grams))
    opening = SCALE * (node.handling_cost + least)
    return max(1, opening), tuple(more * each // total for each in grams)
