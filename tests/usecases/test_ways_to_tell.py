"""The code of a pickup reaches its customer: by mail, by SMS, or a person hears that it does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from oms.domain.errors import Fault, Refused
from oms.domain.model.channel import Channel
from oms.gateways.notifications.sms import SmsMessenger
from oms.stores.config.keys import channel_pk
from tests.cloud import World
from tests.usecases.orders import ID, order, part, write
from tests.usecases.test_notify_customer import Post, tell

PHONE = "+33 6 00 00 00 00"
SMS = Channel("web", "Web", "EUR", sms=True)


class Refusing(Post):
    def send(self, id: str, to: str, subject: str, body: str) -> None:
        raise Refused("opted out")


def ready(world: World, *, email: str = "", phone: str = PHONE) -> None:
    at_the_store = part(1, "READY_FOR_PICKUP", node="store-paris", method="PICKUP", code="4711")
    built = order(parts=(at_the_store,))
    customer = replace(built.snapshot.customer, email=email, phone=phone)
    snapshot = replace(built.snapshot, customer=customer, ship_to=None)
    write(world, replace(built, snapshot=snapshot))


def kept(world: World) -> Any:
    (row,) = world.orders.get(ID).messages
    return row


def cases(world: World) -> list[Any]:
    return [(case["sk"], case["reason"]) for case in world.orders.get(ID).cases]


def test_who_has_a_phone_only_reads_the_code_there(world: World) -> None:
    world.config.put(channel_pk("web"), SMS)
    ready(world)
    mails, texts = Post(), Post()
    for _ in range(2):
        tell(world, "fulfilment.ready_for_pickup", 1, mails, texts)
    assert (mails.sent, [to for _, to, _ in texts.sent]) == ([], ["+33600000000"])
    assert (kept(world)["state"], kept(world)["by"]) == ("SENT", "SMS")
    assert "4711" in kept(world)["body"]
    assert len(kept(world)["body"]) < 320, "two SMS at most"
    assert cases(world) == []


def test_an_email_goes_before_a_phone(world: World) -> None:
    world.config.put(channel_pk("web"), SMS)
    ready(world, email="zoe@mail.example")
    mails, texts = Post(), Post()
    tell(world, "fulfilment.ready_for_pickup", 1, mails, texts)
    assert (len(mails.sent), len(texts.sent)) == (1, 0)


@pytest.mark.parametrize(("sms", "phone"), [(False, PHONE), (True, "06 00 00 00 00"), (True, "")])
def test_nobody_is_said_to_be_told_who_was_not(world: World, sms: bool, phone: str) -> None:
    world.config.put(channel_pk("web"), replace(SMS, sms=sms))
    ready(world, phone=phone)
    tell(world, "fulfilment.ready_for_pickup", 1)
    assert kept(world)["state"] == "NO_ADDRESS"
    assert cases(world) == [("CASE#MESSAGE#01", "READY_FOR_PICKUP: NO_ADDRESS")]


def test_what_the_provider_refuses_for_good_is_a_case_and_not_sent(world: World) -> None:
    ready(world, email="zoe@mail.example")
    for _ in range(2):
        tell(world, "fulfilment.ready_for_pickup", 1, Refusing())
    assert kept(world)["state"] == "REFUSED"
    assert cases(world) == [("CASE#MESSAGE#01", "READY_FOR_PICKUP: REFUSED")]


def test_without_a_provider_a_message_is_kept(world: World) -> None:
    ready(world, email="zoe@mail.example")
    post = Post()
    post.leaves = False
    tell(world, "fulfilment.ready_for_pickup", 1, post)
    assert kept(world)["state"] == "KEPT"


@pytest.fixture
def sms() -> Any:
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return boto3.client("sns", region_name="eu-central-1", **keys)


def test_an_sms_is_transactional_and_names_its_sender(sms: Any) -> None:
    def text(value: str) -> dict[str, str]:
        return {"DataType": "String", "StringValue": value}

    kinds = {"AWS.SNS.SMS.SMSType": text("Transactional"), "AWS.SNS.SMS.SenderID": text("SHOP")}
    expected = {"PhoneNumber": "+336", "Message": "Code: 1", "MessageAttributes": kinds}
    with Stubber(sms) as stub:
        stub.add_response("publish", {"MessageId": "1"}, expected)
        SmsMessenger(sms, "SHOP").send("m", "+336", "subject", "Code: 1")
        stub.assert_no_pending_responses()


@pytest.mark.parametrize(("code", "raised"), [("InvalidParameter", Refused), ("Throttled", Fault)])
def test_a_number_that_is_none_is_told_from_a_fault(sms: Any, code: str, raised: Any) -> None:
    with Stubber(sms) as stub:
        stub.add_client_error("publish", code)
        with pytest.raises(raised):
            SmsMessenger(sms, "SHOP").send("m", "+336", "s", "b")
