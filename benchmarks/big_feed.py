"""500,000 stock lines in one file: what its invocations take, computed from a bounded run.

The file is cut into chunks of equal size, so that two invocations say what all take: one that books
lines, and the last one, which gathers what was refused of every chunk. Both run here, in the
deployed function on tables in process. That each line is booked once, and what it costs, is shown
on the real stack (`benchmarks/feed.py`).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import boto3
from moto import mock_aws

from benchmarks.accounts import AccountedWorld, Invocation
from benchmarks.figure import Figure
from benchmarks.units import item_bytes
from local.actors.feeder import instant
from local.paths import ROOT
from oms.domain.feeds.chunks import chunk_count
from oms.domain.limits.feeds import (
    FEED_CHUNK_BYTES,
    FEED_LINE_MS,
    FEED_PARALLEL,
    MAX_FEED_CHUNK_LINES,
    MAX_FEED_ERRORS_BYTES,
)
from oms.domain.model.product import Product
from tests.inprocess import deployed

LINES, BOOKED, CHUNKS = 500_000, 150, 48  # of the file, and of the run
WRONG_BYTES = 2_000  # of a line that is refused
QUEUE, BUCKET, REGION = "FeedQueue", "InboxBucket", "eu-west-1"
NODE, HEADER = "dc-lille", "sku,node,quantity,as_of"
FULL_CORE_MB = 1769  # Lambda: the memory that buys one core
CALL_S = FEED_LINE_MS / 1000  # on a bad day
SPARE, TIME_SPARE = 2, 10  # an invocation may take half of its memory, a tenth of its time
MOST_MINUTES, LEAST_LINES_PER_CPU_S = 15.0, 1_000.0
MB, KEPT_BYTES = 1024 * 1024, 20_000 * 1024  # rows of configuration that a warm worker keeps


class Inbox:
    """The bucket and the function behind it."""

    def __init__(self) -> None:
        self.world = AccountedWorld()
        self.s3 = boto3.client("s3", region_name=REGION)
        self.s3.create_bucket(
            Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        self.world.clients["s3"] = self.s3

    def drop(self, name: str, text: str) -> list[Invocation]:
        """All invocations that follow."""
        taken = self.world.taken
        before, body = len(taken), text.encode()
        etag = self.s3.put_object(Bucket=BUCKET, Key=name, Body=body)["ETag"].strip('"')
        about = {"key": name, "eTag": etag, "size": len(body), "sequencer": name}
        self.world.queues.put(QUEUE, json.dumps({"Records": [{"s3": {"object": about}}]}), {})
        (mapping,) = [each for each in self.world.mappings if each.given.source == QUEUE]
        while mapping.deliver():
            pass
        assert self.world.died == []
        return taken[before:]


@dataclass(frozen=True, slots=True)
class Work:
    """So many lines booked, or chunks gathered, by one invocation; `apart` is what each adds."""

    count: int
    taken: Invocation

    @property
    def cpu_s(self) -> float:
        return self.taken.cpu_s / self.count

    def seconds(self, count: int) -> float:
        """Of an invocation with so many: one call for each, side by side, the others in turn."""
        others = self.taken.calls - self.count
        waits = others + count / FEED_PARALLEL
        share = min(1.0, memory_mb() / FULL_CORE_MB)
        return waits * CALL_S + count * self.cpu_s / share


def big_feed() -> Iterator[Figure]:
    with mock_aws():
        yield from times()
    with mock_aws():
        yield Figure("feed.500k.peak_mb", peak_bytes() / MB, "MB", memory_mb() / SPARE)


def times() -> Iterator[Figure]:
    inbox = Inbox()
    chunks = chunk_count(len(file_of(range(LINES), inbox.world.now)))
    booking, gathering = booked(inbox), refused(inbox)
    each_s, last_s = booking.seconds(-(-LINES // chunks)), gathering.seconds(chunks)
    yield Figure("feed.500k.invocations", chunks + 1, "invocations")
    for work, name in ((booking, "line"), (gathering, "chunk")):
        yield Figure(f"feed.500k.calls_per_{name}", work.taken.calls / work.count, "calls", 1.25)
    most_s = float(str(properties()["Timeout"])) / TIME_SPARE
    yield Figure("feed.500k.longest_invocation_s", max(each_s, last_s), "s", most_s)
    minutes = (chunks * each_s + last_s) / concurrency() / 60
    yield Figure("feed.500k.minutes", minutes, "min", MOST_MINUTES)
    least = LEAST_LINES_PER_CPU_S
    yield Figure("feed.500k.lines_per_cpu_s", 1 / booking.cpu_s, "lines/s", least=least)
    largest = max(map(item_bytes, inbox.world.dynamo.items("StockTable")))
    yield Figure("feed.500k.largest_item_bytes", largest, "B", 1024)


def booked(inbox: Inbox) -> Work:
    """A chunk of lines, each new, on a worker that has booked one before."""
    for n in range(BOOKED + 1):
        inbox.world.config.put_product(Product(sku(n), f"Product of the name {sku(n)}", 500))
    inbox.drop("stock/first.csv", file_of([BOOKED], inbox.world.now))
    taken = inbox.drop("stock/good.csv", file_of(range(BOOKED), inbox.world.now))
    assert all(inbox.world.stock.items.get(sku(n), NODE) for n in range(BOOKED))
    return Work(BOOKED, taken[-1])


def refused(inbox: Inbox) -> Work:
    """The last chunk of a file whose every line is wrong."""
    lines = CHUNKS * FEED_CHUNK_BYTES // WRONG_BYTES
    text = "\n".join([HEADER, *["x" * WRONG_BYTES] * lines])
    return Work(CHUNKS, inbox.drop("stock/wrong.csv", text)[-1])


def peak_bytes() -> int:
    """Of a warm worker that gathers as much as one file of refused lines may hold."""
    inbox = Inbox()
    tracemalloc.start()
    try:
        booking, gathering = booked(inbox), refused(inbox)
    finally:
        tracemalloc.stop()
    times_larger = MAX_FEED_ERRORS_BYTES / (CHUNKS * FEED_CHUNK_BYTES)
    gathered = gathering.taken.memory * times_larger
    chunk = booking.taken.memory * MAX_FEED_CHUNK_LINES / BOOKED
    return worker_bytes() + KEPT_BYTES + int(max(gathered, chunk))


def worker_bytes() -> int:
    """Resident memory of a fresh process that has what a warm worker has imported and built."""
    environment = deployed.environment(function()) | {
        "PYTHONPATH": f"{ROOT}:{ROOT / 'layers/common'}",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
    }
    command = [sys.executable, "-m", "benchmarks.resting", function(), "dynamodb", "s3", "sqs"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return int(done.stdout)


def file_of(lines: Iterable[int], now: int) -> str:
    at = instant(now - 60)
    return "\n".join([HEADER, *(f"{sku(n)},{NODE},{5 + n % 90},{at}" for n in lines), ""])


def sku(n: int) -> str:
    return f"SKU-{n:06d}"


@cache
def function() -> str:
    (name,) = [each.function for each in deployed.mappings() if each.source == QUEUE]
    return name


def properties() -> dict[str, object]:
    return deployed.of_type("AWS::Serverless::Function")[deployed.logical_id(function())]


def memory_mb() -> int:
    return int(str(properties()["MemorySize"]))


def concurrency() -> int:
    (name,) = [each.name for each in deployed.mappings() if each.source == QUEUE]
    scaling = deployed.of_type("AWS::Lambda::EventSourceMapping")[name]["ScalingConfig"]
    return int(scaling["MaximumConcurrency"])
