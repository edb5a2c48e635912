"""count: a cycle count from the plan to the books, with a sale in between."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from functions.follow_stock import app as follow_stock
from functions.stock import app
from oms import wiring
from oms.domain.errors import LostRace
from oms.domain.stock import movements as m
from oms.stores.counts.store import CountSessionStore
from oms.stores.dynamo.table import to_wire
from oms.stores.stock.feeds import StockFeedStore
from tests.cloud import NOW, World, world
from tests.invocation import CONTEXT
from tests.usecases.told import told

EVENTS = Path(__file__).parents[2] / "events" / "stock"
SKU, NODE = "SKU-001", "dc-lille"


class Later(SimpleNamespace):
    """The live wiring at a time that the test moves."""

    at = NOW

    def now(self) -> int:
        return self.at


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> Iterator[Later]:
    with world() as cloud:
        found = Later(
            cloud=cloud,
            orders=cloud.orders,
            stock=cloud.stock,
            config=cloud.config,
            feeds=StockFeedStore(cloud.stock),
            count_sessions=CountSessionStore(cloud.stock.table),
            bindings=None,
            stock_cases=None,  # a count session is no stock: neither is asked
        )
        monkeypatch.setattr(wiring, "live", lambda: found)
        receipt = m.receive("first", SKU, NODE, 10, cause="", actor="t")
        cloud.stock.movements.book(receipt, now=NOW - 9_000)
        yield found


def call(name: str, nodes: str = NODE, route: str = "", **changes: Any) -> tuple[int, Any]:
    event = json.loads((EVENTS / f"{name}.json").read_text())
    event["requestContext"]["authorizer"]["jwt"]["claims"]["nodes"] = nodes
    event["routeKey"] = route or event["routeKey"]
    if changes or route:
        event["body"] = json.dumps(changes if route else json.loads(event["body"]) | changes)
    answer = app.handler(event, CONTEXT)
    return answer["statusCode"], json.loads(answer["body"])


def step(action: str, **body: Any) -> tuple[int, Any]:
    return call("counted", route=f"POST /counts/{{id}}/{action}", **body)


def stream(live: Later) -> Any:
    """The session's change, as the stream tells of it."""
    keys = {"pk": "COUNT#week-48", "sk": "SESSION"}
    new = live.cloud.stock.table.get(*keys.values())
    data = {"Keys": to_wire(keys), "NewImage": to_wire(new), "SequenceNumber": "1"}
    return follow_stock.handler({"Records": [{"dynamodb": data}]}, CONTEXT)


def on_hand(cloud: World, sku: str = SKU) -> int:
    item = cloud.stock.items.get(sku, NODE)
    return item.on_hand if item else 0


def to_review(live: Later) -> Any:
    for _ in range(2):
        assert call("post_count")[1]["status"] == "DRAFT"
    assert step("assign", assignee="Ines")[1]["assignee"] == "Ines"
    assert step("count", lines=[{"sku": SKU, "counted": 9}])[1]["status"] == "ASSIGNED"
    assert call("counted")[1]["status"] == "COUNTED"
    live.at = NOW + 60
    cloud = live.cloud
    cloud.stock.movements.move(m.allocate("O.1", SKU, NODE, 2))
    cloud.stock.movements.move(m.prepare("O.1", SKU, NODE, 2))
    cloud.stock.movements.move(replace(m.ship("O.1", SKU, NODE, 2), at=live.at))
    for _ in range(2):
        status, seen = step("review")
        assert (status, seen["status"]) == (200, "REVIEW")
    return seen


def test_a_count_is_posted_once_and_what_was_sold_since_stays_sold(live: Later) -> None:
    first, second = to_review(live)["lines"]
    assert (first["counted"], first["expected"], first["variance"]) == (7, 10, -3)
    assert (second["counted"], second["expected"], second["variance"]) == (0, 0, 0)
    assert call("get_counts")[1]["counts"][0]["id"] == "week-48"
    live.at = NOW + 120
    for _ in range(2):
        assert step("post")[1]["status"] == "POSTED"
    for _ in range(3):
        assert stream(live) == {"batchItemFailures": []}
        assert on_hand(live.cloud) == 5, "7 were there, 2 left since"
    item = live.cloud.stock.items.get(SKU, NODE)
    assert item.counted_at == NOW
    seen = call("counted", route="GET /counts/{id}")[1]
    assert [line["outcome"] for line in seen["lines"]] == ["BOOKED", "BOOKED"]
    assert call("get_counts")[1]["counts"] == []
    assert step("void")[0] == 409


