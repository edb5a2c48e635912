"""Purchase orders on the queues of drop-shippers: from the bus's event to the supplier's queue."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import pytest

from functions.purchase import app
from oms import wiring
from oms.contracts.purchases import PurchaseView
from oms.domain.model import fulfilment as fo
from oms.domain.model.channel import Channel
from oms.domain.supplying.supplier import Supplier
from oms.gateways.supplier_queues import SupplierQueues
from oms.stores.config import keys
from tests.cloud import World, receive, world
from tests.invocation import CONTEXT
from tests.orders import assigned
from tests.parts import move

SAMPLE = Path(__file__).parents[2] / "events/purchase/sqs_batch.json"
MILANO, SKU = "drop-milano", "SKU-001"


class Cloud:
    """A world whose drop-shipper has a queue."""

    def __init__(self, made: World, name: str) -> None:
        self.world, self.sqs = made, boto3.client("sqs", region_name="eu-west-1")
        self.dead: list[str] = []
        fifo = {"FifoQueue": "true"} if name.endswith(".fifo") else {}
        self.url = self.sqs.create_queue(QueueName=name, Attributes=fifo)["QueueUrl"]
        self.tell(self.url)

    def tell(self, queue: str) -> None:
        supplier = Supplier(MILANO, "Milano", purchase_queue=queue)
        self.world.config.put(keys.supplier_pk(MILANO), supplier)

    @property
    def live(self) -> Any:
        return SimpleNamespace(
            orders=self.world.orders,
            config=self.world.config,
            supplier_post=SupplierQueues(self.sqs),
            dead_letters=lambda message, reason: self.dead.append(reason),
        )

    def hears(self, order: str, number: int = 1) -> list[Any]:
        event = json.loads(SAMPLE.read_text())
        body = json.loads(event["Records"][0]["body"])
        body["detail"] |= {"order_id": order, "number": number}
        event["Records"][0]["body"] = json.dumps(body)
        return app.handler(event, CONTEXT)["batchItemFailures"]

    def sent(self) -> list[dict[str, Any]]:
        found = self.sqs.receive_message(
            QueueUrl=self.url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        )
        return list(found.get("Messages", []))

    def purchase(self) -> str:
        receive(self.world, SKU, MILANO, 5)
        return assigned(self.world, {SKU: 2}).id


@pytest.fixture(params=["oms-supplier-milano", "oms-supplier-milano.fifo"])
def cloud(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    with world() as made:
        built = Cloud(made, request.param)
        monkeypatch.setattr(wiring, "live", lambda: built.live)
        yield built


def test_a_purchase_order_comes_to_the_suppliers_queue_with_where_to_send_what(
    cloud: Cloud,
) -> None:
    order = cloud.purchase()
    assert [cloud.hears(order), cloud.hears(order)] == [[], []]
    found = cloud.sent()
    assert len(found) == (1 if cloud.url.endswith(".fifo") else 2)
    for message in found:
        document = PurchaseView.model_validate_json(message["Body"])
        assert (document.number, document.status) == (f"{order}-1", "SENT")
        assert document.ship_to
        assert (document.ship_to.city, document.lines[0].quantity) == ("Paris", 2)
        told = {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}
        number = document.number
        assert told == {"id": f"{number}:SENT", "number": number, "status": "SENT"}


def test_what_is_cancelled_is_sent_without_an_address(cloud: Cloud) -> None:
    order = cloud.purchase()
    part = cloud.world.orders.part(order, 1)
    move(cloud.world, order, 1, "cancel", part.moved("cancel", due=None))
    assert cloud.hears(order) == []
    [message] = cloud.sent()
    document = PurchaseView.model_validate_json(message["Body"])
    assert (document.status, document.ship_to) == ("CANCELLED", None)


def test_nothing_is_sent_of_an_offer_nor_to_whom_reads_for_himself(cloud: Cloud) -> None:
    channel = Channel("web", "Web", "EUR", offers=2)
    cloud.world.config.put(keys.channel_pk("web"), channel)
    offer = cloud.purchase()
    assert cloud.world.orders.part(offer, 1).status == fo.OFFERED
    cloud.hears(offer)
    cloud.world.config.put(keys.channel_pk("web"), Channel("web", "Web", "EUR"))
    cloud.tell("")
    cloud.hears(assigned(cloud.world, {SKU: 1}, external_id="e2").id)
    cloud.world.config.put(keys.supplier_pk(MILANO), Supplier("another", "Another"))
    receive(cloud.world, "SKU-002", "dc-lille", 5)
    cloud.hears(assigned(cloud.world, {"SKU-002": 1}, external_id="e3").id)
    assert cloud.sent() == []


def test_a_queue_that_does_not_answer_is_tried_again_and_an_unknown_order_is_set_aside(
    cloud: Cloud,
) -> None:
    order = cloud.purchase()
    cloud.tell(cloud.url.replace("milano", "gone"))
    assert len(cloud.hears(order)) == 1
    cloud.tell(cloud.url)
    assert cloud.hears(order) == []
    assert len(cloud.sent()) == 1
    assert cloud.hears("0" * 16) == []
    assert len(cloud.dead) == 1
