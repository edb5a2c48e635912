"""More buyers than units, over HTTP on the local cloud: as many sales as units, and all know.

60 buyers for 20 units, 200 for 50 and 2,000 for 1,000, each with 8, 32 and 64 clients at once.
Orders a second say how this machine compares with itself: the meter, the cloud and its functions
share its cores.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from benchmarks.figure import Figure
from benchmarks.world import MeteredWorld

BUYERS = {20: 60, 50: 200, 1_000: 2_000}  # units → who wants one
CLIENTS = (8, 32, 64)
NODE = "dc-lille"  # keeps no safety stock
SOLD, SOLD_OUT = 201, 409
ANSWER_WITHIN_S = 300.0


def buyers(world: MeteredWorld) -> Iterator[Figure]:
    for stock, wanting in BUYERS.items():
        for clients in CLIENTS:
            yield from rush(world, stock, wanting, clients)


def rush(world: MeteredWorld, stock: int, wanting: int, clients: int) -> Iterator[Figure]:
    """Raises Problem or OSError where a buyer has no answer `ANSWER_WITHIN_S`."""
    shop = world.actors.shop
    sku = world.actors.new_sku({NODE: stock})
    bodies = [shop.body({sku: 1}) for _ in range(wanting)]

    def buy(body: dict[str, object]) -> int:
        return shop.api.insist("/orders", body, within_s=ANSWER_WITHIN_S)[0].status

    began = time.monotonic()
    with ThreadPoolExecutor(clients) as pool:
        answers = Counter(pool.map(buy, bodies))
    seconds = time.monotonic() - began
    assert answers.keys() <= {SOLD, SOLD_OUT}, answers
    name = f"buyers.{stock}.{clients}"
    yield Figure(f"{name}.sold", answers[SOLD], "units", stock, stock)
    yield Figure(f"{name}.orders_per_s", answers[SOLD] / seconds, "orders/s")
