"""A file of stock lines through the bucket, the queue and the deployed function.

2,100 counts of 350 SKUs at 6 nodes, each new to its item: the most that a line can cost, since what
quotes read of it is new, too. Then all of them again, each one unit more: most do not change that.
They go through the local cloud and the meter, two processes on this machine, so that lines a second
say how this machine compares with itself; units are as on AWS.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from benchmarks.counts import writes_of
from benchmarks.figure import Figure
from benchmarks.world import Metered, MeteredWorld
from local.actors.feeder import instant
from local.seed.network import NODES
from oms.domain.model.product import Product

SKUS, AT_NODES = 350, 6
LINES = SKUS * AT_NODES
FUNCTION = "LoadStockFilesFunction"
AT_MOST_UNITS, AT_MOST_NEW, LEAST_LINES = 1.1, 2.1, 20.0
WITHIN_S = 400.0
PARALLEL = 8
NAMES = ("stock/new.csv", "stock/again.csv")


def feed(world: MeteredWorld) -> Iterator[Figure]:
    """Raises NotInTime where the file is not booked after `WITHIN_S`."""
    actors = world.actors
    skus = [f"BENCH-{n:04d}" for n in range(SKUS)]
    with ThreadPoolExecutor(PARALLEL) as pool:
        list(pool.map(lambda sku: actors.loader.product(Product(sku, sku, 500)), skus))
    new, again = (_dropped(world, name, skus, n) for n, name in enumerate(NAMES))
    lines_per_s = 2 * LINES / (seconds(new) + seconds(again))
    yield Figure("feed.lines_per_s", lines_per_s, "lines/s", least=LEAST_LINES)
    yield Figure("feed.write_units_per_line", units(again) / LINES, "WRU", AT_MOST_UNITS)
    yield Figure("feed.write_units_per_new_line", units(new) / LINES, "WRU", AT_MOST_NEW)


def _dropped(world: MeteredWorld, name: str, skus: list[str], more: int) -> Metered:
    began, feeder = world.now(), world.actors.feeder
    feeder.drop(name, text(skus, [node.id for node in NODES[:AT_NODES]], more))
    (load,) = feeder.wait_for(name, within_s=WITHIN_S)
    assert (load["booked"], load["refused"]) == (LINES, 0), load
    return world.since(began)


def text(skus: list[str], nodes: list[str], more: int) -> str:
    at = instant(time.time())
    rows = [
        f"{sku},{node},{5 + n % 90 + more},{at}" for n, sku in enumerate(skus) for node in nodes
    ]
    return "\n".join(["sku,node,quantity,as_of", *rows, ""])


def seconds(metered: Metered) -> float:
    """From the first call of the function to the end of its last."""
    own = [each for each in metered.invocations if each.function == FUNCTION]
    return max(each.ended for each in own) - min(each.began for each in own)


def units(metered: Metered) -> float:
    """Of everything that the function wrote: items, markers of chunks, counters."""
    calls = [
        call for call in metered.calls if call.function == FUNCTION and call.service == "dynamodb"
    ]
    return sum(sum(writes_of(call).values()) for call in calls)
