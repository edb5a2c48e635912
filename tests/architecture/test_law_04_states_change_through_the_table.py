"""Law 4: a state comes out of a transition table; what can be derived is never set."""

from __future__ import annotations

import ast
from collections.abc import Mapping

import pytest

from oms.domain import lifecycle
from tests.architecture.source import FUNCTIONS, OMS, Source, parsed, report, sources

DERIVED = {"customer_status", "fulfilment_status", "fulfillment_status", "payment_status"}
RECORDS = (OMS / "domain", OMS / "usecases", OMS / "stores")


def sets_derived(source: Source) -> list[str]:
    """Fields, arguments and stored attributes that hold a derived status."""
    return [
        f"{source.at(node)} keeps {name}: derive it from the parts where it is asked for"
        for node in source.nodes
        for name in _kept(node) & DERIVED
    ]


def _kept(node: ast.AST) -> set[str]:
    if isinstance(node, ast.ClassDef):
        fields = [item.target for item in node.body if isinstance(item, ast.AnnAssign)]
        return {field.id for field in fields if isinstance(field, ast.Name)}
    if isinstance(node, ast.Call):
        return {keyword.arg for keyword in node.keywords if keyword.arg}
    if isinstance(node, ast.Dict):
        keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
        return {key for key in keys if isinstance(key, str)}
    return set()


def overwrites(source: Source) -> list[str]:
    """`thing.status = …` and `object.__setattr__`: a state that no table was asked about."""
    found = []
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            if node.attr == "status" or node.attr in DERIVED:
                found.append(f"{source.at(node)} assigns .{node.attr}: use lifecycle.step")
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "object.__setattr__":
            found.append(f"{source.at(node)} thaws a frozen value: use dataclasses.replace")
    return found


def test_derived_statuses_are_kept_nowhere() -> None:
    problems = [line for source in sources(*RECORDS) for line in sets_derived(source)]
    assert not problems, report("4: derived, never set", problems)


def test_no_state_is_overwritten() -> None:
    problems = [line for source in sources(OMS, FUNCTIONS) for line in overwrites(source)]
    assert not problems, report("4: states change through the table", problems)


@pytest.mark.parametrize("name", lifecycle.ALL)
def test_a_table_names_all_its_states(name: str) -> None:
    table: Mapping[str, Mapping[str, str]] = lifecycle.ALL[name]
    others = list(table)[1:]
    targets = {state for events in table.values() for state in events.values()}
    assert targets <= set(table), f"give these a row: {targets - set(table)}"
    assert set(others) <= targets, f"no event leads to: {set(others) - targets}"


def test_every_table_is_drawn() -> None:
    tables = [v for k, v in vars(lifecycle).items() if k.isupper() and isinstance(v, Mapping)]
    drawn = [id(table) for table in lifecycle.ALL.values()]
    missing = [t for t in tables if t is not lifecycle.ALL and id(t) not in drawn]
    assert not missing, f"add to lifecycle.ALL, so that docs/lifecycles.md shows it: {missing}"


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("class Order:\n    payment_status: str", True),
        ("replace(order, customer_status='SHIPPED')", True),
        ("item = {'fulfilment_status': s}", True),
        ("class Part:\n    status: str", False),
    ],
)
def test_a_kept_derivation_is_found(code: str, broken: bool) -> None:
    assert bool(sets_derived(parsed(code))) == broken


@pytest.mark.parametrize("code", ["order.status = 'X'", "object.__setattr__(order, 'n', 1)"])
def test_an_overwritten_state_is_found(code: str) -> None:
    assert overwrites(parsed(code))
