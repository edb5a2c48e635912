"""Batches of queues and streams: what is handed back, what goes to dead letters, what is logged."""

from __future__ import annotations

import json
from typing import Any

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from oms.domain.errors import Fault, ValidationFailed
from oms.edge.observed import observed
from oms.edge.queues import attributes, bus_event, content, each_message
from oms.edge.streams import (
    Change,
    changes,
    each_change,
    last_of_each_partition,
    whole_batch,
)
from oms.observability import correlation_id
from oms.stores.dynamo.table import from_wire, to_wire
from tests.invocation import CONTEXT, logged

ORDER, OTHER = "0123456789ABCDEF", "FEDCBA9876543210"


def message(id: str, body: Any, **attributes: str) -> dict[str, Any]:
    given = {name: {"stringValue": text, "dataType": "String"} for name, text in attributes.items()}
    text = body if isinstance(body, str) else json.dumps(body)
    return {
        "messageId": id,
        "body": text,
        "messageAttributes": given,
        "eventSource": "aws:sqs",
    }


def of_bus(order_id: str, **more: Any) -> dict[str, Any]:
    detail = {"id": "e-1", "order_id": order_id, "event": "ship", **more}
    return {"detail-type": "fulfilment.ship", "detail": detail}


def record(number: int, pk: str, sk: str = "STATE", **new: Any) -> dict[str, Any]:
    data = {
        "Keys": to_wire({"pk": pk, "sk": sk}),
        "SequenceNumber": str(number),
        "ApproximateCreationDateTime": 1_767_000_000.0,
    }
    if new:
        data["NewImage"] = to_wire({"pk": pk, "sk": sk, **new})
    return {"eventID": str(number), "eventSource": "aws:dynamodb", "dynamodb": data}


def take(record: SQSRecord) -> str | None:
    found = content(record)
    if found == "refuse":
        raise ValidationFailed("not what we take", fields={"/name": "Jo Doe"})
    if found == "fail":
        raise Fault("the table does not answer")
    return "TAKEN" if found == "word" else None


def test_a_message_that_failed_is_handed_back_and_no_other() -> None:
    texts = ["fine", "fail", "word", "refuse", "fail"]
    event = {"Records": [message(f"m{n}", json.dumps(text)) for n, text in enumerate(texts)]}
    dead: list[str] = []
    with logged() as lines:
        handler = observed(
            lambda event, _: each_message(
                event, take, lambda record, why: dead.append(f"{record.message_id} {why}")
            )
        )
        answer = handler(event, CONTEXT)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m1"}, {"itemIdentifier": "m4"}]}
    assert dead == ["m3 ValidationFailed: not what we take (/name: Jo Doe)"]
    said = [each for each in lines if each.get("message") == "message"]
    assert [(each["message_id"], each["outcome"]) for each in said] == [
        ("m0", "OK"),
        ("m1", "Fault"),
        ("m2", "TAKEN"),
        ("m3", "ValidationFailed"),
        ("m4", "Fault"),
    ]
    assert "Jo Doe" not in json.dumps(lines)


def test_what_is_no_json_goes_to_dead_letters() -> None:
    dead: list[str] = []
    event = {"Records": [message("m", "no JSON")]}
    assert each_message(event, take, lambda _, why: dead.append(why)) == {"batchItemFailures": []}
    assert dead == ["ValidationFailed: the message is not valid JSON (: JSON)"]


def test_a_message_whose_dead_letter_was_not_taken_is_handed_back() -> None:
    def broken(record: SQSRecord, why: str) -> None:
        raise Fault("the queue does not answer")

    answer = each_message({"Records": [message("m", '"refuse"')]}, take, broken)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m"}]}


