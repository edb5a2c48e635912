"""The watch over promises, from its schedules and requests to what it answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from functions.sourcing import app
from functions.watch_promises import app as schedule
from oms.domain.promising.outcomes import PromiseGroup, PromiseTally
from oms.domain.promising.punctuality import LaneRecord, Margin
from oms.stores.config.lanes import LaneStore
from oms.stores.dynamo.table import Table
from oms.stores.promises.store import PromiseStore
from oms.usecases.watching.deps import Watching
from oms.wiring.promises import watching
from tests.cloud import NOW, world
from tests.invocation import CONTEXT

EVENTS = Path(__file__).parents[2] / "events/watch_promises"
LANE = "tariff/standard/FR-FR"
COUNTED = {
    PromiseGroup("2026-11-20", "web", "SHIP", "dc-lille", LANE): PromiseTally(
        {-1: 20, 0: 11, 2: 6}, 3, LaneRecord(40, 35)
    ),
    PromiseGroup("2026-11-21", "web", "PICKUP", "store-paris"): PromiseTally({0: 5}),
    PromiseGroup("2026-10-01", "web", "SHIP", "dc-lille", LANE): PromiseTally(
        {0: 1}, lane=LaneRecord(1, 1)
    ),
}


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with world() as cloud:
        book = PromiseStore(Table(cloud.client, "Promises"))
        book.settle([], COUNTED, [])
        lanes = LaneStore(Table(cloud.client, "Config"))
        made = Watching(book, lanes, cloud.orders, cloud.config, NOW)
        monkeypatch.setattr(schedule, "watching", lambda: made)
        monkeypatch.setitem(app.app.dependency_overrides, watching, lambda: made)
        yield made


def get(path: str, *, scope: str = "oms/ops", nodes: str = "", **query: str) -> tuple[int, Any]:
    claims = {"sub": "someone", "scope": scope, "nodes": nodes}
    event = {
        "routeKey": f"GET {path}",
        "queryStringParameters": query or None,
        "requestContext": {"authorizer": {"jwt": {"claims": claims}}},
    }
    answer = app.handler(event, CONTEXT)
    return answer["statusCode"], json.loads(answer["body"])


def test_the_schedules_are_answered(live: Any) -> None:
    look = json.loads((EVENTS / "look.json").read_text())
    learn = json.loads((EVENTS / "learn.json").read_text())
    assert schedule.handler(look, CONTEXT) == {"errors": 0}
    assert schedule.handler(learn, CONTEXT) == {"lanes": 1, "margins": 1}
    assert live.lanes.margins()[1] == {LANE: Margin(1, LaneRecord(41, 36))}


@pytest.mark.parametrize(
    "wrong", [{"task": "sleep"}, {"task": "look", "grace_s": -1}, {"task": "look", "as_of": 1}, {}]
)
def test_a_wrong_schedule_is_refused(live: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        schedule.handler(wrong, CONTEXT)


def test_promised_is_told_against_delivered(live: Any) -> None:
    status, body = get("/promises/accuracy", by="lane")
    assert status == 200
    assert (body["since"], body["until"], body["by"]) == ("2026-10-28", "2026-11-24", "lane")
    assert body["total"] == {
        "parts": 45,
        "on_time": 36,
        "on_time_permille": 800,
        "early": 20,
        "late": 6,
        "missing": 3,
        "late_days": {"-1": 20, "0": 16, "2": 6},
    }
    assert [(group["name"], group["parts"]) for group in body["groups"]] == [("", 5), (LANE, 40)]


def test_it_can_be_asked_of_a_part_of_the_business(live: Any) -> None:
    _, body = get("/promises/accuracy", by="day", method="SHIP", since="2026-10-01", lane=LANE)
    assert [group["name"] for group in body["groups"]] == ["2026-10-01", "2026-11-20"]
    _, nothing = get("/promises/accuracy", channel="amazon")
    assert (nothing["groups"], nothing["total"]["on_time_permille"]) == ([], None)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"since": "2026-11-25"}, "/since"),
        ({"since": "2026-01-01"}, "/since"),
        ({"since": "yesterday"}, "/since"),
        ({"by": "weather"}, "/by"),
        ({"method": "TELEPORT"}, "/method"),
        ({"lane": "a|b"}, "/lane"),
        ({"colour": "red"}, "/colour"),
    ],
)
def test_a_question_that_makes_no_sense_names_the_field(live: Any, query: Any, field: str) -> None:
    status, body = get("/promises/accuracy", **query)
    assert status == 400 or status == 422
    assert field in json.dumps(body)


def test_staff_read_of_their_own_node_only(live: Any) -> None:
    mine = {"scope": "oms/staff", "nodes": "store-paris"}
    assert get("/promises/accuracy", **mine)[0] in (400, 422)
    assert get("/promises/accuracy", node="dc-lille", **mine)[0] == 404
    status, body = get("/promises/accuracy", node="store-paris", **mine)
    assert (status, body["total"]["parts"]) == (200, 5)


def test_the_lanes_that_are_late_too_often_are_listed(live: Any) -> None:
    assert get("/promises/lanes") == (200, {"learned_at": "", "lanes": []})
    live.lanes.publish({LANE: Margin(1, LaneRecord(40, 30))}, NOW)
    status, body = get("/promises/lanes")
    assert (status, body["learned_at"]) == (200, "2026-11-24T08:20:00+00:00")
    assert body["lanes"] == [
        {"lane": LANE, "margin_days": 1, "parcels": 40, "on_time_permille": 750}
    ]
