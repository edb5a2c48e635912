"""Moves over HTTP, from the API's event to the answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from functions.service import app
from oms.contracts.staff import FulfilmentOrderView
from oms.wiring import rerouting as wiring
from tests.cloud import World, receive, world
from tests.invocation import CONTEXT
from tests.orders import assigned
from tests.rerouting import rerouting

EVENTS = Path(__file__).parents[2] / "events/service"


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with world() as made:
        monkeypatch.setitem(app.app.dependency_overrides, wiring.rerouting, lambda: rerouting(made))
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
    assert found == set(app.app.by_key)


def test_a_part_is_moved(cloud: World) -> None:
    for node in ("dc-lille", "dc-leipzig"):
        receive(cloud, "SKU-001", node, 5)
    order = assigned(cloud, {"SKU-001": 1})
    status, said = send("post_move", order_id=order.id)
    assert status == 200
    assert (FulfilmentOrderView(**said).node, said["part"]) == ("dc-leipzig", 2)
    assert send("post_move", order_id=order.id, part="9")[0] == 404
