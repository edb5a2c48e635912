"""The feed function on a lean cloud: its handler, use cases, stores and gateways are the real ones.

What an invocation takes is accounted as on Lambda: its calls, each as slow as on a bad day and
side by side where the code makes them so, and CPU time at the share of a core that memory buys.
"""

from __future__ import annotations

import json
import tracemalloc
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import process_time
from typing import Any

from benchmarks.lean.dynamo import LeanDynamo
from benchmarks.lean.files import LeanBucket, LeanQueue
from functions.feed import app
from oms import wiring
from oms.domain import limits
from oms.domain.feeds.load import FeedLoad
from oms.stores.config.store import ConfigStore
from oms.stores.loads.store import LoadStore

BUCKET = "inbox"
ENVIRONMENT = {
    "STOCK_TABLE": "stock",
    "CONFIG_TABLE": "config",
    "INBOX_BUCKET": BUCKET,
    "FEED_QUEUE_URL": "queue",
    "FEED_DLQ_URL": "dead",
}
FULL_CORE_MB = 1769  # Lambda: the memory that buys one core


@dataclass
class LeanLive(wiring.Live):
    """What the handler finds in `wiring.live()`, with lean clients under it."""

    dynamodb: LeanDynamo
    s3: LeanBucket
    sqs: LeanQueue
    at: int

    def client(self, service: str) -> Any:
        return {"dynamodb": self.dynamodb, "s3": self.s3, "sqs": self.sqs}[service]

    def env(self, name: str) -> str:
        return ENVIRONMENT[name]

    def now(self) -> int:
        return self.at


@dataclass(frozen=True, slots=True)
class Invocation:
    """`alone` and `beside`: calls that were waited for one by one, and side by side."""

    alone: int
    beside: int
    cpu_s: float
    memory: int  # bytes of Python's at the worst moment, 0 where not traced

    def seconds(self, memory_mb: int) -> float:
        """On a bad day, at a function of so much memory."""
        waits = self.alone + self.beside / limits.FEED_PARALLEL
        share = min(1.0, memory_mb / FULL_CORE_MB)
        return waits * limits.FEED_LINE_MS / 1000 + self.cpu_s / share


@dataclass
class Worker:
    """One warm worker; `taken` are its invocations so far."""

    now: int
    dynamodb: LeanDynamo = field(default_factory=LeanDynamo)
    s3: LeanBucket = field(default_factory=LeanBucket)
    sqs: LeanQueue = field(default_factory=LeanQueue)
    taken: list[Invocation] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.live = LeanLive(self.dynamodb, self.s3, self.sqs, self.now)

    @property
    def config(self) -> ConfigStore:
        return self.live.config

    def drop(self, name: str, text: str, *, again: int = 0) -> FeedLoad:
        """The load after all that follows; every `again`-th chunk is delivered twice (0: none)."""
        body = text.encode()
        etag = self.s3.put_object(Bucket=BUCKET, Key=name, Body=body)["ETag"]
        about = {"key": name, "eTag": etag, "size": len(body), "sequencer": str(len(self.taken))}
        self.deliver(json.dumps({"Records": [{"s3": {"object": about}}]}))
        while self.sqs.waiting:
            message = self.sqs.waiting.popleft()
            self.deliver(message)
            if again and len(self.taken) % again == 0:
                self.deliver(message)
        return LoadStore(self.live.table("STOCK_TABLE")).of_file(name)[0]

    def deliver(self, body: str) -> None:
        assert len(body.encode()) <= 256 * 1024, "a message of SQS"
        before, began = self._calls(), process_time()
        if tracemalloc.is_tracing():
            tracemalloc.reset_peak()
        with lived(self.live):
            answer = app.handler({"Records": [{"messageId": "m", "body": body}]}, None)
        assert answer == {"batchItemFailures": []}, body
        made, cpu_s = self._calls() - before, process_time() - began
        memory = tracemalloc.get_traced_memory()[1] if tracemalloc.is_tracing() else 0
        self.taken.append(Invocation(made[False], made[True], cpu_s, memory))

    def _calls(self) -> Counter[bool]:
        return self.dynamodb.calls + self.s3.calls + self.sqs.calls


@contextmanager
def lived(live: wiring.Live) -> Iterator[None]:
    """The handler's world for a while."""
    real = wiring.live
    wiring.live = lambda: live  # type: ignore[assignment]
    try:
        yield
    finally:
        wiring.live = real


def tallied(load: FeedLoad) -> Mapping[str, int]:
    assert load.status == "DONE", load.reason
    return load.tally
