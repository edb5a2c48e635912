"""A discrete-event model of DynamoDB: partitions with a write limit, latency, lost replies.

Each partition is a token bucket of WRITE_UNITS_PER_S, BUCKET_S deep. A request reaches it after
half of its round trip and is throttled where the bucket lacks what it costs; the caller tries
again, as an SDK does. A reply can get lost: the write is done, and the caller sends it again.
"""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from oms.domain.ids import ALPHABET, digest

PARTITIONS = 48
WRITE_UNITS_PER_S = 1_000
BUCKET_S = 0.1
RTT_S, JITTER_S = 0.004, 0.001  # 4 ms and an exponential tail of 1 ms on average
RETRY_S, MOST_RETRY_S = 0.025, 1.0  # exponential backoff with full jitter
REPLY_TIMEOUT_S = 0.1


@dataclass(frozen=True, slots=True)
class Request:
    """`decide` looks at what is stored and answers (units, reply, commit); a refused condition and
    a read commit nothing, a read costs no write units.
    """

    key: str
    kind: str
    decide: Callable[[], tuple[int, Any, Callable[[], None] | None]]


@dataclass(frozen=True, slots=True)
class Wait:
    seconds: float


Process = Generator[Request | Wait, Any, None]


@dataclass
class Cloud:
    """Runs processes in virtual time; `written` counts units by kind of request."""

    random: random.Random
    lost_replies: float = 0.0
    now: float = 0.0
    written: Counter[str] = field(default_factory=Counter)
    throttles: int = 0
    peak: float = 0.0  # units of one partition within BUCKET_S
    _queue: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    _numbers: Any = field(default_factory=count)
    _buckets: dict[int, tuple[float, float]] = field(default_factory=dict)

    def at(self, when: float, do: Callable[[], None]) -> None:
        heapq.heappush(self._queue, (when, next(self._numbers), do))

    def run(self) -> None:
        while self._queue:
            self.now, _, do = heapq.heappop(self._queue)
            do()

    def start(self, process: Process) -> None:
        self.at(self.now, lambda: self._go_on(process, None))

    def _go_on(self, process: Process, reply: Any) -> None:
        try:
            asked = process.send(reply)
        except StopIteration:
            return
        if isinstance(asked, Wait):
            self.at(self.now + asked.seconds, lambda: self._go_on(process, None))
        else:
            self._send(process, asked, 0)

    def _send(self, process: Process, request: Request, tries: int) -> None:
        rtt = RTT_S + self.random.expovariate(1 / JITTER_S)
        self.at(self.now + rtt / 2, lambda: self._arrive(process, request, tries, rtt / 2))

    def _arrive(self, process: Process, request: Request, tries: int, back_s: float) -> None:
        units, reply, commit = request.decide()
        if not self._take(request.key, units):
            self.throttles += 1
            pause = self.random.uniform(0, min(MOST_RETRY_S, RETRY_S * 2**tries))
            again = self.now + back_s + pause
            self.at(again, lambda: self._send(process, request, tries + 1))
            return
        self.written[request.kind] += units
        if commit:
            commit()
        if units and self.random.random() < self.lost_replies:
            self.at(self.now + REPLY_TIMEOUT_S, lambda: self._send(process, request, 0))
        else:
            self.at(self.now + back_s, lambda: self._go_on(process, reply))

    def _take(self, key: str, units: int) -> bool:
        partition = partition_of(key)
        full = WRITE_UNITS_PER_S * BUCKET_S
        left, at = self._buckets.get(partition, (full, 0.0))
        left = min(full, left + (self.now - at) * WRITE_UNITS_PER_S)
        if left < units:
            self._buckets[partition] = (left, self.now)
            return False
        self._buckets[partition] = (left - units, self.now)
        self.peak = max(self.peak, full - left + units)
        return True


def partition_of(key: str) -> int:
    drawn = digest("partition", key, length=2)
    return (ALPHABET.index(drawn[0]) * len(ALPHABET) + ALPHABET.index(drawn[1])) % PARTITIONS