def test_a_death_between_the_books_and_the_session_is_healed(
    live: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_review(live)
    step("post")
    real, deaths = CountSessionStore.save, iter([True])

    def dies(*given: Any) -> None:
        if next(deaths, False):
            raise LostRace("killed")
        real(*given)

    monkeypatch.setattr(CountSessionStore, "save", dies)
    assert stream(live) == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    assert on_hand(live.cloud) == 5
    assert stream(live) == {"batchItemFailures": []}
    assert on_hand(live.cloud) == 5
    seen = call("counted", route="GET /counts/{id}")[1]
    assert {line["outcome"] for line in seen["lines"]} == {"REPEATED"}


def test_lines_are_counted_again_before_anything_is_posted(live: Later) -> None:
    to_review(live)
    assert step("recount", skus=[SKU])[1]["status"] == "ASSIGNED"
    assert step("post")[0] == 409
    again = step("count", lines=[{"sku": SKU, "counted": 8}])[1]
    assert (again["status"], again["lines"][0]["expected"]) == ("COUNTED", None)
    (line, _) = step("review")[1]["lines"]
    assert (line["counted"], line["expected"], line["variance"]) == (8, 10, -2), "to be safe"


def test_a_count_that_is_too_old_is_not_posted(live: Later) -> None:
    to_review(live)
    live.at = NOW + 49 * 3_600
    status, problem = step("post")
    assert status == 422
    assert "count again" in problem["errors"][0]["detail"]
    assert step("void")[1]["status"] == "VOID"
    assert stream(live) == {"batchItemFailures": []}
    assert on_hand(live.cloud) == 8


@pytest.mark.parametrize(
    ("name", "changes", "status"),
    [
        ("post_count", {"skus": []}, 422),
        ("post_count", {"skus": ["SKU-999"]}, 422),
        ("post_count", {"skus": [SKU, SKU]}, 422),
        ("post_count", {"node": "nowhere"}, 404),
        ("counted", {"lines": [{"sku": "SKU-003", "counted": 1}]}, 422),
        ("counted", {"lines": [{"sku": SKU, "counted": -1}]}, 422),
        ("counted", {"lines": [{"sku": SKU, "counted": 1, "counted_at": "now"}]}, 422),
    ],
)
def test_a_wrong_count_is_refused(
    live: Later, name: str, changes: dict[str, Any], status: int
) -> None:
    if name == "counted":
        call("post_count")
        step("assign", assignee="Ines")
    assert call(name, **changes)[0] == status


def test_people_of_other_nodes_have_no_part_in_it(live: Later) -> None:
    call("post_count")
    assert call("counted", nodes="dc-leipzig")[0] == 404
    assert call("get_counts", nodes="dc-leipzig")[0] == 404
    assert call("post_count", nodes="dc-leipzig", id="theirs")[0] == 404


def test_steps_of_a_count_are_told_and_not_who_counts(live: Later) -> None:
    to_review(live)
    reviewed = told(live.cloud, "COUNT#week-48", "SESSION")
    assert reviewed.type == "count.reviewed"
    assert reviewed.detail == {
        "id": "COUNT#week-48|SESSION:5", "document": "week-48", "node": NODE, "event": "reviewed",
        "status": "REVIEW", "lines": 2, "counted": 2, "variance": {SKU: -3},
        "version": 5, "at": live.at, "by": reviewed.detail["by"], "cause": "",
    }  # fmt: skip
    for take, type in (
        (lambda: step("post"), "count.posted"),
        (lambda: stream(live), "count.booked"),
    ):
        take()
        assert told(live.cloud, "COUNT#week-48", "SESSION").type == type


def test_a_count_that_was_only_planned_is_told_with_its_first_status(live: Later) -> None:
    call("post_count")
    planned = told(live.cloud, "COUNT#week-48", "SESSION")
    assert (planned.type, planned.detail["status"]) == ("count.created", "DRAFT")
    assert (planned.detail["counted"], planned.detail["variance"]) == (0, {})
