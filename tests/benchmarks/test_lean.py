"""The lean table does what DynamoDB does, for all that the stores of stock files ask of it."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from botocore.exceptions import ClientError

from benchmarks.lean.dynamo import LeanDynamo
from benchmarks.lean.expressions import compiled, updated
from oms.domain.feeds.load import FeedLoad, finished
from oms.stores.dynamo.table import Table
from oms.stores.loads.store import LoadStore
from oms.stores.stock.feeds import StockFeedStore
from oms.stores.stock.store import StockStore
from oms.usecases.stocking.feed_stock import COUNT, DELTA, Feeding, FeedLine, feed_stock
from tests.cloud import NOW, World, world

SKUS, NODES, LINES = ("SKU-001", "SKU-002", "SKU-404"), ("dc-lille", "store-paris"), 150


@pytest.fixture(scope="module")
def built() -> Iterator[World]:
    with world() as made:
        yield made


@pytest.fixture(scope="module")
def tables(built: World) -> tuple[Table, Table]:
    """moto's stock table and the lean one, and nothing in them."""
    return built.stock.table, Table(LeanDynamo(), "lean")  # type: ignore[arg-type]


def test_stock_lines_leave_the_same_items_and_answers(
    built: World, tables: tuple[Table, Table], rng: random.Random
) -> None:
    """One by one: side by side, two differences of one item may be booked in any order."""
    for number in range(LINES):
        line, found = any_line(rng, number), []
        for table in tables:
            stock = StockStore(table)
            feeding = Feeding("feeder", stock, StockFeedStore(stock), built.config, NOW + number)
            answer = feed_stock([line], feeding)
            found.append((answer, table.query(f"SKU#{line.sku}"), table.query(f"MOVE#{line.once}")))
        assert found[0] == found[1]


def any_line(choose: random.Random, number: int) -> FeedLine:
    """Few ids and times, so that they come again, late, and for one item twice."""
    kind = choose.choice((COUNT, COUNT, DELTA))
    units = choose.randint(0, 9) if kind == COUNT else choose.choice((-2, -1, 1, 3))
    as_of = NOW + number - choose.randint(0, 5)
    id = f"{number // 12 if kind == DELTA else 0}-{choose.randint(0, 3)}{kind}{units}"
    return FeedLine(id, choose.choice(NODES), choose.choice(SKUS), kind, units, as_of)


def test_progress_is_counted_alike(tables: tuple[Table, Table]) -> None:
    load = FeedLoad("id", "stock/a.csv", "etag", 9, NOW, "csv", ("sku",), 2)
    told = []
    for table in tables:
        loads = LoadStore(table)
        made = [loads.create(load), loads.create(load)]
        booked = [loads.book(load, n, {"booked": 3, "refused": n}, NOW) for n in (0, 1, 1)]
        ends = [loads.end(load, finished(load, ("errors/1",))) for _ in range(2)]
        told.append((made, booked, loads.with_errors(load), ends, loads.of_file(load.name)))
    assert told[0] == told[1]
    assert told[0][1:4] == ([True, True, False], [1], [True, False])


@pytest.mark.parametrize("unknown", ["contains(a, :b)", "a <> :b", "a = :b NOT", "size(a) < :b"])
def test_a_condition_that_it_does_not_know_is_refused(unknown: str) -> None:
    with pytest.raises(ValueError, match=r"condition|left"):
        compiled(unknown)


@pytest.mark.parametrize("unknown", ["SET a.b = :v", "SET a = b + :v", "DELETE a :v"])
def test_an_update_that_it_does_not_know_is_refused(unknown: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        updated(unknown, {}, {}, {":v": {"N": "1"}})


def test_a_failed_condition_is_told_as_dynamodb_tells_it() -> None:
    client = LeanDynamo()
    item = {"pk": {"S": "a"}, "sk": {"S": "b"}}
    put = {"TableName": "t", "Item": item, "ConditionExpression": "attribute_not_exists(pk)"}
    client.put_item(**put)
    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        client.put_item(**put)
    with pytest.raises(ClientError, match="TransactionCanceled"):
        client.transact_write_items(TransactItems=[{"Put": put}])
    with pytest.raises(AttributeError, match="not needed"):
        client.scan(TableName="t")
