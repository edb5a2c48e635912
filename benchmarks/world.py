"""The real stack, seeded, with the meter between its functions and the cloud."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.proxy import Call, Proxy
from local.actors.world import World
from local.cloud import Cloud
from local.seed.load import load
from local.stack import Stack, up

QUIET_S = 2.0  # nobody called anything for so long: whatever followed from an order has happened
QUIET_WITHIN_S = 90.0


@dataclass(frozen=True, slots=True)
class Invocation:
    """One call of a function, as the cloud saw it; `kind` and `what` as in `local/server.py`."""

    function: str
    kind: str
    what: str
    records: int
    memory_mb: int
    began: float
    ended: float


@dataclass(frozen=True, slots=True)
class Metered:
    """What happened between two moments."""

    calls: list[Call]
    invocations: list[Invocation]

    @property
    def of_orders(self) -> Metered:
        """Without functions that a schedule called: their work does not grow with orders."""
        scheduled = {each.function for each in self.invocations if each.kind == "other"}
        return Metered(
            [call for call in self.calls if call.function not in scheduled],
            [each for each in self.invocations if each.function not in scheduled],
        )

    def calls_of(self, invocation: Invocation) -> list[Call]:
        """What it called, where no other call of the same function ran beside it."""
        return [
            call
            for call in self.calls
            if call.function == invocation.function
            and invocation.began <= call.began <= invocation.ended
        ]


@dataclass
class MeteredWorld:
    stack: Stack
    proxy: Proxy
    log: Path

    @cached_property
    def actors(self) -> World:
        return World(self.stack, load(self.stack))

    @cached_property
    def logical(self) -> dict[str, str]:
        """Physical name of a function, table or queue → its logical id in the template."""
        return {value: name for name, value in self.stack.deployment.physical.items()}

    def now(self) -> float:
        return time.monotonic()

    def arn_of_queue(self, url: str) -> str:
        asked = {"QueueUrl": url, "AttributeNames": ["QueueArn"]}
        found = self.stack.client("sqs").get_queue_attributes(**asked)["Attributes"]
        return str(found["QueueArn"])

    def printed(self, function: str) -> list[tuple[int, str]]:
        """Lines of a function's log with their times, in ms."""
        group = f"/aws/lambda/{self.stack.physical(function)}"
        pages = self.stack.client("logs").get_paginator("filter_log_events")
        found = (event for page in pages.paginate(logGroupName=group) for event in page["events"])
        return [(event["timestamp"], event["message"]) for event in found]

    def since(self, moment: float) -> Metered:
        return Metered(
            [call for call in self.proxy.calls if call.began >= moment],
            [each for each in self._invocations() if each.began >= moment],
        )

    def settle(self, quiet_s: float = QUIET_S) -> None:
        """Wait until nothing was called for `quiet_s`. Raises TimeoutError."""
        deadline = time.monotonic() + QUIET_WITHIN_S
        while (now := time.monotonic()) < deadline:
            if self.proxy.idle and now - self._last() > quiet_s:
                return
            time.sleep(0.1)
        raise TimeoutError(f"functions are still busy after {QUIET_WITHIN_S:.0f} s")

    def _last(self) -> float:
        """When something ended last."""
        ends = [call.ended for call in self.proxy.calls]
        return max([*ends, *[each.ended for each in self._invocations()]], default=0.0)

    def _invocations(self) -> list[Invocation]:
        """The server may be writing the last line: it is whole once it has its end."""
        lines = self.log.read_text().splitlines(keepends=True) if self.log.exists() else []
        return [self._invocation(json.loads(line)) for line in lines if line.endswith("\n")]

    def _invocation(self, line: dict[str, Any]) -> Invocation:
        return Invocation(**line | {"function": self.logical[line["function"]]})


@contextmanager
def metered_world() -> Iterator[MeteredWorld]:
    """A stack of its own. Roles are not enforced: the meter changes what was signed."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "invocations.jsonl"
        with Cloud.start(auth=False, invocations=log) as cloud:
            proxy = Proxy(cloud.endpoint)

            def environment(function: str) -> dict[str, str]:
                return {"AWS_ENDPOINT_URL": proxy.url, "AWS_SDK_UA_APP_ID": function}

            try:
                with up(cloud=cloud, environment=environment) as stack:
                    yield MeteredWorld(stack, proxy, log)
            finally:
                proxy.stop()
