"""Law 10: reads follow the access patterns in `stores/*/keys.py`; availability only by condition."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.source import FUNCTIONS, OMS, Source, parsed, report, sources

EVERYWHERE = (OMS, FUNCTIONS)
READING_ALL = {"scan", "execute_statement", "batch_execute_statement"}
STORES = OMS / "stores"
AVAILABLE = {"av", "available"}


def scans(source: Source) -> list[str]:
    found = [
        f"{source.at(call)} reads whole tables: add an access pattern to its keys.py"
        for call in source.calls(*READING_ALL)
    ]
    by_name = [
        f"{source.at(node)} names the operation {node.value!r}: reads follow stores/*/keys.py"
        for call in source.calls("get_paginator", "_call", "getattr")
        for node in [*call.args, *(keyword.value for keyword in call.keywords)]
        if isinstance(node, ast.Constant) and node.value in READING_ALL
    ]
    return found + by_name


def is_keys(source: Source) -> bool:
    return source.path.name == "keys.py" and source.path.parent.parent == STORES


def built_keys(source: Source) -> list[str]:
    """Keys made outside keys.py: a prefix that two places spell is a prefix that drifts."""
    if is_keys(source):
        return []
    prefixes = re.compile(r"^([A-Z]{1,12})#")
    return [
        f"{source.at(node)} builds a key: keys.py of its store has, or needs, a function for it"
        for node in source.nodes
        if isinstance(node, ast.JoinedStr)
        and isinstance(first := node.values[0] if node.values else None, ast.Constant)
        and prefixes.match(str(first.value))
    ]


def sets_availability(source: Source) -> list[str]:
    """Stock items put whole: the availability that was read may be gone when it is written."""
    return [
        f"{source.at(call)} writes availability as a value: move it by a conditional update"
        for call in source.calls("put_item", "put", "put_always", "put_if_absent")
        for inner in ast.walk(call)
        if isinstance(inner, ast.Dict)
        for key in inner.keys
        if isinstance(key, ast.Constant) and key.value in AVAILABLE
    ]


def unconditional(source: Source) -> list[str]:
    """Updates of a single item without a condition: the last writer would win."""
    return [
        f"{source.at(call)} updates without a condition"
        for call in source.calls("update_item")
        if not any(k.arg in (None, "ConditionExpression") for k in call.keywords)
    ]


def test_nothing_scans() -> None:
    problems = [line for source in sources(*EVERYWHERE) for line in scans(source)]
    assert not problems, report("10: no scans", problems)


def test_keys_are_built_in_one_place() -> None:
    problems = [line for source in sources(*EVERYWHERE) for line in built_keys(source)]
    assert not problems, report("10: every access pattern is a row in a keys.py", problems)


def test_availability_decreases_only_by_a_conditional_update() -> None:
    places = sources(OMS / "stores", OMS / "usecases")
    problems = [
        line for source in places for line in sets_availability(source) + unconditional(source)
    ]
    assert not problems, report("10: no read-modify-write", problems)


KEYS = [source for source in sources(STORES) if is_keys(source)]


@pytest.mark.parametrize("keys", KEYS, ids=lambda source: str(source.path.parent.name))
def test_keys_have_a_table_of_access_patterns(keys: Source) -> None:
    described = ast.get_docstring(keys.tree) or ""
    assert "| access pattern | how |" in described, f"{keys.name}: list how the keys are read"
    indexes = set(re.findall(r'"(by_\w+)"', keys.text))
    missing = [index for index in sorted(indexes) if index not in described]
    assert not missing, f"{keys.name}: add a row to the docstring for {missing}"


def test_every_table_has_keys() -> None:
    rooms = {source.path.parent.name for source in KEYS}
    assert {"orders", "stock", "config", "promises", "goods", "audit"} <= rooms


@pytest.mark.parametrize(
    "code",
    [
        "table.scan()",
        "client.scan(TableName=t)",
        "client.get_paginator('scan')",
        "self._call('scan')",
        "client.execute_statement(Statement=s)",
    ],
)
def test_a_scan_is_found(code: str) -> None:
    assert scans(parsed(code))


def test_a_key_built_elsewhere_is_found() -> None:
    assert built_keys(parsed("key = f'SKU#{sku}'", "usecases/a.py"))
    assert not built_keys(parsed("key = f'SKU#{sku}'", "stores/stock/keys.py"))


def test_a_set_availability_is_found() -> None:
    assert sets_availability(parsed("table.put({'pk': k, 'av': item.av - 1})"))
    assert unconditional(parsed("client.update_item(Key=k, UpdateExpression=e)"))
    assert not unconditional(parsed("client.update_item(Key=k, ConditionExpression=c)"))
