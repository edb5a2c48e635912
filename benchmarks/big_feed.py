"""500,000 stock lines in one file, through the function that is deployed, within its limits.

The emulator is left out (benchmarks/lean), nothing else is: every chunk is booked, one in a hundred
is delivered twice, one line in a thousand is of a product that nobody knows and comes back in the
file of refused lines, which is dropped again once the products are known.
"""

from __future__ import annotations

import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from time import process_time
from typing import Any

from benchmarks.figure import Figure
from benchmarks.lean.worker import ENVIRONMENT, Worker, tallied
from local.actors.feeder import instant
from local.paths import ROOT, TEMPLATE
from local.seed.network import NODES as DEMO_NODES
from local.template import load
from oms.domain.feeds.chunks import chunk_count
from oms.domain.model.rules import Product
from oms.stores.config.keys import NETWORK
from oms.stores.dynamo.codec import encode

LINES, AT_NODES, WRONG_EVERY, AGAIN_EVERY = 500_000, 10, 1_000, 100
SKUS = LINES // AT_NODES
KEPT_SKUS, TRACED_LINES = 20_000, 3_000  # as many products as a warm worker keeps; some chunks
HOSTILE_LINES, HOSTILE_BYTES = 10_000, 2_000  # more refused text than one file of it holds
SPARE = 2  # an invocation may take half of its memory
TIME_SPARE = 10  # and a tenth of its time
MOST_MINUTES = 15.0
LEAST_LINES_PER_CPU_S = 1_000.0
NODES = tuple(replace(DEMO_NODES[0], id=f"dc-{n:02d}") for n in range(AT_NODES))
STOCK = ENVIRONMENT["STOCK_TABLE"]
HEADER = "sku,node,quantity,as_of"
NAME, BYTES_A_MB = "stock/all.csv", 1024 * 1024


def big_feed() -> Iterator[Figure]:
    yield from booked_within_limits()
    memory_mb = int(function()["MemorySize"])
    used = worker_bytes() + hungriest_bytes()
    yield Figure("feed.500k.peak_mb", used / BYTES_A_MB, "MB", memory_mb / SPARE)


def booked_within_limits() -> Iterator[Figure]:
    worker = Worker(int(time.time()))
    skus = [f"SKU-{n:06d}" for n in range(SKUS)]
    unknown = set(skus[::WRONG_EVERY])
    known(worker, (sku for sku in skus if sku not in unknown))
    text = of_lines(skus, [node.id for node in NODES], worker.now)
    worker.dynamodb.units.clear()
    began = process_time()
    first = worker.drop(NAME, text, again=AGAIN_EVERY)
    cpu_s = process_time() - began
    wrong = len(unknown) * AT_NODES
    assert tallied(first) == {"booked": LINES - wrong, "repeated": 0, "stale": 0, "refused": wrong}
    units = worker.dynamodb.units[STOCK]
    most = chunk_count(len(text)) * (1 + 1 / AGAIN_EVERY) + 2
    yield Figure("feed.500k.invocations", len(worker.taken), "invocations", most)
    yield Figure("feed.500k.lines_per_cpu_s", LINES / cpu_s, "lines/s", least=LEAST_LINES_PER_CPU_S)
    yield Figure("feed.500k.write_units_per_line", units / LINES, "WRU", 2.1, digits=4)
    yield from times(worker)
    yield Figure("feed.500k.largest_item_bytes", worker.dynamodb.largest[STOCK], "B", 1024)
    known(worker, unknown)
    corrected = [worker.s3.text(key) for key in first.errors]
    again = [tallied(worker.drop(f"stock/{n}.csv", each)) for n, each in enumerate(corrected)]
    total = first.tally["booked"] + sum(each["booked"] for each in again)
    yield Figure("feed.500k.booked", total, "lines", LINES, least=LINES)


def times(worker: Worker) -> Iterator[Figure]:
    memory_mb, timeout_s = int(function()["MemorySize"]), float(function()["Timeout"])
    longest = max(worker.taken, key=lambda each: each.seconds(memory_mb))
    total_s = sum(each.seconds(memory_mb) for each in worker.taken)
    calls = longest.alone + longest.beside
    yield Figure("feed.500k.longest_invocation_calls", calls, "calls")
    yield Figure(
        "feed.500k.longest_invocation_s", longest.seconds(memory_mb), "s", timeout_s / TIME_SPARE
    )
    minutes = total_s / concurrency() / 60
    yield Figure("feed.500k.minutes", minutes, "min", MOST_MINUTES)


def hungriest_bytes() -> int:
    """Python's memory at the worst moment of any invocation, with what a warm worker keeps."""
    worker = Worker(int(time.time()))
    skus = [f"SKU-{n:06d}" for n in range(KEPT_SKUS)]
    known(worker, skus)
    worker.config.cached.clear()
    hostile = "\n".join([HEADER, *("x" * HOSTILE_BYTES for _ in range(HOSTILE_LINES))])
    fine = of_lines(skus[:TRACED_LINES], [NODES[0].id], worker.now)
    tracemalloc.start()
    try:
        worker.config.products(skus)
        assert tallied(worker.drop(NAME, fine))["booked"] == TRACED_LINES
        refused = worker.drop("stock/hostile.csv", hostile)
        assert tallied(refused)["refused"] == HOSTILE_LINES
        assert len(refused.errors) > 1
    finally:
        tracemalloc.stop()
    return max(each.memory for each in worker.taken)


def worker_bytes() -> int:
    """Resident memory of a fresh process that has what a warm worker has imported and built."""
    environment = ENVIRONMENT | {
        "PYTHONPATH": f"{ROOT}:{ROOT / 'layers/common'}",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
    }
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.lean.resting"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


def known(worker: Worker, skus: Iterable[str]) -> None:
    worker.config.put(NETWORK[0], {"nodes": {node.id: encode(node) for node in NODES}})
    for sku in skus:
        worker.config.put_product(Product(sku, f"Product of the name {sku}", 500))


def of_lines(skus: list[str], nodes: list[str], now: int) -> str:
    at = instant(now - 60)
    rows = [f"{sku},{node},{5 + n % 90},{at}" for n, sku in enumerate(skus) for node in nodes]
    return "\n".join([HEADER, *rows, ""])


@cache
def _template() -> dict[str, Any]:
    return dict(load(TEMPLATE)["Resources"])


def function() -> dict[str, Any]:
    return dict(_template()["FeedFunction"]["Properties"])


def concurrency() -> int:
    scaling = _template()["FeedsToFeed"]["Properties"]["ScalingConfig"]
    return int(scaling["MaximumConcurrency"])
