"""DynamoDB's counting rules, by the worked examples of its developer guide."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.units import (
    item_bytes,
    read_units,
    units_of_read,
    units_of_refused_write,
    units_of_write,
    value_bytes,
    write_units,
)

KB = 1024


@pytest.mark.parametrize(
    ("size", "transactional", "units"),
    [
        (1 * KB, False, 1),
        (1 * KB + 1, False, 2),
        (512, False, 1),
        (3 * KB, True, 6),
        (500, True, 2),
        (0, False, 1),
    ],
)
def test_a_write_is_rounded_up_to_the_kilobyte_and_costs_double_in_a_transaction(
    size: int, transactional: bool, units: int
) -> None:
    assert write_units(size, transactional=transactional) == units


@pytest.mark.parametrize(
    ("size", "kind", "units"),
    [
        (8 * KB, {"transactional": True}, 4),
        (8 * KB, {"consistent": True}, 2),
        (8 * KB, {}, 1),
        (3 * KB, {"consistent": True}, 1),
        (10 * KB, {"consistent": True}, 3),
        (0, {}, 0.5),
    ],
)
def test_a_read_is_rounded_up_to_four_kilobytes(
    size: int, kind: dict[str, bool], units: float
) -> None:
    assert read_units(size, **kind) == units


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ({"S": "größe"}, 7),
        ({"N": "0"}, 1),
        ({"N": "7"}, 2),
        ({"N": "1234"}, 3),
        ({"N": "12300"}, 3),
        ({"N": "-12"}, 3),
        ({"BOOL": True}, 1),
        ({"NULL": True}, 1),
        ({"M": {}}, 3),
        ({"M": {"ab": {"S": "c"}}}, 3 + 1 + 2 + 1),
        ({"L": [{"S": "ab"}, {"N": "1"}]}, 3 + (1 + 2) + (1 + 2)),
    ],
)
def test_a_value_has_the_bytes_of_its_kind(value: dict[str, object], size: int) -> None:
    assert value_bytes(value) == size


def test_an_item_has_the_bytes_of_its_names_and_values() -> None:
    assert item_bytes({"pk": {"S": "O#1"}, "v": {"N": "1"}}) == 2 + 3 + 1 + 2


def test_a_query_rounds_the_sum_and_a_batch_rounds_each_item() -> None:
    row = {"pk": {"S": "x" * (3 * KB - 2)}}
    queried = units_of_read("Query", {"TableName": "T"}, {"Items": [row, row, row]})
    assert queried == {"T": 1.5}  # 9 KB, eventually consistent
    asked: dict[str, Any] = {"RequestItems": {"T": {"Keys": [{}, {}, {}]}}}
    batch = units_of_read("BatchGetItem", asked, {"Responses": {"T": [row, row]}})
    assert batch == {"T": 1.5}  # two rows and one that is absent


def test_units_of_a_write_are_those_consumed_with_its_indexes() -> None:
    one = {"ConsumedCapacity": {"TableName": "T", "CapacityUnits": 3.0}}
    assert units_of_write(one) == {"T": 3.0}
    several = [{"TableName": "T", "CapacityUnits": 2.0}, {"TableName": "U", "CapacityUnits": 2.0}]
    assert units_of_write({"ConsumedCapacity": several}) == {"T": 2.0, "U": 2.0}


def test_a_write_whose_condition_fails_costs_by_the_item_that_is_there() -> None:
    there = {"pk": {"S": "x" * (2 * KB)}}
    refused = units_of_refused_write("PutItem", {"TableName": "T"}, {"Item": there})
    assert refused == {"T": 3}
    actions = {"TransactItems": [{"Put": {"TableName": "T"}}, {"Update": {"TableName": "T"}}]}
    assert units_of_refused_write("TransactWriteItems", actions, {}) == {"T": 4}
