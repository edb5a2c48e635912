"""Whether a node takes orders, over HTTP, from the API's event to the answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from functions.ship import app
from oms.contracts.rerouting import StandingView
from oms.wiring import rerouting as wiring
from tests.cloud import World, world
from tests.invocation import CONTEXT
from tests.rerouting import outages

EVENTS = Path(__file__).parents[2] / "events/ship"


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with world() as made:
        monkeypatch.setitem(app.app.dependency_overrides, wiring.outages, lambda: outages(made))
        yield made


def send(name: str, body: Any = None, **path: str) -> tuple[int, dict[str, Any]]:
    """A recorded event, with another body or other path parameters where given."""
    event = json.loads((EVENTS / f"http_{name}.json").read_text())
    event["pathParameters"] |= path
    if body is not None:
        event["body"] = json.dumps(body)
    answer = app.handler(event, CONTEXT)
    return answer["statusCode"], json.loads(answer["body"])


def test_a_node_is_paused_by_its_staff_until_a_time(cloud: World) -> None:
    status, said = send("put_status")
    view = StandingView(**said)
    assert (status, view.status, view.until) == (200, "PAUSED", "2026-11-24T17:00:00Z")
    assert [(e.event, e.by, e.reason) for e in view.history] == [("pause", "ann", "no capacity")]
    assert send("get_status") == (200, said)
    assert send("put_status", node="dc-leipzig")[0] == 404


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"online": False, "until": "2020-01-01T00:00:00Z", "reason": "r"}, "/until"),
        ({"online": True, "until": "2030-01-01T00:00:00Z", "reason": "r"}, "/until"),
        ({"online": False, "until": "2030-01-01", "reason": "r"}, "/until"),
        ({"online": False}, "/reason"),
    ],
)
def test_a_wrong_status_names_its_field(cloud: World, body: Any, pointer: str) -> None:
    status, said = send("put_status", body)
    assert (status, [error["pointer"] for error in said["errors"]]) == (422, [pointer])
