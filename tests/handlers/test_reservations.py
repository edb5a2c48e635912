"""Reservations of atp: from the sample events to the answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from functions.atp import app
from oms import wiring
from tests.cloud import NOW, World, receive, world
from tests.invocation import CONTEXT

EVENTS = Path(__file__).parents[2] / "events" / "atp"


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with world() as built:
        receive(built, "SKU-001", "dc-lille", 2)
        live = SimpleNamespace(
            stock=built.stock, config=built.config, reservations=built.reservations,
            now=lambda: NOW,
        )  # fmt: skip
        monkeypatch.setattr(wiring, "live", lambda: live)
        yield built


def call(name: str, **changes: Any) -> tuple[int, Any]:
    event = json.loads((EVENTS / f"http_{name}.json").read_text())
    if changes:
        event["body"] = json.dumps(json.loads(event["body"]) | changes)
    answer = app.handler(event, CONTEXT)
    return answer["statusCode"], json.loads(answer["body"])


def test_the_life_of_a_cart(cloud: World) -> None:
    assert call("get_reservation")[0] == 404
    status, made = call("post_reservation")
    assert (status, made["status"], made["order_id"]) == (201, "ACTIVE", None)
    assert made["expires_at"] == "2026-11-24T08:35:00+00:00"
    assert made["holds"] == [{"sku": "SKU-001", "node": "dc-lille", "quantity": 2}]
    assert made["promise"]["deliver_by"]
    assert call("get_reservation") == (200, made)
    status, longer = call("post_extend")
    assert (status, longer["expires_at"]) == (200, "2026-11-24T08:50:00+00:00")
    assert call("post_release")[1]["status"] == "RELEASED"
    assert call("post_extend")[0] == 409


@pytest.mark.parametrize(
    ("changes", "status", "pointer"),
    [
        ({"lines": []}, 422, "/lines"),
        ({"lines": [{"sku": "SKU-001", "quantity": 0}]}, 422, "/lines/0/quantity"),
        ({"lines": [{"sku": "NONE", "quantity": 1}]}, 422, "/lines/0/sku"),
        ({"destination": None}, 422, ""),
        ({"delivery": {"method": "PICKUP"}}, 422, "/delivery/node"),
        ({"delivery": {"method": "PICKUP", "node": "dc-lille"}}, 422, "/delivery/node"),
        ({"ttl_s": 10**6}, 422, "/ttl_s"),
        ({"channel": "nowhere"}, 404, "/channel"),
        ({"lines": [{"sku": "SKU-001", "quantity": 3}]}, 409, None),
    ],
)
def test_what_cannot_be_held_is_refused_by_field(
    cloud: World, changes: dict[str, Any], status: int, pointer: str | None
) -> None:
    found, problem = call("post_reservation", **changes)
    assert found == status, problem
    assert [e["pointer"] for e in problem.get("errors", [])] == (
        [] if pointer is None else [pointer]
    )
    item = cloud.stock.items.get("SKU-001", "dc-lille")
    assert item
    assert item.soft == 0
