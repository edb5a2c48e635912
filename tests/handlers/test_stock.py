"""stock: from the sample events to the answers, each report twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from functions.stock import app
from oms import wiring
from oms.contracts.order_shown import instant
from oms.stores.stock.feeds import StockFeedStore
from tests.cloud import NOW, World, world
from tests.invocation import CONTEXT

EVENTS = Path(__file__).parents[2] / "events" / "stock"


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with world() as built:
        live = SimpleNamespace(
            stock=built.stock,
            feeds=StockFeedStore(built.stock),
            config=built.config,
            now=lambda: NOW,
        )
        monkeypatch.setattr(wiring, "live", lambda: live)
        yield built


def call(name: str, nodes: str = "dc-lille", **changes: Any) -> tuple[int, Any]:
    event = json.loads((EVENTS / f"{name}.json").read_text())
    event["requestContext"]["authorizer"]["jwt"]["claims"]["nodes"] = nodes
    if changes:
        event["body"] = json.dumps(json.loads(event["body"]) | changes)
    answer = app.handler(event, CONTEXT)
    return answer["statusCode"], json.loads(answer["body"] or "null")


def test_each_report_is_booked_once(cloud: World) -> None:
    for name, available in (("receipt", 5), ("adjustment", 4), ("count", 7)):
        for booked in (True, False):
            status, body = call(name)
            assert (status, body["booked"], body["available"]) == (200, booked, available), name


@pytest.mark.parametrize(
    ("name", "changes", "status"),
    [
        ("receipt", {"sku": "SKU-002"}, 409),
        ("receipt", {"quantity": 6}, 409),
        ("adjustment", {"delta": 1}, 409),
        ("count", {"sku": "SKU-002"}, 409),
        ("count", {"counted": 9}, 200),
    ],
)
def test_an_id_stands_for_one_report(
    cloud: World, name: str, changes: dict[str, Any], status: int
) -> None:
    call("receipt")
    assert call(name)[0] == 200
    found, body = call(name, **changes)
    assert found == status
    assert status == 200 or body["type"].endswith("/IdempotencyConflict")


def test_reading_shows_every_node_and_no_claims(cloud: World) -> None:
    call("receipt")
    status, body = call("read")
    assert status == 200
    assert [(item["node"], item["on_hand"]) for item in body["items"]] == [("dc-lille", 5)]
    assert "claims" not in body["items"][0]


def test_goods_that_arrive_are_no_longer_expected(cloud: World) -> None:
    assert call("supply") == (204, None)
    node = cloud.config.node("dc-lille")
    expected = cloud.stock.availability.network(["SKU-001"], [node], consistent=True).supplies
    assert [(supply.id, supply.quantity) for supply in expected] == [("po-1", 20)]
    call("receipt", cause="po-1", quantity=20)
    assert cloud.stock.availability.network(["SKU-001"], [node], consistent=True).supplies == ()


def test_lines_of_a_feed_stand_alone_and_are_booked_once(cloud: World) -> None:
    for outcome in ("BOOKED", "REPEATED"):
        status, body = call("feed")
        told = [(line["sku"], line["outcome"], line["available"]) for line in body["results"]]
        assert status == 200
        assert told == [
            ("SKU-001", outcome, 7),
            ("SKU-002", outcome, 3),
            ("SKU-999", "REFUSED", None),
        ]


def test_a_clerk_of_another_node_reports_nothing(cloud: World) -> None:
    for name in ("receipt", "adjustment", "count", "supply", "feed"):
        status, problem = call(name, nodes="dc-leipzig")
        assert (status, problem["type"].rpartition("/")[2]) == (404, "NotFound"), name


@pytest.mark.parametrize(
    ("name", "changes", "pointer"),
    [
        ("receipt", {"quantity": 0}, "/quantity"),
        ("receipt", {"quantity": 1.5}, "/quantity"),
        ("receipt", {"sku": "SKU-999"}, "/sku"),
        ("adjustment", {"delta": 0}, "/delta"),
        ("adjustment", {"reason": ""}, "/reason"),
        ("count", {"counted": -1}, "/counted"),
        ("supply", {"eta": "soon"}, "/eta"),
        ("feed", {"lines": []}, "/lines"),
        ("feed", {"lines": [{"sku": "A", "quantity": -1}]}, ""),
    ],
)
def test_a_wrong_report_names_its_field(
    cloud: World, name: str, changes: dict[str, Any], pointer: str
) -> None:
    status, problem = call(name, **changes)
    assert status == 422
    assert pointer in [error["pointer"] for error in problem["errors"]]


@pytest.mark.parametrize(
    ("seconds", "found"),
    [(-60, (True, False, 6)), (60, (False, True, 7)), (3 * 86_400, "/as_of")],
)
def test_a_late_correction_is_booked_unless_a_count_saw_it(
    cloud: World, seconds: int, found: object
) -> None:
    """`seconds` before the count."""
    assert call("count", as_of=instant(NOW - 100))[1]["booked"]
    status, body = call("adjustment", as_of=instant(NOW - 100 - seconds))
    if status == 200:
        assert (body["booked"], body["stale"], body["available"]) == found
    else:
        assert [error["pointer"] for error in body["errors"]] == [found]
