"""orders, service, publish, notify: from the sample events to the answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from functions.notify import app as notify
from functions.orders import app as orders
from functions.publish import app as publish
from functions.service import app as service
from oms import wiring
from oms.domain.model.order import Hold
from oms.gateways.notifications.outbox import Outbox
from oms.gateways.notifications.templates import render
from oms.stores.cases.store import CaseStore
from oms.stores.dynamo.table import Table
from tests.cloud import NOW, World, world
from tests.invocation import CONTEXT
from tests.usecases.orders import ID, order, part, payment, write
from tests.usecases.test_publish_changes import Events, Kept

EVENTS = Path(__file__).parents[2] / "events"
APPS = {"orders": orders, "service": service}


def sample(name: str) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text())
    return event


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with world() as built:
        dead: list[str] = []
        live = SimpleNamespace(
            orders=built.orders,
            config=built.config,
            secrets={"link": "link-secret"},
            now=lambda: NOW,
            messenger=Outbox(),
            texts=Outbox(),
            render=render,
            goods=None,
            dead=dead,
            dead_letters=lambda message, reason: dead.append(f"{message.message_id} {reason}"),
        )
        monkeypatch.setattr(wiring, "live", lambda: live)
        built.live = live  # type: ignore[attr-defined]
        yield built


@pytest.fixture
def untouched(monkeypatch: pytest.MonkeyPatch) -> None:
    """No table is there to be asked."""
    monkeypatch.setattr(wiring, "live", lambda: SimpleNamespace(orders=None, config=None))


def call(name: str, **changes: Any) -> tuple[int, Any]:
    """`changes` replace parts of the sample event."""
    answer = APPS[name.partition("/")[0]].handler({**sample(name), **changes}, CONTEXT)
    return answer["statusCode"], json.loads(answer["body"])


def test_customer_service_reads_an_order(cloud: World) -> None:
    write(cloud, order(parts=(part(1, "ACCEPTED"),), payments=(payment(),)))
    status, body = call("orders/http_get_order")
    assert status == 200
    assert (body["id"], body["customer_status"]) == (ID, "IN_PREPARATION")
    assert body["parts"][0]["node"] == "dc-lille"
    assert body["cases"] == []


def test_staff_read_orders_of_their_nodes(cloud: World) -> None:
    write(cloud, order(parts=(part(1, "ACCEPTED"),)))
    status, body = call("orders/http_get_order_staff")
    assert status == 200
    assert "email" not in body["customer"]
    event = sample("orders/http_get_order_staff")
    event["requestContext"]["authorizer"]["jwt"]["claims"]["nodes"] = "[store-lyon]"
    assert call("orders/http_get_order_staff", **event)[0] == 404


@pytest.mark.parametrize("id", ["", "x", "0" * 17, "O" * 16, "../../etc", "é" * 16, "0" * 3000])
@pytest.mark.usefixtures("untouched")
def test_what_is_no_order_id_is_not_found(id: str) -> None:
    status, body = call("orders/http_get_order", pathParameters={"order_id": id})
    assert (status, body["type"].rpartition("/")[2]) == (404, "NotFound")


def test_a_storefront_lists_a_customers_orders(cloud: World) -> None:
    write(cloud, order("CONFIRMED"))
    status, body = call("orders/http_get_orders")
    assert status == 200
    assert [found["id"] for found in body["orders"]] == [ID]
    assert "cursor" not in body


WRONG_LISTS: list[tuple[dict[str, str], str]] = [
    ({}, "/channel"),
    ({"channel": "web"}, "/customer_id"),
    ({"channel": "web", "customer_id": ""}, "/customer_id"),
    ({"channel": "web", "customer_id": "c", "limit": "0"}, "/limit"),
    ({"channel": "web", "customer_id": "c", "cursor": "eyJwayI6ICJ4In0"}, "/cursor"),
    ({"channel": "web", "customer_id": "c", "cursor": "%%%"}, "/cursor"),
]


@pytest.mark.usefixtures("cloud")
def test_a_wrong_list_names_the_field() -> None:
    for query, pointer in WRONG_LISTS:
        status, body = call("orders/http_get_orders", queryStringParameters=query)
        assert status == 422
        assert pointer in {error["pointer"] for error in body["errors"]}


def test_a_customer_cancels(cloud: World) -> None:
    write(cloud, order(parts=(part(1, "ACCEPTED"),), payments=(payment(),)))
    expected = {
        "order_id": ID,
        "status": "IN_FULFILMENT",
        "outcome": "REQUESTED",
        "reason": "NO_LONGER_WANTED",
        "parts": [{"number": 1, "outcome": "REQUESTED", "units": 4}],
    }
    assert call("orders/http_post_cancel") == (200, expected)
    assert call("orders/http_post_cancel") == (200, expected)


@pytest.mark.parametrize("body", ["{}", '{"reason": ""}', '{"reason": "x y"}', "[]", "{"])
@pytest.mark.usefixtures("untouched")
def test_a_cancellation_says_why(body: str) -> None:
    assert call("orders/http_post_cancel", body=body)[0] == 422


def test_too_late_is_a_conflict(cloud: World) -> None:
    write(cloud, order(parts=(part(1, "SHIPPED"),), payments=(payment(),)))
    status, body = call("orders/http_post_cancel")
    assert (status, body["type"].rpartition("/")[2]) == (409, "TooLateToCancel")


def test_a_guest_follows_the_link(cloud: World) -> None:
    write(cloud, order(parts=(part(1, "ACCEPTED"),)))
    status, made = call("orders/http_post_link")
    assert status == 200
    assert made["expires_at"].startswith("2027-02-22")
    token = made["path"].removeprefix("/track/")
    status, body = call("orders/http_get_track", pathParameters={"token": token})
    assert (status, body["customer"]) == (200, {"name": "Zoé"})
    for wrong in (token[:-1], token + "0", "x"):
        status, body = call("orders/http_get_track", pathParameters={"token": wrong})
        assert (status, body["status"]) == (401, 401)
    cloud.live.now = lambda: NOW + 91 * 86_400  # type: ignore[attr-defined]
    assert call("orders/http_get_track", pathParameters={"token": token})[0] == 401


def test_the_description_of_the_api_is_public(cloud: World) -> None:
    status, body = call("orders/http_get_openapi")
    assert status in (200, 404), "404 until it is generated"
    assert status == 404 or body["openapi"].startswith("3.1")


def test_a_hold_is_released(cloud: World) -> None:
    write(cloud, order("CONFIRMED", holds=(Hold("ADDRESS", "no house number"),)))
    status, body = call("service/http_post_release")
    assert (status, body["holds"], body["version"]) == (200, [], 2)


def test_attempts_are_granted(cloud: World) -> None:
    parts = tuple(part(n, "REJECTED") for n in range(1, 6))
    write(cloud, order(parts=parts, payments=(payment(),)))
    status, body = call("service/http_post_attempts")
    assert (status, body["granted"]) == (200, 1)


def test_a_case_is_resolved(cloud: World) -> None:
    write(cloud, order())
    cloud.orders.open_case(ID, "SOURCING", 5, {"reason": "ATTEMPTS_EXHAUSTED", "at": NOW})
    status, body = call("service/http_post_resolve")
    assert (status, body["status"], body["part"]) == (200, "RESOLVED", 5)
    path = {"order_id": ID, "kind": "SOURCING", "part": "x"}
    assert call("service/http_post_resolve", pathParameters=path)[0] == 404


def test_cases_are_listed_taken_noted_and_closed(cloud: World) -> None:
    cloud.live.cases = CaseStore(Table(cloud.client, "Orders"), Table(cloud.client, "Stock"))  # type: ignore[attr-defined]
    write(cloud, order())
    cloud.orders.open_case(ID, "SOURCING", 5, {"reason": "ATTEMPTS_EXHAUSTED", "at": NOW - 60})
    status, body = call("service/http_get_cases")
    [found] = body["cases"]
    assert (status, found["order_id"], found["number"], found["state"]) == (200, ID, 5, "OPEN")
    assert found["detail"] == {"reason": "ATTEMPTS_EXHAUSTED"}
    path = {"case": found["id"]}
    for step, state in (("assign", "ASSIGNED"), ("note", "ASSIGNED"), ("resolve", "RESOLVED")):
        status, said = call(f"service/http_post_case_{step}", pathParameters=path)
        assert (status, said["state"], said["owner"]) == (200, state, "eve")
    for wrong in ("x", "%%%", "T3w"):
        assert call("service/http_post_case_note", pathParameters={"case": wrong})[0] == 404
    assert call("service/http_post_case_assign", pathParameters=path)[0] == 409
    assert call("service/http_get_cases", queryStringParameters={"state": "X"})[0] == 422


def test_events_become_messages_and_what_cannot_is_set_aside(cloud: World) -> None:
    write(cloud, order(parts=(part(1, "ACCEPTED"),)))
    for _ in range(2):
        answer = notify.handler(sample("notify/sqs_batch"), CONTEXT)
        assert answer == {"batchItemFailures": []}
    assert [row["status"] for row in cloud.orders.get(ID).messages] == [
        "IN_PREPARATION",
        "SUPPORT_WAITING",
    ]
    assert cloud.live.dead[0].startswith("m-4 NotFound")  # type: ignore[attr-defined]
    status, body = call("orders/http_get_messages")
    assert (status, [m["status"] for m in body["messages"]]) == (
        200,
        ["SUPPORT_WAITING", "IN_PREPARATION"],
    )
    assert body["messages"][0]["body"].startswith("Hello Zoé,")


@pytest.mark.parametrize(
    ("name", "told", "folder", "lines"),
    [
        ("stream_orders", ["order.placed", "order.confirmed", "fulfilment.assigned", "fulfilment.accepted"], "orders", 4),
        ("stream_stock", ["stock_item.depleted", "stock_item.replenished"], "stock", 2),
    ],
)  # fmt: skip
def test_a_stream_becomes_events_and_lines(
    monkeypatch: pytest.MonkeyPatch, name: str, told: list[str], folder: str, lines: int
) -> None:
    from oms.gateways.bus import EventBus

    client, lake = Events(), Kept()
    live = SimpleNamespace(bus=EventBus(client, "bus"), lake=lake)
    monkeypatch.setattr(wiring, "live", lambda: live)
    publish.handler(sample(f"publish/{name}"), CONTEXT)
    assert [entry["DetailType"] for call in client.calls for entry in call] == told
    ((key, written),) = lake.objects.items()
    assert key.startswith(f"{folder}/dt=2026-11-24/")
    assert len(written) == lines
    assert "Zoé" not in json.dumps([client.calls, written], default=str, ensure_ascii=False)
