"""Whatever intake accepts is read, listed, followed by its link and told of; nothing answers 500."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions.orders import app as orders
from functions.ship import app as ship
from oms import wiring
from oms.domain.errors import ValidationFailed
from oms.domain.model.address import Address
from oms.domain.model.order import OrderSnapshot
from oms.domain.timeline import Entry
from oms.gateways.channels import shopify
from oms.gateways.notifications.outbox import Outbox
from oms.gateways.notifications.templates import render
from oms.usecases.notifying.deps import Notifying
from oms.usecases.notifying.notify_customer import notify_customer
from oms.usecases.placing.deps import Placing
from oms.usecases.placing.place_order import place_order
from oms.wiring.preparing import preparing
from tests.bundles import bundle
from tests.cloud import NOW, World, receive, world
from tests.gateways.foreign import SHOPIFY, harmed
from tests.invocation import CONTEXT
from tests.orders import new_order
from tests.usecases.orders import part

EVENTS = Path(__file__).parents[2] / "events"
BODY = json.loads((EVENTS / "ingest_order/bodies/shopify_order.json").read_text())
MANY = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
gaps = st.builds(
    Address,
    *[st.sampled_from(["", "Ada", "1 Rue"])] * 3,
    st.sampled_from(["", "FR"]),
    st.sampled_from(["", "75001"]),
)
bodies = harmed(BODY["shipping_address"]) | st.sampled_from([None, {}])


@pytest.fixture(scope="module")
def cloud() -> Iterator[World]:
    with world() as built:
        receive(built, "SKU-001", "dc-lille", 5000)
        yield built


@pytest.fixture(autouse=True)
def live(cloud: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = SimpleNamespace(
        orders=cloud.orders, config=cloud.config, secrets={"link": "link-secret"}, now=lambda: NOW
    )
    monkeypatch.setattr(wiring, "live", lambda: shown)
    deps = SimpleNamespace(orders=cloud.orders, config=cloud.config, now=NOW)
    monkeypatch.setitem(ship.app.dependency_overrides, preparing, lambda: deps)


def sample(name: str, **changes: Any) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text())
    return {**event, **changes}


def at_lille(name: str, **changes: Any) -> dict[str, Any]:
    event = sample(name, **changes)
    event["requestContext"]["authorizer"]["jwt"]["claims"]["nodes"] = "[dc-lille]"
    return event


def answer_of(app: Any, event: dict[str, Any]) -> Any:
    answer = app.handler(event, CONTEXT)
    assert answer["statusCode"] == 200, answer["body"]
    return json.loads(answer["body"])


def is_answered_everywhere(cloud: World, snapshot: OrderSnapshot) -> None:
    path = {"order_id": snapshot.id}
    for reader in ("http_get_order", "http_post_link"):
        answer_of(orders, sample(f"orders/{reader}", pathParameters=path))
    made = answer_of(orders, sample("orders/http_post_link", pathParameters=path))
    token = made["path"].removeprefix("/track/")
    answer_of(orders, sample("orders/http_get_track", pathParameters={"token": token}))
    query = {"channel": snapshot.channel, "customer_id": snapshot.customer.id}
    listed = answer_of(orders, sample("orders/http_get_orders", queryStringParameters=query))
    assert snapshot.id in [found["id"] for found in listed["orders"]]
    deps = bundle(
        Notifying,
        cloud,
        messenger=Outbox(),
        texts=Outbox(),
        render=render,
        goods=None,
        link_secret=str,
    )
    notify_customer(snapshot.id, "order.confirmed", 0, cause="e", deps=deps)
    held = part(1, "ACCEPTED", lines={1: "0"})
    cloud.orders.save_part(_of(held, snapshot.id), Entry(1, "assign", NOW, "sourcing"))
    answer_of(orders, sample("orders/http_get_order_staff", pathParameters=path))
    where = {**path, "part": "1"}
    answer_of(ship, at_lille("ship/http_get_part", pathParameters=where))
    answer_of(ship, at_lille("ship/http_get_work", pathParameters={"node": "dc-lille"}))


def _of(held: Any, order_id: str) -> Any:
    return replace(held, order_id=order_id)


@MANY
@given(bodies)
def test_a_foreign_order_is_read_whatever_its_address_lacks(cloud: World, address: Any) -> None:
    body = {**BODY, "id": uuid4().int % 10**12, "shipping_address": address}
    try:
        placed = place_order(shopify.read(body, SHOPIFY), deps=bundle(Placing, cloud))
    except ValidationFailed:
        return  # nothing was accepted
    is_answered_everywhere(cloud, placed.snapshot)


@MANY
@given(gaps)
def test_a_native_order_is_read_whatever_its_address_lacks(cloud: World, address: Any) -> None:
    asked = new_order({"SKU-001": 1}, external_id=uuid4().hex, ship_to=address)
    try:
        placed = place_order(asked, deps=bundle(Placing, cloud))
    except ValidationFailed:
        return
    is_answered_everywhere(cloud, placed.snapshot)
