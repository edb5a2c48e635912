"""supply: goods on their way, from the document to the shelf, every step twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from functions.supply import app
from oms import wiring
from oms.domain.stock import movements
from oms.domain.supplying.supplier import Supplier
from oms.stores.config import keys
from oms.stores.loads.store import LoadStore
from oms.stores.supply.store import SupplyStore
from tests.cloud import NOW, World, world
from tests.invocation import CONTEXT
from tests.usecases.told import told

EVENTS = Path(__file__).parents[2] / "events" / "supply"


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with world() as built:
        built.config.put(keys.supplier_pk("acme"), Supplier("acme", "Acme", 75, 2))
        live = SimpleNamespace(
            supplies=SupplyStore(built.stock.table),
            loads=LoadStore(built.stock.table),
            config=built.config,
            now=lambda: NOW,
        )
        monkeypatch.setattr(wiring, "live", lambda: live)
        yield built


def call(name: str, nodes: str = "dc-lille", **changes: Any) -> tuple[int, Any]:
    event = json.loads((EVENTS / f"{name}.json").read_text())
    event["requestContext"]["authorizer"]["jwt"]["claims"]["nodes"] = nodes
    if "body" in event:
        event["body"] = json.dumps(json.loads(event["body"]) | changes)
    answer = app.handler(event, CONTEXT)
    return answer["statusCode"], json.loads(answer["body"] or "null")


def step(
    path: str, id: str, action: str, nodes: str = "dc-lille", /, **body: Any
) -> tuple[int, Any]:
    event = json.loads((EVENTS / "receive.json").read_text())
    event["routeKey"] = f"POST {path}/{{id}}/{action}"
    event["pathParameters"] = {"id": id}
    event["requestContext"]["authorizer"]["jwt"]["claims"]["nodes"] = nodes
    event["body"] = json.dumps(body)
    answer = app.handler(event, CONTEXT)
    return answer["statusCode"], json.loads(answer["body"])


def coming(cloud: World, sku: str) -> list[tuple[str, str, int, int]]:
    nodes = [cloud.config.node(id) for id in ("dc-lille", "store-paris")]
    found = cloud.stock.availability.network([sku], nodes, consistent=True).supplies
    return [(row.id, row.node, row.quantity, row.sure) for row in found]


def shelf(cloud: World, sku: str, node: str = "dc-lille") -> tuple[int, int]:
    item = cloud.stock.items.get(sku, node)
    return (item.on_hand, item.available) if item else (0, 0)


def test_a_purchase_order_is_expected_when_sent_and_received_in_parts(cloud: World) -> None:
    for _ in range(2):
        assert call("post_order")[1]["status"] == "DRAFT"
    assert coming(cloud, "SKU-001") == []
    for _ in range(2):
        assert step("/purchase-orders", "po-7", "send")[1]["status"] == "SENT"
    assert coming(cloud, "SKU-001") == [("PO#po-7", "dc-lille", 10, 7)]
    for _ in range(2):
        status, body = call("receive")
        assert (status, body["status"], body["lines"][0]["outstanding"]) == (200, "PARTIAL", 3)
        assert shelf(cloud, "SKU-001") == (7, 6)
        assert coming(cloud, "SKU-001") == [("PO#po-7", "dc-lille", 3, 2)]
    assert step("/purchase-orders", "po-7", "reschedule", eta="2026-12-24")[0] == 200
    assert [row[2] for row in coming(cloud, "SKU-001")] == [3]
    status, closed = step("/purchase-orders", "po-7", "close")
    assert (status, closed["status"], closed["possible"]) == (200, "CLOSED_SHORT", [])
    assert (coming(cloud, "SKU-001"), coming(cloud, "SKU-002")) == ([], [])
    assert call("get_documents")[1]["documents"] == []


def test_a_notice_is_expected_instead_of_its_order(cloud: World) -> None:
    call("post_order")
    step("/purchase-orders", "po-7", "send")
    for _ in range(2):
        assert call("post_notice")[1]["status"] == "ANNOUNCED"
    assert sorted(coming(cloud, "SKU-001")) == [
        ("NOTICE#asn-1", "dc-lille", 6, 4),
        ("PO#po-7", "dc-lille", 4, 3),
    ]
    assert step("/purchase-orders", "po-7", "close")[0] == 409
    listed = [doc["id"] for doc in call("get_documents")[1]["documents"]]
    assert listed == ["asn-1", "po-7"], "by date"
    came = {"id": "n-1", "lines": [{"sku": "SKU-001", "received": 5}]}
    assert step("/advance-notices", "asn-1", "receive", **came)[1]["status"] == "PARTIALLY_RECEIVED"
    order = call("get_order")[1]
    assert (order["status"], order["lines"][0]["received"]) == ("PARTIAL", 5)
    step("/advance-notices", "asn-1", "close")
    assert coming(cloud, "SKU-001") == [("PO#po-7", "dc-lille", 5, 3)]
    assert shelf(cloud, "SKU-001") == (5, 5)


def test_a_transfer_leaves_one_node_and_arrives_at_the_other(cloud: World) -> None:
    call("post_transfer")
    assert step("/transfers", "t-1", "ready")[0] == 200
    status, refused = step("/transfers", "t-1", "ship")
    assert (status, refused["missing"]) == (409, {"SKU-001": 3})
    receipt = movements.receive("r", "SKU-001", "dc-lille", 5, cause="", actor="t")
    cloud.stock.movements.book(receipt, now=NOW)
    for _ in range(2):
        assert step("/transfers", "t-1", "ship")[1]["status"] == "IN_TRANSIT"
        assert shelf(cloud, "SKU-001") == (2, 2)
        assert coming(cloud, "SKU-001") == [("TRANSFER#t-1", "store-paris", 3, 3)]
    came = {"id": "n", "lines": [{"sku": "SKU-001", "received": 2, "discrepancies": {"SHORT": 1}}]}
    assert step("/transfers", "t-1", "receive", **came)[0] == 404, "of another node"
    for _ in range(2):
        status, body = step("/transfers", "t-1", "receive", "store-paris", **came)
        assert (status, body["status"]) == (200, "RECEIVED")
        assert shelf(cloud, "SKU-001", "store-paris") == (2, 2)
    assert coming(cloud, "SKU-001") == []


@pytest.mark.parametrize(
    ("name", "changes", "status", "pointer"),
    [
        ("post_order", {"supplier": "nobody"}, 404, "/supplier"),
        ("post_order", {"lines": [{"sku": "SKU-999", "quantity": 1}]}, 422, "/lines/0/sku"),
        ("post_order", {"lines": []}, 422, "/lines"),
        ("post_order", {"eta": "soon"}, 422, "/eta"),
        ("post_notice", {"order": "po-0"}, 422, "/order"),
        ("post_transfer", {"node": "dc-lille"}, 422, "/node"),
        ("post_transfer", {"node": "nowhere"}, 404, "/node"),
    ],
)
def test_a_wrong_document_names_its_field(
    cloud: World, name: str, changes: dict[str, Any], status: int, pointer: str
) -> None:
    found, problem = call(name, **changes)
    assert (found, [error["pointer"] for error in problem["errors"]]) == (status, [pointer])


def test_an_id_stands_for_one_document_and_one_receipt(cloud: World) -> None:
    call("post_order")
    assert call("post_order", lines=[{"sku": "SKU-001", "quantity": 9}])[0] == 409
    step("/purchase-orders", "po-7", "send")
    call("receive")
    assert call("receive", lines=[{"sku": "SKU-001", "received": 1}])[0] == 409


def test_people_of_other_nodes_neither_see_nor_move_a_document(cloud: World) -> None:
    call("post_order")
    assert call("get_order", nodes="dc-leipzig")[0] == 404
    assert step("/purchase-orders", "po-7", "send", "dc-leipzig")[0] == 404
    assert call("post_order", nodes="dc-leipzig", id="po-8")[0] == 404
    assert call("get_documents", nodes="dc-leipzig")[0] == 404
    assert call("get_order")[1]["status"] == "DRAFT"


def test_two_receipts_at_once_are_both_booked(
    cloud: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("post_order")
    step("/purchase-orders", "po-7", "send")
    real, first = SupplyStore.commit, iter([True])

    def overtaken(self: SupplyStore, *given: Any, **named: Any) -> None:
        if next(first, False):
            assert call("receive", id="other")[0] == 200
        real(self, *given, **named)

    monkeypatch.setattr(SupplyStore, "commit", overtaken)
    second = call("receive", lines=[{"sku": "SKU-001", "received": 2}])
    assert (second[0], second[1]["receipts"]) == (200, ["note-1", "other"])
    assert shelf(cloud, "SKU-001") == (9, 8)


def test_a_file_that_nobody_dropped_has_no_loads(cloud: World) -> None:
    assert call("get_files") == (200, {"loads": []})


def test_each_step_of_a_document_is_told_once(cloud: World) -> None:
    events = []
    for take in (
        lambda: call("post_order"),
        lambda: step("/purchase-orders", "po-7", "send"),
        lambda: call("receive"),
    ):
        take()
        events.append(told(cloud, "PO#po-7", "DOC"))
        take()
        assert told(cloud, "PO#po-7", "DOC") == events[-1]
    assert [(event.type, event.detail["status"]) for event in events] == [
        ("purchase_order.created", "DRAFT"),
        ("purchase_order.sent", "SENT"),
        ("purchase_order.received", "PARTIAL"),
    ]
    assert [event.id for event in events] == [f"PO#po-7|DOC:{n}" for n in (1, 2, 3)]
    assert events[-1].detail == {
        "id": "PO#po-7|DOC:3", "document": "po-7", "node": "dc-lille", "event": "received",
        "source": "acme", "order": "", "status": "PARTIAL", "eta": events[0].detail["eta"],
        "expected": 14, "received": 6, "discrepancies": {"DAMAGED": 1},
        "version": 3, "at": NOW, "by": events[0].detail["by"], "cause": "",
    }  # fmt: skip
