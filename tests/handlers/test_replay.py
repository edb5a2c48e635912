"""Replays over HTTP: asked for, run beside the request, followed, read; what goes wrong on the way."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.replay import made_up
from functions.run_replay import app
from functions.sourcing import app as sourcing
from oms import wiring
from oms.domain.errors import LimitExceeded, ValidationFailed
from oms.domain.replaying.history import ReplayHistory
from oms.domain.replaying.replay_job import SILENT_S
from oms.domain.steering.rule_version import RulesText
from oms.stores.config.replays import ReplayStore
from oms.stores.config.rules import RuleStore
from oms.usecases.replaying.run_replay import RESERVE_S
from oms.usecases.steering.draft_rules import draft_rules
from tests.cloud import World, world
from tests.invocation import CONTEXT
from tests.steering import steering

EVENTS = Path(__file__).parents[2] / "events"
ORDERS = 1_200


class Past:
    """What happened, made up; `broken` is raised instead."""

    def __init__(self) -> None:
        self.broken: Exception | None = None
        self.asked: list[Any] = []

    def history(self, now: int, days: int, step: Callable[[str], None]) -> ReplayHistory:
        step("reading orders from the lake")
        return self._told(days)

    def of_file(self, name: str) -> ReplayHistory:
        return self._told(name)

    def _told(self, what: Any) -> ReplayHistory:
        self.asked.append(what)
        if self.broken:
            raise self.broken
        return made_up(ORDERS)


class Documents(dict[str, str]):
    def put(self, key: str, body: bytes, content_type: str) -> None:
        assert content_type.startswith("text/html")
        self[key] = body.decode()

    def url(self, key: str, *, ttl_s: int) -> str:
        return f"https://documents/{key}?{ttl_s}"


class Live:
    """What the function works with; runs are begun when the test says so."""

    def __init__(self, world: World) -> None:
        self.world, self.stock = world, world.stock
        self.config, self.rules = world.config, RuleStore(world.config.table)
        self.replays = ReplayStore(world.config.table)
        self.documents, self.past, self.begun = Documents(), Past(), list[str]()
        self.seen: list[int] = []

    def now(self) -> int:
        return self.world.now

    def begin_replay(self, name: str) -> None:
        self.begun.append(name)


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    with world() as built:
        made = Live(built)
        monkeypatch.setattr(wiring, "live", lambda: made)
        document = '{"criteria": ["cost", "distance_km"]}'
        draft_rules("default", RulesText(document), deps=steering(built), actor="ada")
        yield made


def call(name: str, **changes: Any) -> tuple[int, Any]:
    event = {**json.loads((EVENTS / f"sourcing/{name}.json").read_text()), **changes}
    if isinstance(event.get("body"), dict):
        event["body"] = json.dumps(event["body"])
    answered = sourcing.handler(event, CONTEXT)
    return answered["statusCode"], json.loads(answered["body"])


def run(left_ms: int = 890_000) -> dict[str, Any]:
    left = {"get_remaining_time_in_millis": lambda: left_ms}
    context = SimpleNamespace(**vars(CONTEXT) | left)
    return app.handler(json.loads((EVENTS / "run_replay/run.json").read_text()), context)


def test_a_replay_is_asked_for_run_and_read(live: Live) -> None:
    status, asked = call("http_put_replay")
    assert (status, asked["status"], asked["percent"], asked["report"]) == (202, "QUEUED", 0, None)
    assert run() == {"status": "DONE", "orders": ORDERS}
    status, told = call("http_get_replay")
    assert (status, told["status"], told["percent"]) == (200, "DONE", 100)
    assert (told["version"], told["days"], live.past.asked) == (1, 7, [7])
    result = told["result"]
    assert (result["orders"], result["cut"]) == (ORDERS, 0)
    assert 0 < result["moved"] < ORDERS
    names = [figure["name"] for figure in result["figures"]]
    assert names[:3] == ["Shipments per order", "Orders that are split", "Cost per order"]
    assert {"node", "happened", "rules"} == set(result["load"][0])
    assert told["report"] == "https://documents/replays/first.html?900"
    text = live.documents["replays/first.html"]
    assert result["headline"] in text
    assert text.count("<svg") == 2


def test_asked_again_it_is_the_same_and_begins_again_only_until_it_ended(live: Live) -> None:
    for _ in range(2):
        assert call("http_put_replay")[0] == 202
    assert live.begun == ["first", "first"]
    run()
    assert run() == {"status": "NOTHING TO DO"}
    assert call("http_put_replay")[1]["status"] == "DONE"
    assert live.begun == ["first", "first"]
    status, problem = call("http_put_replay", body={"version": 1, "days": 3})
    assert (status, problem["errors"][0]["pointer"]) == (409, "/days")


def test_a_run_that_died_is_begun_anew_but_not_while_it_may_live(live: Live) -> None:
    call("http_put_replay")
    live.past.broken = ConnectionError("the lake is away")
    with pytest.raises(ConnectionError):
        run()
    assert call("http_get_replay")[1]["status"] == "RUNNING"
    live.past.broken = KeyboardInterrupt()  # as if the machine were gone
    with pytest.raises(KeyboardInterrupt):
        run()
    live.past.broken = None
    assert run() == {"status": "NOTHING TO DO"}
    live.world.now += SILENT_S
    assert run()["status"] == "DONE"


def test_without_time_for_all_the_rest_is_counted(live: Live) -> None:
    call("http_put_replay")
    assert run(left_ms=RESERVE_S * 1000)["status"] == "DONE"
    result = call("http_get_replay")[1]["result"]
    assert (result["orders"], result["cut"]) == (500, ORDERS - 500)
    assert "no time for the last 700 orders" in live.documents["replays/first.html"]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (LimitExceeded("ask for fewer"), "ask for fewer"),
        (ValidationFailed("line 2 is none of history"), "line 2 is none of history"),
    ],
)
def test_what_cannot_be_replayed_fails_with_a_reason(
    live: Live, broken: Exception, reason: str
) -> None:
    call("http_put_replay", body={"version": 1, "file": "replays/past.jsonl"})
    live.past.broken = broken
    assert run()["status"] == "FAILED"
    told = call("http_get_replay")[1]
    assert (told["status"], told["reason"], told["file"]) == (
        "FAILED",
        reason,
        "replays/past.jsonl",
    )


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({"version": 1}, 422, ""),
        ({"version": 1, "days": 3, "file": "replays/x"}, 422, ""),
        ({"version": 1, "days": 32}, 422, "/days"),
        ({"version": 1, "file": "stock/x"}, 422, "/file"),
        ({"version": 9, "days": 3}, 404, None),
    ],
)
def test_what_is_asked_wrongly_is_named(
    live: Live, body: dict[str, Any], status: int, pointer: str | None
) -> None:
    found, problem = call("http_put_replay", body=body)
    assert found == status
    if pointer is not None:
        assert problem["errors"][0]["pointer"] == pointer
    assert live.begun == []


def test_rules_that_are_wrong_are_refused_before_anything_runs(live: Live) -> None:
    document = '{"criteria": ["price"]}'
    draft_rules("default", RulesText(document), deps=steering(live.world), actor="ada")
    status, problem = call("http_put_replay", body={"version": 2, "days": 3})
    assert (status, problem["errors"][0]["pointer"]) == (422, "/criteria/0")


@pytest.mark.parametrize("name", ["unheard", "a b", ""])
def test_what_nobody_asked_for_is_not_found(live: Live, name: str) -> None:
    assert call("http_get_replay", pathParameters={"name": name})[0] == 404
