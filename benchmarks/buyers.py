"""More buyers than units, over HTTP on the local cloud: as many sales as units, and all know.

60 buyers for 20 units, 200 for 50 and 2,000 for 1,000, each with 8, 32 and 64 clients at once, of a
SKU that the merchant declared hot. Orders a second say how this machine compares with itself: the
meter, the cloud and its functions share its cores. Answers count the refused buyers too.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from benchmarks.figure import Figure
from benchmarks.world import MeteredWorld
from oms.domain.ids import part_of_claim
from oms.domain.model.stock_item import StockItem, problems

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
    world.actors.ops.put(f"/stock/{sku}/nodes/{NODE}/heat", {"mode": "ALWAYS"})
    bodies = [shop.body({sku: 1}) for _ in range(wanting)]

    def buy(body: dict[str, object]) -> tuple[int, str]:
        answer = shop.api.insist("/orders", body, within_s=ANSWER_WITHIN_S)[0]
        return answer.status, answer.body["id"] if answer.status == SOLD else ""

    began = time.monotonic()
    with ThreadPoolExecutor(clients) as pool:
        answers = list(pool.map(buy, bodies))
    seconds = time.monotonic() - began
    told = Counter(status for status, _ in answers)
    assert told.keys() <= {SOLD, SOLD_OUT}, told
    whole = world.actors.loader.stock.items.whole(sku, NODE)
    assert whole
    name = f"buyers.{stock}.{clients}"
    yield Figure(f"{name}.sold", told[SOLD], "units", stock, stock)
    yield Figure(
        f"{name}.amiss", amiss(whole, {order for _, order in answers if order}), "units", 0
    )
    yield Figure(f"{name}.orders_per_s", told[SOLD] / seconds, "orders/s")
    yield Figure(f"{name}.answers_per_s", wanting / seconds, "answers/s")


def amiss(whole: StockItem, told: set[str]) -> int:
    """Units that someone was told of and does not hold, or holds and was not told of; and what is
    wrong with the stock item.
    """
    held = {part_of_claim(claim)[0] for claim in whole.claims}
    return len(held ^ told) + len(problems(whole))
