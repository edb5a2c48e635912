"""feed: from a drop in the bucket to booked lines and the file of refused ones, killed anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import pytest

from functions.load_stock_files import app
from oms import wiring
from oms.domain.feeds.load import FeedLoad
from oms.domain.limits.feeds import FEED_CHUNK_BYTES
from oms.gateways.inbox import S3Inbox
from oms.stores.loads.store import LoadStore
from oms.stores.stock.feeds import StockFeedStore
from tests.cloud import NOW, World, world
from tests.invocation import CONTEXT

EVENTS = Path(__file__).parents[2] / "events" / "load_stock_files"
NAME = "stock/lille monday.csv"
HEADER = "sku,node,quantity,as_of\n"


@dataclass
class Desk:
    """The bucket, what was queued, and the world behind."""

    cloud: World
    inbox: S3Inbox
    loads: LoadStore
    queued: list[dict[str, Any]] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)

    def put(self, name: str, id: str, chunks: Sequence[int]) -> None:
        self.queued += [{"name": name, "load": id, "chunk": chunk} for chunk in chunks]

    def drop(self, text: str, *, times: int = 1) -> None:
        self.inbox.put(NAME, text)
        head = self.inbox.client.head_object(Bucket="inbox", Key=NAME)
        event = json.loads((EVENTS / "sqs_drop.json").read_text())
        body = json.loads(event["Records"][0]["body"])
        body["Records"][0]["s3"]["object"] |= {
            "size": head["ContentLength"],
            "eTag": head["ETag"].strip('"'),
        }
        event["Records"][0]["body"] = json.dumps(body)
        for _ in range(times):
            assert app.handler(event, CONTEXT) == {"batchItemFailures": []}

    def run(self) -> list[dict[str, Any]]:
        """Every queued chunk, each delivered twice; what failed."""
        failed = []
        for body in [*self.queued, *self.queued]:
            record = {"messageId": "m", "body": json.dumps(body)}
            failed += app.handler({"Records": [record]}, CONTEXT)["batchItemFailures"]
        return failed

    def load(self) -> FeedLoad:
        return self.loads.of_file(NAME)[0]


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with world() as built:
        s3 = boto3.client("s3", region_name="us-east-1")
        s3.create_bucket(Bucket="inbox")
        made = Desk(built, S3Inbox(s3, "inbox"), LoadStore(built.stock.table))
        live = SimpleNamespace(
            stock=built.stock,
            feeds=StockFeedStore(built.stock),
            config=built.config,
            inbox=made.inbox,
            loads=made.loads,
            chunks=made,
            now=lambda: NOW,
            dead_letters=lambda message, reason: made.dead.append(reason),
        )
        monkeypatch.setattr(wiring, "live", lambda: live)
        yield made


def line(sku: int, units: object) -> str:
    return f"SKU-{sku:03d},dc-lille,{units},2026-11-24T07:59:00Z\n"


def test_a_file_of_several_chunks_is_booked_once_however_often_it_is_delivered(desk: Desk) -> None:
    filler = "SKU-404,dc-lille,1,2026-11-24T07:59:00Z\n" * (2 * FEED_CHUNK_BYTES // 40)
    desk.drop(HEADER + line(1, 7) + filler + line(2, 9), times=2)
    assert desk.run() == []
    load, refused = desk.load(), filler.count("\n")
    assert (load.status, load.chunks, load.done) == ("DONE", 3, 3)
    assert load.tally == {"booked": 2, "repeated": 0, "stale": 0, "refused": refused}
    items = [desk.cloud.stock.items.get(sku, "dc-lille") for sku in ("SKU-001", "SKU-002")]
    assert [item and (item.on_hand, item.version) for item in items] == [(7, 1), (9, 1)]
    (errors,) = load.errors
    text = desk.inbox.read(errors, 0, 10_000_000).decode().splitlines()
    assert text[0] == "sku,node,quantity,as_of,reason"
    assert len(text) == 1 + refused
    assert (
        text[1]
        == "SKU-404,dc-lille,1,2026-11-24T07:59:00Z,there is no product SKU-404; /sku unknown"
    )


@pytest.mark.parametrize("dies_at", ["put", "book", "with_errors", "end"])
def test_a_death_at_any_write_is_healed_by_the_next_delivery(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, dies_at: str
) -> None:
    desk.drop(HEADER + line(1, 7) + line(1, "many"))
    place: Any = S3Inbox if dies_at == "put" else LoadStore
    real, deaths = getattr(place, dies_at), iter([True])

    def dies(*given: Any, **named: Any) -> Any:
        if next(deaths, False):
            raise OSError("killed")
        return real(*given, **named)

    monkeypatch.setattr(place, dies_at, dies)
    assert [each["itemIdentifier"] for each in desk.run()] == ["m"]
    load = desk.load()
    assert (load.status, load.done, load.tally["refused"], len(load.errors)) == ("DONE", 1, 1, 1)
    item = desk.cloud.stock.items.get("SKU-001", "dc-lille")
    assert item is not None
    assert (item.on_hand, item.version) == (7, 1)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("SKU-001,dc-lille,7,", "a count needs as_of"),
        ("SKU-001,dc-lille,7,yesterday", "as_of"),
        ("SKU-001,dc-lille,7,2026-11-24T07:59:00", "as_of"),
        ("SKU-001,dc-lille,7,2026-11-01T07:59:00Z", "older than 48 hours"),
        ("SKU-001,dc-lille,7,2027-01-01T07:59:00Z", "in the future"),
        ("SKU-001,dc-lille,-7,2026-11-24T07:59:00Z", "not negative"),
        ("SKU-001,dc-lille,1.5,2026-11-24T07:59:00Z", "quantity"),
        ("SKU-001,nowhere,7,2026-11-24T07:59:00Z", "no node nowhere"),
        (",dc-lille,7,2026-11-24T07:59:00Z", "sku"),
        ("SKU-001,dc-lille,7,2026-11-24T07:59:00Z,more", "5 fields"),
        ("SKU-001,dc-lille,7," + "x" * 3_000, "longer than"),
    ],
)
def test_a_wrong_line_is_refused_with_its_reason(desk: Desk, wrong: str, why: str) -> None:
    desk.drop(HEADER + wrong + "\n" + line(2, 1))
    assert desk.run() == []
    load = desk.load()
    assert (load.tally["booked"], load.tally["refused"]) == (1, 1)
    text = desk.inbox.read(load.errors[0], 0, 100_000).decode()
    assert why in text.splitlines()[1].rpartition(wrong[:20])[2]


@pytest.mark.parametrize("text", ["", "a,b\n", HEADER.replace("node", "sku"), "x" * 5_000])
def test_a_file_without_its_columns_is_refused_whole(desk: Desk, text: str) -> None:
    desk.drop(text)
    assert desk.queued == []
    assert (desk.load().status, bool(desk.load().reason)) == ("REFUSED", True)


def test_a_file_that_was_replaced_meanwhile_is_not_booked(desk: Desk) -> None:
    desk.drop(HEADER + line(1, 7))
    desk.inbox.put(NAME, HEADER + line(1, 8))
    assert desk.run() == []
    assert (desk.load().status, desk.dead) == ("REFUSED", [])
    assert "replaced" in desk.load().reason
    assert desk.cloud.stock.items.get("SKU-001", "dc-lille") is None


def test_the_test_message_of_s3_is_taken_and_forgotten(desk: Desk) -> None:
    event = json.loads((EVENTS / "sqs_test_event.json").read_text())
    assert app.handler(event, CONTEXT) == {"batchItemFailures": []}
    assert (desk.queued, desk.dead) == ([], [])
