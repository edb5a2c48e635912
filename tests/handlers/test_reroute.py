"""Moves and the standing of nodes over HTTP, from the API's event to the answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from functions.reroute import app
from oms import wiring
from oms.contracts.rerouting import StandingView
from oms.contracts.staff import FulfilmentOrderView
from tests.cloud import World, receive, world
from tests.invocation import CONTEXT
from tests.orders import assigned

EVENTS = Path(__file__).parents[2] / "events/reroute"


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with world() as made:
        names = ("orders", "stock", "config", "nodes")
        live = SimpleNamespace(now=lambda: made.now, **{n: getattr(made, n) for n in names})
        monkeypatch.setattr(wiring, "live", lambda: live)
        yield made


def send(name: str, body: Any = None, **path: str) -> tuple[int, dict[str, Any]]:
    """A recorded event, with another body or other path parameters where given."""
    event = json.loads((EVENTS / f"http_{name}.json").read_text())
    event["pathParameters"] |= path
    if body is not None:
        event["body"] = json.dumps(body)
    answer = app.handler(event, CONTEXT)
    return answer["statusCode"], json.loads(answer["body"])


def test_every_route_has_a_recorded_event() -> None:
    found = {json.loads(path.read_text())["routeKey"] for path in EVENTS.glob("*.json")}
    assert found == set(app.ROUTES)


def test_a_part_is_moved(cloud: World) -> None:
    for node in ("dc-lille", "dc-leipzig"):
        receive(cloud, "SKU-001", node, 5)
    order = assigned(cloud, {"SKU-001": 1})
    status, said = send("post_move", order_id=order.id)
    assert status == 200
    assert (FulfilmentOrderView(**said).node, said["part"]) == ("dc-leipzig", 2)
    assert send("post_move", order_id=order.id, part="9")[0] == 404


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
