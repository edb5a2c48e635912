"""Nothing is lost, nothing is told twice under two names."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import boto3
import pytest
from moto import mock_aws

from oms.domain.errors import Fault
from oms.domain.publishing.events import Event
from oms.edge.streams import Change
from oms.gateways.bus import MAX_BYTES, MAX_ENTRIES, EventBus, chunks, size_of
from oms.gateways.lake import S3Lake
from oms.usecases.publishing.publish_changes import publish_changes
from tests.usecases.orders import ID

DAY = 1_795_508_400  # 24 November 2026


def transition(sequence: int, sk: str = "STATE", version: int = 2) -> Change:
    kind = "accept" if sk.startswith("FO") else "confirm"
    last = {"k": kind, "at": DAY, "by": "payments"}
    new = {"v": version, "last": last, "status": "CONFIRMED"}
    return Change(str(sequence), f"O#{ID}", sk, {"v": version - 1}, new, DAY)


def movement(sequence: int) -> Change:
    last = {"k": "ALLOCATE", "id": "m", "q": 1, "by": "system"}
    return Change(
        str(sequence), "SKU#A", "NODE#n", {"v": 1, "av": 1}, {"v": 2, "av": 0, "last": last}, DAY
    )


class Events:
    """EventBridge as it answers; `refusing` names detail types it does not take."""

    def __init__(self, refusing: frozenset[str] = frozenset()) -> None:
        self.refusing = refusing
        self.calls: list[list[Mapping[str, Any]]] = []

    def put_events(self, *, Entries: list[Mapping[str, Any]]) -> dict[str, Any]:  # noqa: N803
        self.calls.append(Entries)
        failed = [entry for entry in Entries if entry["DetailType"] in self.refusing]
        return {"FailedEntryCount": len(failed)}


class Kept:
    def __init__(self) -> None:
        self.objects: dict[str, Sequence[Mapping[str, Any]]] = {}

    def put(self, key: str, lines: Sequence[Mapping[str, Any]]) -> None:
        self.objects[key] = list(lines)


def test_a_batch_is_one_object_and_its_events() -> None:
    client, lake = Events(), Kept()
    batch = [transition(1), transition(2, "WAIT#ORDER"), transition(3, "FO#01")]
    assert publish_changes(batch, bus=EventBus(client, "bus"), lake=lake) == 2
    ((key, lines),) = lake.objects.items()
    assert key.startswith("orders/dt=2026-11-24/1-")
    assert [line["item"] for line in lines] == ["STATE", "FO#01"]
    (entries,) = client.calls
    assert [entry["DetailType"] for entry in entries] == ["order.confirmed", "fulfilment.accepted"]
    assert json.loads(entries[0]["Detail"])["id"] == f"O#{ID}|STATE:2"
    assert {entry["EventBusName"] for entry in entries} == {"bus"}


def test_stock_has_its_own_folder() -> None:
    client, lake = Events(), Kept()
    assert publish_changes([movement(5)], bus=EventBus(client, "bus"), lake=lake) == 1
    assert [key.partition("/")[0] for key in lake.objects] == ["stock"]


def test_a_batch_delivered_again_overwrites_its_object_whatever_its_length() -> None:
    lake, bus = Kept(), EventBus(Events(), "bus")
    batch = [transition(n, version=n) for n in range(2, 8)]
    for delivered in (batch[:2], batch, batch[:4], batch[4:]):
        publish_changes(delivered, bus=bus, lake=lake)
    ids = [line["id"] for lines in lake.objects.values() for line in lines]
    assert sorted(ids) == sorted({f"O#{ID}|STATE:{n}" for n in range(2, 8)})


def test_a_refused_event_brings_the_batch_back() -> None:
    client, lake = Events(frozenset({"fulfilment.accepted"})), Kept()
    batch = [transition(n, "FO#01", n) for n in range(2, 14)] + [transition(20)]
    with pytest.raises(Fault):
        publish_changes(batch, bus=EventBus(client, "bus"), lake=lake)
    assert sum(map(len, client.calls)) == 13, "what can be taken is taken"
    client.refusing = frozenset()
    assert publish_changes(batch, bus=EventBus(client, "bus"), lake=lake) == 13


def test_nothing_to_tell_asks_nobody() -> None:
    client, lake = Events(), Kept()
    assert publish_changes([transition(1, "WAIT#ORDER")], bus=EventBus(client, "b"), lake=lake) == 0
    assert (client.calls, lake.objects) == ([], {})


def test_chunks_respect_number_and_size() -> None:
    entries = [
        {"Source": "oms", "DetailType": "a.b", "Detail": "é" * size}
        for size in [10] * 25 + [60_000, 60_000, 60_000, 10]
    ]
    found = list(chunks(entries))
    assert [entry for chunk in found for entry in chunk] == entries
    assert max(map(len, found)) == MAX_ENTRIES
    assert all(sum(map(size_of, chunk)) <= MAX_BYTES for chunk in found)


def test_the_real_clients_take_it() -> None:
    with mock_aws():
        s3 = boto3.client("s3", region_name="eu-west-1")
        where = {"LocationConstraint": "eu-west-1"}
        s3.create_bucket(Bucket="lake", CreateBucketConfiguration=where)
        bus = boto3.client("events", region_name="eu-west-1")
        bus.create_event_bus(Name="oms")
        publish_changes([transition(1)], bus=EventBus(bus, "oms"), lake=S3Lake(s3, "lake"))
        (found,) = s3.list_objects_v2(Bucket="lake")["Contents"]
        text = s3.get_object(Bucket="lake", Key=found["Key"])["Body"].read().decode()
    assert [json.loads(line)["item"] for line in text.splitlines()] == ["STATE"]


def test_an_event_is_small() -> None:
    event = Event("x", "order.confirmed", DAY, {"id": "x"})
    assert size_of(EventBus(Events(), "b")._entry(event)) < 1024
