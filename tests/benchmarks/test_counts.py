"""What is billed for one order, from calls and invocations made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.counts import Counts, Mappings
from benchmarks.prices import PRICE, usd_per_million
from benchmarks.proxy import Call
from benchmarks.world import Invocation, Metered

STREAM, QUEUE, URL = "arn:stream", "arn:queue", "http://queue"
MAPPINGS = Mappings(
    {("FollowOrders", STREAM): 20, ("Publish", STREAM): 100, ("Notify", QUEUE): 10}, {URL: QUEUE}
)
TABLES = {"orders-1": "Orders", "promises-1": "PromisesTable"}


def call(function: str, service: str, operation: str, at: float, **more: Any) -> Call:
    return Call(function, service, operation, at, at + 0.1, 200, **more)


def invoked(
    function: str, kind: str, what: str, at: float, records: int = 1, memory_mb: int = 1024
) -> Invocation:
    return Invocation(function, kind, what, records, memory_mb, at, at + 1)


def counts(calls: list[Call], invocations: list[Invocation]) -> Counts:
    return Counts(Metered(calls, invocations), MAPPINGS, TABLES, 6, 0)


def test_consumers_are_amortised_over_full_batches() -> None:
    found = counts(
        [],
        [
            invoked("Place", "http", "POST /orders", 0),
            invoked("Pay", "task", "authorise", 1),
            invoked("FollowOrders", "records", STREAM, 2, records=4),
            invoked("FollowOrders", "records", STREAM, 4, records=1),
            invoked("Publish", "records", STREAM, 6, records=5),
        ],
    )
    assert len(found.direct) == 2
    assert found.consumers == pytest.approx(5 / 20 + 5 / 100)
    assert found.http_requests == 1


def test_what_a_consumer_does_for_a_batch_is_charged_by_its_share() -> None:
    found = counts(
        [call("Publish", "s3", "PUT", 0.5), call("Publish", "s3", "PUT", 2.5)],
        [
            invoked("Publish", "records", STREAM, 0, records=3),
            invoked("Publish", "records", STREAM, 2, records=1),
        ],
    )
    assert found.s3_puts == pytest.approx(4 / 100)
    direct = counts([call("Ship", "s3", "PUT", 0.5)], [invoked("Ship", "http", "POST /label", 0)])
    assert direct.s3_puts == 1


def test_a_row_that_is_written_for_a_batch_is_charged_by_its_share() -> None:
    written = {"ConsumedCapacity": {"TableName": "promises-1", "CapacityUnits": 1.0}}
    own = {"ConsumedCapacity": {"TableName": "orders-1", "CapacityUnits": 1.0}}
    found = counts(
        [
            call("Publish", "dynamodb", "PutItem", 0.5, response=written),
            call("Publish", "dynamodb", "PutItem", 0.6, response=own),
        ],
        [invoked("Publish", "records", STREAM, 0, records=5)],
    )
    assert found.writes == {"PromisesTable": pytest.approx(5 / 100), "Orders": 1.0}


def test_where_nothing_is_batched_each_record_is_paid_for() -> None:
    alone = Counts(
        Metered(
            [call("Publish", "s3", "PUT", 0.5)],
            [invoked("Publish", "records", STREAM, 0, records=3)],
        ),
        MAPPINGS.unbatched,
        {},
        0,
        0,
    )
    assert (alone.consumers, alone.s3_puts) == (3, 3)


def test_a_message_of_the_bus_is_sent_once_and_received_in_full_batches() -> None:
    found = counts([], [invoked("Notify", "records", QUEUE, 0, records=5)])
    assert found.sqs_requests == pytest.approx(5 + 2 * 5 / 10)


def test_a_message_of_a_function_is_counted_where_it_was_sent() -> None:
    sent = call("FollowOrders", "sqs", "SendMessage", 0.5, request={"QueueUrl": URL})
    found = counts(
        [sent],
        [
            invoked("FollowOrders", "records", STREAM, 0, records=10),
            invoked("Notify", "records", QUEUE, 2),
        ],
    )
    share = 10 / 20  # half a batch, so half of the message that is sent for a batch
    assert found.records(("Notify", QUEUE)) == pytest.approx(share)
    assert found.sqs_requests == pytest.approx(share + 2 * share / 10)


def test_units_are_summed_by_table_and_failed_conditions_count() -> None:
    written = {"ConsumedCapacity": {"TableName": "orders-1", "CapacityUnits": 3.0}}
    failed = Call(
        "Place",
        "dynamodb",
        "PutItem",
        0,
        0.1,
        400,
        {"TableName": "orders-1"},
        {"__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"},
    )
    read = call("Place", "dynamodb", "GetItem", 1, request={"TableName": "orders-1"})
    found = counts([call("Place", "dynamodb", "PutItem", 2, response=written), failed, read], [])
    assert found.writes == {"Orders": 4.0}
    assert found.reads == {"Orders": 0.5}
    assert found.billed(without=["Orders"])["write_units"] == 0


def test_time_is_billed_by_round_trips_and_memory() -> None:
    parallel = [call("Place", "dynamodb", "Query", at) for at in (0.2, 0.21)]
    found = counts(parallel, [invoked("Place", "http", "POST /orders", 0, memory_mb=512)])
    assert found.gb_seconds == pytest.approx((8 + 5) / 1000 / 2)


def test_every_count_has_a_price() -> None:
    billed = counts([], []).billed()
    assert set(billed) == set(PRICE)
    assert usd_per_million(billed)["transitions"] == 7 * 25


def test_a_function_on_a_schedule_is_not_of_the_order() -> None:
    seen = Metered(
        [call("Sweep", "dynamodb", "Query", 0.5), call("Pay", "dynamodb", "Query", 0.5)],
        [invoked("Sweep", "other", "", 0), invoked("Pay", "task", "authorise", 0)],
    )
    assert [each.function for each in seen.of_orders.calls] == ["Pay"]
    assert [each.function for each in seen.of_orders.invocations] == ["Pay"]
