"""From metered calls and invocations to the counts that are billed, for one order.

Direct invocations (API requests, tasks of executions) are counted as they are. Consumers of
streams and queues take records in batches, whose size follows from the load: here an order runs
alone and gets small ones. So their invocations are amortised, `records / batch size`, as where
batches are full, and what a consumer does once for a batch (an object for the lake, a message to
a queue, a list in the book of promises) is amortised with them. What it does once for a record is
counted as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from benchmarks import units
from benchmarks.chains import longest_chain
from benchmarks.prices import (
    ACCESS_LOG_BYTES,
    GB,
    HANDLER_MS,
    REPORT_BYTES,
    ROUND_TRIP_MS,
)
from benchmarks.proxy import Call
from benchmarks.world import Invocation, Metered

Route = tuple[str, str]  # function, ARN of its source
OK = 200
ONCE_A_BATCH = frozenset({"PromisesTable"})  # written for a batch of changes, not for each
REFUSED = frozenset({"ConditionalCheckFailedException", "TransactionCanceledException"})


@dataclass(frozen=True, slots=True)
class Mappings:
    """Event source mappings of the stack. `queues`: address → ARN."""

    batch_sizes: Mapping[Route, int]
    queues: Mapping[str, str] = field(default_factory=dict)

    @property
    def unbatched(self) -> Mappings:
        """The other extreme: so little load that each record is a batch of its own."""
        return Mappings(dict.fromkeys(self.batch_sizes, 1), self.queues)


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one order. Tables are logical ids; `writes` and `reads` hold units by table."""

    metered: Metered
    mappings: Mappings
    tables: Mapping[str, str]
    transitions: int
    log_bytes: int

    # --- tables ----------------------------------------------------------------------------------

    @property
    def writes(self) -> dict[str, float]:
        found: dict[str, float] = defaultdict(float)
        for call in self._of("dynamodb"):
            for table, count in writes_of(call).items():
                name = self.tables[table]
                found[name] += count * (self.share(call) if name in ONCE_A_BATCH else 1)
        return dict(found)

    @property
    def reads(self) -> dict[str, float]:
        found: dict[str, float] = defaultdict(float)
        for call in self._of("dynamodb"):
            for table, count in reads_of(call).items():
                found[self.tables[table]] += count
        return dict(found)

    # --- functions -------------------------------------------------------------------------------

    @property
    def direct(self) -> list[Invocation]:
        return [each for each in self.metered.invocations if each.kind in ("http", "task")]

    @property
    def consumed(self) -> dict[Route, list[Invocation]]:
        """Invocations of consumers by their mapping."""
        found: dict[Route, list[Invocation]] = defaultdict(list)
        for each in self.metered.invocations:
            if each.kind == "records":
                found[each.function, each.what].append(each)
        return dict(found)

    @property
    def consumers(self) -> float:
        """Amortised invocations of all consumers."""
        return sum(self.amortised(route) for route in self.consumed)

    def amortised(self, route: Route) -> float:
        return self.records(route) / self.mappings.batch_sizes[route]

    def records(self, route: Route) -> float:
        """As delivered; a message that a consumer sent once for its batch counts by its share."""
        _, source = route
        delivered = sum(each.records for each in self.consumed[route])
        sent = [call for call in self._sends() if self._queue(call) == source]
        return delivered - len(sent) + sum(self.share(call) for call in sent)

    def share(self, call: Call) -> float:
        """What part of a call one order is charged for: 1, unless it was made for a batch."""
        for route, invocations in self.consumed.items():
            if any(call in self.metered.calls_of(each) for each in invocations):
                records = sum(each.records for each in invocations)
                return records / self.mappings.batch_sizes[route] / len(invocations)
        return 1.0

    @property
    def gb_seconds(self) -> float:
        """Handlers amortised as their invocations are; round trips as they were made."""
        total = 0.0
        for each in self.metered.invocations:
            spans = [(call.began, call.ended) for call in self.metered.calls_of(each)]
            ms = HANDLER_MS * self._weight(each) + ROUND_TRIP_MS * longest_chain(spans)
            total += ms / 1000 * each.memory_mb / 1024
        return total

    def _weight(self, invocation: Invocation) -> float:
        if invocation.kind != "records":
            return 1.0
        route = invocation.function, invocation.what
        return self.amortised(route) / len(self.consumed[route])

    # --- everything else -------------------------------------------------------------------------

    @property
    def http_requests(self) -> int:
        return sum(each.kind == "http" for each in self.direct)

    @property
    def sqs_requests(self) -> float:
        """Sends, by functions and by the bus one for each message; receives and deletes of full
        batches."""
        total = sum(self.share(call) for call in self._sends())
        for route in self.consumed:
            if route[1] in self.mappings.queues.values():
                by_functions = sum(
                    self.share(call) for call in self._sends() if self._queue(call) == route[1]
                )
                by_bus = self.records(route) - by_functions
                total += by_bus + 2 * self.amortised(route)
        return total

    @property
    def events(self) -> int:
        puts = [call for call in self._of("events") if call.operation == "PutEvents"]
        return sum(len(call.request["Entries"]) for call in puts)

    @property
    def s3_puts(self) -> float:
        return sum(self.share(call) for call in self._of("s3") if call.operation == "PUT")

    @property
    def s3_gets(self) -> float:
        return sum(self.share(call) for call in self._of("s3") if call.operation == "GET")

    @property
    def logged_bytes(self) -> float:
        invocations = len(self.direct) + self.consumers
        platform = invocations * REPORT_BYTES + self.http_requests * ACCESS_LOG_BYTES
        return self.log_bytes + platform

    def billed(self, *, without: Iterable[str] = ()) -> dict[str, float]:
        """Counts by the kinds of `prices.PRICE`; tables `without` are of outside parties."""
        left_out = set(without)
        return {
            "write_units": sum(n for table, n in self.writes.items() if table not in left_out),
            "read_units": sum(n for table, n in self.reads.items() if table not in left_out),
            "invocations": len(self.direct) + self.consumers,
            "gb_seconds": self.gb_seconds,
            "transitions": self.transitions + 1,  # AWS counts the start as well
            "sqs_requests": self.sqs_requests,
            "events": self.events,
            "http_requests": self.http_requests,
            "s3_puts": self.s3_puts,
            "s3_gets": self.s3_gets,
            "log_gb": self.logged_bytes / GB,
        }

    def _of(self, service: str) -> list[Call]:
        return [call for call in self.metered.calls if call.service == service]

    def _sends(self) -> list[Call]:
        return [call for call in self._of("sqs") if call.operation == "SendMessage"]

    def _queue(self, call: Call) -> str:
        return self.mappings.queues[call.request["QueueUrl"]]


def writes_of(call: Call) -> dict[str, float]:
    """Table → write units of one call to DynamoDB."""
    if "ConsumedCapacity" in call.response:
        return units.units_of_write(call.response)
    if call.response.get("__type", "").rpartition("#")[2] in REFUSED:
        return units.units_of_refused_write(call.operation, call.request, call.response)
    return {}


def reads_of(call: Call) -> dict[str, float]:
    """Table → read units of one call to DynamoDB."""
    if call.operation not in units.READS or call.status != OK:
        return {}
    return units.units_of_read(call.operation, call.request, call.response)
