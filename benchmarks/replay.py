"""How many past orders a minute `make replay` sources again: ten thousand of a made-up month, with
the demo's network, stock that runs out and is delivered anew, and the report at the end.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from benchmarks.figure import Figure
from local.seed.network import NODES
from oms.domain.model.geo import distance_km
from oms.domain.model.rules import SourcingRules
from oms.domain.replaying.history import ReplayHistory, collect
from oms.domain.replaying.past import PastLine, PastOrder, Sent, StockChange
from oms.gateways.reports.compare import compare
from oms.gateways.reports.replay_page import page
from tools.replay.history import DEMO

ORDERS, LEAST_PER_MIN = 10_000, 10_000
SEED, SKUS, BEGIN, DAYS = 4, 200, 1_793_491_200, 28  # from Sunday 1 November 2026
# country, north, east, share of the orders
CITIES = (
    ("FR", 48.9, 2.4, 30), ("FR", 45.8, 4.8, 12), ("FR", 43.3, 5.4, 10), ("FR", 50.6, 3.1, 8),
    ("DE", 52.5, 13.4, 14), ("DE", 48.1, 11.6, 10), ("DE", 51.3, 12.4, 6), ("IT", 45.5, 9.2, 10),
)  # fmt: skip
STOCKED = {"dc-lille": 500, "dc-leipzig": 400, "store-paris": 40, "store-lyon": 25,
           "store-berlin": 30, "drop-milano": 60}  # fmt: skip


def replay() -> Iterator[Figure]:
    past = made_up(ORDERS)
    began = time.perf_counter()
    found = compare(past, SourcingRules(), lambda _: None)
    text = page(found, "Replay", {}, stocked=True)
    took_s = time.perf_counter() - began
    assert found.rules.orders == ORDERS
    assert text.endswith("</html>")
    yield Figure("replay.orders_per_min", ORDERS / took_s * 60, "orders/min", least=LEAST_PER_MIN)


def made_up(count: int, seed: int = SEED) -> ReplayHistory:
    """The same history for the same seed. What happened in it: the nearest node that has the first
    line served all it could, whichever node was next the rest.
    """
    chance = random.Random(seed)
    stock = [
        StockChange(BEGIN + day * 86_400, f"SKU-{n:03}", node, units // (1 if not day else 8))
        for day in range(DAYS)
        for n in range(1, SKUS + 1)
        for node, units in STOCKED.items()
        if (not day or day % 4 == 0) and chance.random() < 0.8
    ]
    left = {(each.sku, each.node): each.units for each in stock if each.at == BEGIN}
    orders = [_order(n, count, chance, left) for n in range(count)]
    return collect(
        [*(("stock", each) for each in stock), *(("order", each) for each in orders)], DEMO
    )


def _order(
    number: int, count: int, chance: random.Random, left: dict[tuple[str, str], int]
) -> PastOrder:
    country, north, east, _ = chance.choices(CITIES, [city[3] for city in CITIES])[0]
    skus = chance.sample(range(1, SKUS + 1), chance.choices((1, 2, 3, 4), (60, 25, 10, 5))[0])
    lines = tuple(
        PastLine(f"SKU-{n:03}", chance.choices((1, 2), (85, 15))[0], 200 + 10 * n, 1999)
        for n in skus
    )
    at = BEGIN + 3600 + number * (DAYS * 86_400 - 7200) // count
    lat, lon = f"{north:.1f}", f"{east:.1f}"
    return PastOrder(
        f"PAST{number:012}",
        at,
        "web",
        lines,
        country,
        lat,
        lon,
        promised=_iso(at + 5 * 86_400),
        sent=_sent(lines, lat, lon, left, _iso(at + chance.choice((2, 3, 4, 6)) * 86_400)),
    )


def _sent(
    lines: tuple[PastLine, ...], lat: str, lon: str, left: dict[tuple[str, str], int], done: str
) -> tuple[Sent, ...]:
    near = sorted(
        NODES, key=lambda node: distance_km(node.address.lat, node.address.lon, lat, lon) or 0
    )
    found: dict[str, dict[int, int]] = {}
    for no, line in enumerate(lines, 1):
        for node in near:
            if left.get((line.sku, node.id), 0) >= line.quantity:
                left[line.sku, node.id] -= line.quantity
                found.setdefault(node.id, {})[no] = line.quantity
                break
    return tuple(Sent(node, units, done, done) for node, units in found.items())


def _iso(at: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(at))
