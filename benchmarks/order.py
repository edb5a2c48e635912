"""What one order costs from the cart to the door: units, transitions, invocations, dollars."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from benchmarks.counts import Counts, Mappings, reads_of, writes_of
from benchmarks.figure import Figure
from benchmarks.lifecycle import ONE_PART, TWO_PARTS, Story, live_through
from benchmarks.prices import usd_per_million
from benchmarks.proxy import Call
from benchmarks.world import MeteredWorld

OUTSIDE = "SandboxTable"  # stands for the payment provider and the carrier
CONFIGURATION = "ConfigTable"  # kept by each warm function for a minute, whatever it serves
QUEUES = "AWS::SQS::Queue"
AT_MOST = {"write_units": 36, "transitions": 8, "further_part": 2, "invocations": 14}
UNREADABLE = ("START RequestId", "END RequestId", "REPORT RequestId")


def order(world: MeteredWorld, *, explain: bool = False) -> Iterator[Figure]:
    """The first order fills the caches of the functions; the second one is measured."""
    live_through(world, ONE_PART, parts=1)
    story = live_through(world, ONE_PART, parts=1)
    counts = counted(world, story)
    two = live_through(world, TWO_PARTS, parts=2)
    billed = counts.billed(without=[OUTSIDE])
    dollars = usd_per_million(billed)
    alone = replace(counts, mappings=counts.mappings.unbatched)
    if explain:
        explained(counts, dollars)
    configuration = counts.reads.get(CONFIGURATION, 0)
    further = transitions(world, two.order_id) - counts.transitions
    yield Figure("order.write_units", billed["write_units"], "WRU", AT_MOST["write_units"])
    yield Figure("order.sandbox_write_units", counts.writes.get(OUTSIDE, 0), "WRU")
    yield Figure("order.read_units", billed["read_units"] - configuration, "RRU")
    yield Figure("order.config_read_units", configuration, "RRU")
    yield Figure(
        "order.standard_transitions", counts.transitions, "transitions", AT_MOST["transitions"]
    )
    yield Figure(
        "order.standard_transitions_per_further_part",
        further,
        "transitions",
        AT_MOST["further_part"],
    )
    yield Figure("order.invocations", len(counts.direct), "invocations", AT_MOST["invocations"])
    yield Figure("order.consumer_invocations", counts.consumers, "invocations")
    yield Figure("order.consumer_invocations_unbatched", alone.consumers, "invocations")
    yield Figure("order.http_requests", counts.http_requests, "requests")
    yield Figure("order.sqs_requests", counts.sqs_requests, "requests")
    yield Figure("order.eventbridge_events", counts.events, "events")
    yield Figure("order.s3_puts", counts.s3_puts, "requests")
    yield Figure("order.log_bytes", round(counts.logged_bytes), "bytes")
    yield Figure("order.usd_per_million", sum(dollars.values()), "USD")
    lonely = sum(usd_per_million(alone.billed(without=[OUTSIDE])).values())
    yield Figure("order.usd_per_million_unbatched", lonely, "USD")


def counted(world: MeteredWorld, story: Story) -> Counts:
    return Counts(
        metered=story.metered,
        mappings=mappings(world),
        tables=world.logical,
        transitions=transitions(world, story.order_id),
        log_bytes=log_bytes(world, story),
    )


def transitions(world: MeteredWorld, order_id: str) -> int:
    """States entered, and what was tried again, by the order's execution."""
    client = world.stack.client("stepfunctions")
    machine = world.stack.physical("OrderMachine")
    runs = client.list_executions(stateMachineArn=machine, maxResults=100)["executions"]
    (arn,) = [run["executionArn"] for run in runs if run["name"] == order_id]
    events = client.get_execution_history(executionArn=arn, maxResults=1000)["events"]
    kinds = Counter(str(event["type"]) for event in events)
    entered = sum(count for kind, count in kinds.items() if kind.endswith("StateEntered"))
    retried = max(0, kinds["TaskScheduled"] - kinds["TaskStateEntered"])
    return entered + retried


def mappings(world: MeteredWorld) -> Mappings:
    listed = world.stack.client("lambda").list_event_source_mappings()["EventSourceMappings"]
    sizes = {
        (_function(world, each["FunctionArn"]), each["EventSourceArn"]): each["BatchSize"]
        for each in listed
    }
    resources = world.stack.client("cloudformation").get_paginator("list_stack_resources")
    urls = [
        item["PhysicalResourceId"]
        for page in resources.paginate(StackName=world.stack.deployment.stack_name)
        for item in page["StackResourceSummaries"]
        if item["ResourceType"] == QUEUES
    ]
    return Mappings(sizes, {url: world.arn_of_queue(url) for url in urls})


def _function(world: MeteredWorld, arn: str) -> str:
    return world.logical[arn.rpartition(":")[2]]


def log_bytes(world: MeteredWorld, story: Story) -> int:
    """What functions printed in the wall-clock time of the story, without the platform's lines."""
    total = 0
    for name in sorted({each.function for each in story.metered.invocations}):
        total += sum(
            len(line.encode())
            for at, line in world.printed(name)
            if story.began_ms <= at <= story.ended_ms and not line.startswith(UNREADABLE)
        )
    return total


def explained(counts: Counts, dollars: dict[str, float]) -> None:
    """Where it comes from, on standard error."""
    for call in sorted(counts.metered.calls, key=lambda each: each.began):
        costs = {"W": writes_of(call), "R": reads_of(call)}
        units = " ".join(f"{n:g}{kind}" for kind, found in costs.items() for n in found.values())
        _say(f"{call.function:22} {call.operation:14} {units:6} {_what(call)}")
    for each in counts.metered.invocations:
        _say(f"{each.function:22} {each.kind:8} {each.records:3} {each.what[-60:]}")
    for route in counts.consumed:
        _say(f"{route[0]:22} {counts.records(route):g} records of {route[1][-60:]}")
    for kind, amount in sorted(dollars.items(), key=lambda row: -row[1]):
        _say(f"{kind:16} {amount:8.2f} USD per million orders")


def _what(call: Call) -> str:
    request: Any = call.request
    if "Entries" in request:
        return " ".join(entry.get("DetailType", "") for entry in request["Entries"])
    keys = request.get("Key") or request.get("Item") or request.get("ExpressionAttributeValues")
    last = (request.get("Item") or {}).get("last", {}).get("M", {}).get("k", {}).get("S", "")
    values = [next(iter(value.values())) for name, value in (keys or {}).items() if name in _KEYS]
    return " ".join([*map(str, values), last, "" if call.status == 200 else str(call.status)])


_KEYS = ("pk", "sk", ":pk", ":sk", "key")


def _say(line: str) -> None:
    print(line, file=sys.stderr)
