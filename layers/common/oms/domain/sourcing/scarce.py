"""From stock and forecast to scarcity prices: the network as the problem of `duals.py`.

Sending a parcel from a node costs its handling and the lightest parcel of the cheapest carrier;
each line adds its share, by weight, of what the whole order's parcel costs beyond that. A last
node is nobody: a line that stays unserved costs `UNSERVED_TIMES` the dearest way of serving it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..limits import MAX_FORECAST_NODES
from ..promising.carriage import cheapest
from ..stock.availability import at_node
from .duals import PLENTY, Basket, scarcity_prices
from .forecast import OrderKind
from .network import SHIP, Network, Node
from .rules import CarrierService

UNSERVED_TIMES = 2
SCALE = 100  # hundredths of a minor unit, so that whole numbers are fine enough
LIGHTEST_G = 1

# (node, cost of a shipment, cost of each line)
_Way = tuple[int, int, tuple[int, ...]]
Prices = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Scene:
    """What is there to serve with; `weights`: grams per SKU."""

    network: Network
    services: Sequence[CarrierService]
    weights: Mapping[str, int]


def scarce(
    expected: Mapping[OrderKind, int], scene: Scene, last: Prices
) -> dict[tuple[str, str], int]:
    """Minor units by (SKU, node), those above 0; `last` are the prices published before."""
    nodes = [node for node in scene.network.nodes if node.online and SHIP in node.methods]
    skus = sorted({sku for kind in expected for sku, _ in kind.lines})
    number = {sku: n for n, sku in enumerate(skus)}
    stock = [[at_node(scene.network, node, sku, SHIP) for sku in skus] for node in nodes]
    stock.append([PLENTY] * len(skus))
    baskets = [
        basket
        for kind, times in expected.items()
        if (basket := _basket(kind, times, nodes, stock, number, scene))
    ]
    if not baskets:
        return {}
    start = [[SCALE * last.get((sku, node.id), 0) for sku in skus] for node in nodes]
    start.append([0] * len(skus))
    found = scarcity_prices(baskets, stock, start=start if last else None).prices
    return {
        (sku, node.id): price
        for node, row in zip(nodes, found, strict=False)
        for sku, scaled in zip(skus, row, strict=True)
        if (price := (scaled + SCALE // 2) // SCALE)
    }


def _basket(
    kind: OrderKind,
    times: int,
    nodes: Sequence[Node],
    stock: Sequence[Sequence[int]],
    number: Mapping[str, int],
    scene: Scene,
) -> Basket | None:
    """None when no carrier goes there from anywhere."""
    skus = tuple(number[sku] for sku, _ in kind.lines)
    ways: list[tuple[int, _Way]] = []
    for k, node in enumerate(nodes):
        has = sum(1 for sku in skus if stock[k][sku])
        if has and (costs := _costs(node, kind, scene)):
            ways.append((-has, (k, *costs)))
    if not ways:
        return None
    ways.sort(key=lambda way: (way[0], way[1][1], way[1][0]))
    chosen = [way for _, way in ways[:MAX_FORECAST_NODES]]
    dearest = tuple(map(max, zip(*(costs for _, _, costs in chosen), strict=True)))
    unserved = tuple(UNSERVED_TIMES * cost for cost in dearest)
    chosen.append((len(nodes), UNSERVED_TIMES * max(cost for _, cost, _ in chosen), unserved))
    places, opening, rows = zip(*chosen, strict=True)
    return Basket(skus, tuple(units for _, units in kind.lines), places, opening, rows, times)


def _costs(node: Node, kind: OrderKind, scene: Scene) -> tuple[int, tuple[int, ...]] | None:
    """What a shipment from there costs, and what each line adds; scaled."""
    grams = [units * scene.weights.get(sku, 0) for sku, units in kind.lines]
    total = max(LIGHTEST_G, sum(grams))
    origin = node.address.country
    carriage = cheapest(scene.services, kind.service, origin, kind.country, total)
    if carriage is None:
        return None
    least = carriage.price_of(LIGHTEST_G)
    more = SCALE * (carriage.price - least)
    opening = SCALE * (node.handling_cost + least)
    return max(1, opening), tuple(more * each // total for each in grams)
