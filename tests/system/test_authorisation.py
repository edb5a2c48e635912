"""Who may do what: every operation with no token, with the wrong scope, for another node."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from local.actors.api import Api, NotThere, Problem
from local.actors.world import World
from oms.domain.preparing.verbs import StaffVerb
from oms.edge.principal import OPS, SERVICE, STAFF, STOREFRONT
from tests.system.evidence import refused
from tools.http_routes import HttpRoute, http_routes

pytestmark = pytest.mark.system

HERE, ELSEWHERE = "dc-lille", "store-lyon"
PUBLIC = {  # the answer is public, or the request is signed
    "GET /openapi.json",
    "GET /track/{token}",
    "POST /webhooks/shopify/{channel}",
    "POST /webhooks/payments/{provider}",
    "POST /webhooks/carriers/{carrier}",
}
ROUTES = {route.key: route for route in http_routes()}
BODIES: dict[str, dict[str, object]] = {
    "reject": {"reason": "NO_VARIANCE"},
    "shipped-notice": {"carrier": "Corriere", "tracking": ["CO-1"]},
    "cancel-answer": {"answer": "AGREE"},
    "status": {"online": False, "reason": "not theirs"},
}
ONE_LINE = [{"line": 1, "quantity": 1, "reason": "OTHER"}]


def call(api: Api, route: HttpRoute, order: str = "0123456789ABCDEF", **body: object) -> Any:
    known = {"order_id": order, "part": 1, "number": 1, "node": HERE, "sku": "SKU-001"}
    path = route.path.format_map(defaultdict(lambda: "x", known))
    return api.call(route.method, path, json.dumps(body).encode() if body else None).body


def test_only_signed_and_public_operations_need_no_token() -> None:
    assert {key for key, route in ROUTES.items() if route.public} == PUBLIC
    assert all(route.scopes for route in ROUTES.values() if not route.public)


@pytest.mark.parametrize("key", sorted(set(ROUTES) - PUBLIC))
def test_an_operation_wants_a_token_with_its_scope(world: World, key: str) -> None:
    route = ROUTES[key]
    others = {STOREFRONT, STAFF, SERVICE, OPS} - set(route.scopes)
    strangers = [
        (world.api(), 401),
        (world.api("not.a.token"), 401),
        (world.api(world.stack.token(*route.scopes, ttl_s=-60)), 401),
        (world.api(world.stack.token(*route.scopes, aud="somebody else")), 401),
        (world.api(world.token(*others, "oms/none", sub="x", nodes=(HERE,))), 403),
    ]
    for api, status in strangers:
        with pytest.raises(Problem) as caught:
            call(api, route)
        assert caught.value.status == status, caught.value


def test_staff_reach_nothing_of_another_node(world: World) -> None:
    sku = world.new_sku({HERE: 5})
    order = world.shop.place({sku: 1})
    world.staff.wait_for_part(order)
    before = world.staff.at(HERE).see(order, 1)
    stranger = world.crew(ELSEWHERE).api
    for route in staff_routes():
        action = route.path.rpartition("/")[2]
        with pytest.raises(NotThere):
            call(stranger, route, order, **BODIES.get(action, {}))
    for path, body in reports(sku, order):
        refused(lambda path=path, body=body: stranger.post(path, body), 404, "NotFound")
    refused(lambda: stranger.get(f"/orders/{order}"), 404, "NotFound")
    assert world.staff.at(HERE).see(order, 1) == before


def test_a_batch_of_confirmations_reaches_nothing_of_another_node(world: World) -> None:
    order = world.shop.place({world.new_sku({HERE: 5}): 1})
    world.staff.wait_for_part(order)
    actions = [
        {"order_id": order, "part": 1, "action": name, "body": BODIES.get(name, {})}
        for name in StaffVerb
    ]
    answers = world.crew(ELSEWHERE).api.post("/fulfilment-orders/actions", {"actions": actions})[
        "answers"
    ]
    assert [answer["status"] for answer in answers] == [404] * len(StaffVerb)
    assert world.staff.at(HERE).see(order, 1)["status"] == "ASSIGNED"


def test_only_customer_service_vouches_for_whoever_collects(world: World) -> None:
    order = world.shop.place({world.new_sku({"store-paris": 5}): 1}, collect_at="store-paris")
    [part] = world.staff.work_through(order)
    refused(lambda: world.staff.do("collect", part, proof="ID"), 403, "Forbidden")
    refused(lambda: world.staff.do("collect", part, code="é\u0000"), 403, "Forbidden")


def test_only_customer_service_takes_returns_beyond_their_window(world: World) -> None:
    order = world.shop.place({world.new_sku({HERE: 1}): 1})
    world.staff.work_through(order)
    body = {"key": "late", "lines": ONE_LINE, "ignore_window": True}
    refused(lambda: world.shop.api.post(f"/orders/{order}/returns", body), 403, "Forbidden")
    assert world.service.api.post(f"/orders/{order}/returns", body)["number"] == 1


def test_a_subject_of_any_form_is_recorded_as_who_did_it(world: World) -> None:
    sub = "auth0|5f#7.é/%20 [x, y]"
    order = world.shop.place({world.new_sku({HERE: 1}): 1})
    world.staff.wait_for_part(order)
    api = world.api(world.token(STAFF, sub=sub, nodes=(HERE,)))
    assert api.post(f"/orders/{order}/fulfilment-orders/1/accept")["status"] == "ACCEPTED"
    assert sub in json.dumps(world.service.see(order).raw["timeline"], ensure_ascii=False)


@pytest.mark.parametrize("nodes", [(), ("dc-lill",), ("dc-lille-2",), ("*",), ("DC-LILLE",)])
def test_a_node_is_named_exactly(world: World, nodes: tuple[str, ...]) -> None:
    api = world.api(world.token(STAFF, sub="x", nodes=nodes))
    refused(lambda: api.get(f"/nodes/{HERE}/work"), 404, "NotFound")


def staff_routes() -> Iterator[HttpRoute]:
    """What staff do with a part, and their list of work."""
    for route in ROUTES.values():
        if STAFF in route.scopes and ("{part}" in route.path or "{node}" in route.path):
            yield route


def reports(sku: str, order: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is said in the name of the node HERE."""
    stock = {"id": "x", "sku": sku, "node": HERE}
    yield "/stock/receipts", {**stock, "quantity": 1}
    yield "/stock/adjustments", {**stock, "delta": 1, "reason": "found"}
    yield "/stock/counts", {**stock, "counted": 9}
    yield "/stock/supplies", {**stock, "quantity": 1, "eta": "2030-01-01"}
    lines = [{"sku": sku, "quantity": 9}]
    yield "/stock/feeds", {"id": "x", "node": HERE, "kind": "COUNT", "lines": lines}
    yield f"/orders/{order}/returns/counter", {"key": "k", "node": HERE, "lines": ONE_LINE}
    yield f"/orders/{order}/returns/1/receive", {"node": HERE, "lines": []}
    judged = [{"line": 1, "accepted": 1}]
    yield f"/orders/{order}/returns/1/inspect", {"node": HERE, "lines": judged}
