"""sourcing: from the sample events to the answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from functions.sourcing import app
from oms import wiring
from oms.stores.rules import RuleStore
from tests.cloud import NOW, World, world

EVENTS = Path(__file__).parents[2] / "events" / "sourcing"


@pytest.fixture(autouse=True)
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with world() as built:
        live = SimpleNamespace(
            config=built.config,
            rules=RuleStore(built.config.table),
            stock=built.stock,
            orders=built.orders,
            now=lambda: NOW,
        )
        monkeypatch.setattr(wiring, "live", lambda: live)
        yield built


def call(name: str, **changes: Any) -> tuple[int, Any]:
    """`changes` replace parts of the sample event; a body is given as it is meant."""
    event = {**json.loads((EVENTS / f"{name}.json").read_text()), **changes}
    if isinstance(event.get("body"), dict):
        event["body"] = json.dumps(event["body"])
    answer = app.handler(event, None)
    return answer["statusCode"], json.loads(answer["body"])


def go_live(**rules: Any) -> int:
    _, draft = call("http_post_version", body={"rules": rules})
    where = {"profile": "default", "number": str(draft["number"])}
    for step in ("http_validate", "http_activate"):
        status, _ = call(step, pathParameters=where)
        assert status == 200
    return int(draft["number"])


def test_a_merchant_drafts_and_activates_rules() -> None:
    status, draft = call("http_post_version")
    assert (status, draft["status"], draft["number"]) == (201, "DRAFT", 1)
    assert draft["rules"] == {"criteria": ["cost", "distance_km"]}
    assert call("http_validate")[1]["status"] == "VALIDATED"
    status, active = call("http_activate")
    assert (status, active["status"]) == (200, "ACTIVE")
    assert [(step["event"], step["by"]) for step in active["history"]] == [
        ("draft", "merchant-1"), ("validate", "merchant-1"), ("activate", "merchant-1"),
    ]  # fmt: skip


def test_the_list_is_newest_first_and_names_the_active_one() -> None:
    go_live(criteria=["cost"])
    go_live(criteria=["priority"])
    call("http_post_version")
    status, page = call("http_get_versions")
    assert (status, page["active"], page["next"]) == (200, 2, None)
    assert [item["status"] for item in page["items"]] == ["DRAFT", "ACTIVE", "RETIRED"]
    _, page = call("http_get_versions", queryStringParameters={"limit": "2"})
    assert [item["number"] for item in page["items"]] == [3, 2]
    _, page = call("http_get_versions", queryStringParameters={"before": str(page["next"])})
    assert [item["number"] for item in page["items"]] == [1]


def test_one_call_rolls_back() -> None:
    go_live(criteria=["cost"])
    go_live(criteria=["priority"])
    status, back = call("http_rollback")
    assert (status, back["number"], back["status"]) == (200, 1, "ACTIVE")
    assert call("http_rollback")[1]["number"] == 1
    status, problem = call("http_rollback", body={"from": 5})
    assert (status, problem["active"]) == (409, 1)


def test_wrong_rules_are_refused_by_field() -> None:
    call("http_post_version", body={"rules": {"criteria": ["price"]}})
    status, problem = call("http_validate")
    assert status == 422
    assert [error["pointer"] for error in problem["errors"]] == ["/criteria/0"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"rules": []}, 422),
        ({"rules": {"x": "y" * 70_000}}, 413),
        ({"based_on": 9}, 404),
    ],
)
def test_what_is_no_document_is_refused(body: dict[str, Any], status: int) -> None:
    assert call("http_post_version", body=body)[0] == status


@pytest.mark.parametrize("number", ["0", "x", "123456", "7"])
def test_what_is_no_version_is_not_found(number: str) -> None:
    where = {"profile": "default", "number": number}
    assert call("http_activate", pathParameters=where)[0] == 404
