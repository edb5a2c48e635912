"""sourcing, and the decisions of service: from the sample events to the answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from functions.service import app as service
from functions.sourcing import app as sourcing
from oms import wiring
from oms.stores.config.rules import RuleStore
from oms.usecases.steering import draft_rules
from tests.cloud import NODES, NOW, World, receive, world
from tests.invocation import CONTEXT
from tests.orders import place

EVENTS = Path(__file__).parents[2] / "events"
BASKET = json.loads(json.loads((EVENTS / "sourcing/http_post_simulate.json").read_text())["body"])


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


def answer(app: Any, name: str, changes: dict[str, Any]) -> tuple[int, Any]:
    """`changes` replace parts of the sample event; a body is given as it is meant."""
    event = {**json.loads((EVENTS / f"{name}.json").read_text()), **changes}
    if isinstance(event.get("body"), dict):
        event["body"] = json.dumps(event["body"])
    answered = app.handler(event, CONTEXT)
    return answered["statusCode"], json.loads(answered["body"])


def call(name: str, **changes: Any) -> tuple[int, Any]:
    return answer(sourcing, f"sourcing/{name}", changes)


def decided(order_id: str) -> tuple[int, Any]:
    return answer(service, "service/http_get_decisions", {"pathParameters": {"order_id": order_id}})


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


def test_profiles_are_listed_with_what_decides_and_what_is_prepared() -> None:
    assert call("http_get_profiles") == (
        200,
        {"items": [{"profile": "default", "active": 0, "prepared": []}]},
    )
    for profile in ("outlet", "outlet", "web"):
        where, rules = {"profile": profile}, {"criteria": ["cost"]}
        status, _ = call("http_post_version", pathParameters=where, body={"rules": rules})
        assert status == 201
    go_live(criteria=["priority"])
    go_live(criteria=["cost"])
    call("http_validate", pathParameters={"profile": "web", "number": "1"})
    _, found = call("http_get_profiles")
    assert [
        (each["profile"], each["active"], [(v["number"], v["status"]) for v in each["prepared"]])
        for each in found["items"]
    ] == [("default", 2, []), ("outlet", 0, [(1, "DRAFT")]), ("web", 0, [(1, "VALIDATED")])]


def test_there_are_only_so_many_profiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_rules, "MAX_PROFILES", 1)
    body = {"rules": {"criteria": ["cost"]}}
    for profile, expected in (("one", 201), ("two", 413), ("one", 201)):
        assert call("http_post_version", pathParameters={"profile": profile}, body=body)[0] == (
            expected
        )


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


def test_a_basket_is_tried_with_the_active_rules_and_with_a_draft(cloud: World) -> None:
    receive(cloud, "SKU-001", "dc-lille", 5)
    receive(cloud, "SKU-001", "store-lyon", 5)
    status, body = call("http_post_simulate")
    assert (status, body["decision"]["rules_version"], body["missing"]) == (200, 0, {})
    assert [given["node"] for given in body["decision"]["given"]] == ["dc-lille"]
    lyon = next(node for node in NODES if node.id == "store-lyon")
    cloud.config.put_node(replace(lyon, priority=1))
    _, made = call("http_post_version", body={"rules": {"criteria": ["priority"]}})
    basket = {**BASKET, "version": made["number"]}
    status, body = call("http_post_simulate", body=basket)
    assert status == 200
    assert body["decision"]["rules_version"] == made["number"]
    assert [given["node"] for given in body["decision"]["given"]] == ["store-lyon"]
    assert cloud.stock.items.get("SKU-001", "store-lyon").allocated == 0  # type: ignore[union-attr]


def test_a_trial_names_what_is_wrong_with_it(cloud: World) -> None:
    _, made = call("http_post_version", body={"rules": {"criteria": ["price"]}})
    status, problem = call("http_post_simulate", body={**BASKET, "version": made["number"]})
    assert (status, problem["errors"][0]["pointer"]) == (422, "/criteria/0")
    unknown = {**BASKET, "lines": [{"sku": "SKU-999", "quantity": 1}]}
    status, problem = call("http_post_simulate", body=unknown)
    assert (status, problem["errors"][0]["pointer"]) == (422, "/lines/0/sku")


def test_a_line_may_exclude_a_node(cloud: World) -> None:
    receive(cloud, "SKU-001", "dc-lille", 5)
    line = {"sku": "SKU-001", "quantity": 1, "excluded": ["dc-lille"]}
    _, body = call("http_post_simulate", body={**BASKET, "lines": [line]})
    assert (body["decision"]["given"], body["missing"]) == ([], {"SKU-001": 1})
    fences = {node["node"]: node["fence"] for node in body["decision"]["nodes"]}
    assert fences["dc-lille"] == "REJECTED_BEFORE"


def test_an_order_tells_why_it_went_where_it_went(cloud: World) -> None:
    receive(cloud, "SKU-001", "dc-lille", 5)
    receive(cloud, "SKU-001", "dc-leipzig", 5)
    placed = place(cloud, {"SKU-001": 2}).snapshot
    status, body = decided(placed.id)
    assert (status, body["order_id"], body["promise_decision"]) == (200, placed.id, 1)
    [decision] = body["decisions"]
    assert (decision["cause"], decision["how"]) == ("PLACED", "SINGLE")
    assert [given["part"] for given in decision["given"]] == [1]
    shown = {
        node["node"]: (node["fence"], node["values"].get("distance_km"))
        for node in decision["nodes"]
    }
    assert shown["dc-lille"] == ("", 204)
    assert shown["store-paris"] == ("NO_STOCK", None)
    assert decision["sentence"].startswith("dc-lille ships it")


def test_of_an_order_that_is_not_there_nothing_is_told() -> None:
    assert decided("0" * 16)[0] == 404