def test_each_message_has_its_own_order_and_correlation_id() -> None:
    seen: list[str] = []

    def tell(record: SQSRecord) -> None:
        bus_event(record)
        seen.append(correlation_id())

    messages = [
        message("m1", of_bus(ORDER, correlation_id="cart-1")),
        message("m2", of_bus("")),
        message("m3", of_bus(OTHER), correlation_id="cart-3"),
    ]
    with logged() as lines:
        each_message({"Records": messages}, tell, lambda *_: None)
    assert seen == ["cart-1", "m2", "cart-3"]
    assert [(each.get("order_id"), each["correlation_id"]) for each in lines] == [
        (ORDER, "cart-1"),
        (None, "m2"),
        (OTHER, "cart-3"),
    ]


def test_attributes_are_read_as_text() -> None:
    assert attributes(SQSRecord(message("m", "{}", channel="amazon"))) == {"channel": "amazon"}
    assert attributes(SQSRecord({"messageId": "m", "body": "{}"})) == {}


def test_a_stream_stops_at_the_first_failure() -> None:
    followed: list[str] = []

    def follow(change: Change) -> None:
        followed.append(change.sk)
        if change.sk == "FO#2":
            raise Fault("the table does not answer")

    rows = [record(n, f"O#{ORDER}", f"FO#{n}", v=1, last={"k": "ship"}) for n in (1, 2, 3)]
    with logged() as lines:
        answer = each_change({"Records": rows}, from_wire, follow)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "2"}]}
    assert followed == ["FO#1", "FO#2"]
    said = [each for each in lines if each.get("message") == "record"]
    assert [(each["item"], each["event"], each["outcome"]) for each in said] == [
        (f"O#{ORDER}/FO#1", "ship", "OK"),
        (f"O#{ORDER}/FO#2", "ship", "Fault"),
    ]


def test_a_record_is_read_with_its_ids() -> None:
    old = {"v": 1, "last": {"k": "assign", "at": 1, "by": "x"}}
    given = record(7, f"O#{ORDER}", "FO#1", v=2, last={"k": "ship", "c": "cart-1"})
    given["dynamodb"]["OldImage"] = to_wire(old)
    (change,) = changes({"Records": [given]}, from_wire)
    assert (change.id, change.pk, change.sk, change.at) == ("7", f"O#{ORDER}", "FO#1", 1767000000)
    assert change.old == old
    assert change.new is not None
    assert change.new["v"] == 2
    ids = (change.event, change.order_id, change.correlation_id)
    assert ids == ("ship", ORDER, "cart-1")
    (removed,) = changes({"Records": [record(8, "SKU#a", "N#paris")]}, from_wire)
    assert (removed.new, removed.event, removed.order_id) == (None, "", "")


def test_followers_write_with_the_correlation_id_of_the_record() -> None:
    seen: list[str] = []
    rows = [
        record(1, f"O#{ORDER}", v=1, last={"k": "x", "c": "cart-1"}),
        record(2, f"O#{OTHER}", v=1, last={"k": "x"}),
    ]
    with logged() as lines:
        each_change({"Records": rows}, from_wire, lambda _: seen.append(correlation_id()))
    assert seen == ["cart-1", ""]
    assert [each.get("order_id") for each in lines] == [ORDER, OTHER]
    assert [each.get("correlation_id") for each in lines] == ["cart-1", None]


def test_a_whole_batch_is_taken_or_raised() -> None:
    found = changes({"Records": [record(1, f"O#{ORDER}"), record(2, "SKU#a")]}, from_wire)

    def broken(_: Any) -> None:
        raise Fault("the bus does not answer")

    for take, outcome in ((lambda _: None, "OK"), (broken, "Fault")):
        with logged() as lines:
            try:
                whole_batch(found, take)
            except Fault:
                assert take is broken
        said = [(each["item"], each["outcome"]) for each in lines]
        assert said == [(f"O#{ORDER}/STATE", outcome), ("SKU#a/STATE", outcome)]


def test_the_last_record_of_each_partition_is_kept_in_order() -> None:
    event = {"Records": [record(1, "a"), record(2, "b"), record(3, "a")]}
    kept = changes(last_of_each_partition(event), from_wire)
    assert [(change.pk, change.id) for change in kept] == [("b", "2"), ("a", "3")]
