"""Every kind of exception case that the code opens is in the runbook: what happened, what to do."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import OMS, ROOT, Source, parsed, sources

RUNBOOK = (ROOT / "docs" / "operations.md").read_text()
KIND = 1  # argument of orders.open_case; 2 of that of cases about stock
STOCK = {"STOCK_SHORTAGE", "STOCK_LOW", "STOCK_OUT", "STOCK_OVER"}
COMPUTED = {
    "name",
    "kind",
}  # AUDIT_<invariant>; kinds of stock levels (domain/model/stock_levels.py)


def constants() -> dict[str, str]:
    """NAME → text, of constants that are texts; also where several are set in one line."""
    found: dict[str, str] = {}
    for source in sources(OMS):
        for node in source.tree.body:
            if isinstance(node, ast.Assign):
                for names, value in _pairs(node):
                    found.setdefault(names, value)
    return found


def _pairs(node: ast.Assign) -> list[tuple[str, str]]:
    (target, *_), value = node.targets, node.value
    names = target.elts if isinstance(target, ast.Tuple) else [target]
    values = value.elts if isinstance(value, ast.Tuple) else [value]
    return [
        (name.id, text.value)
        for name, text in zip(names, values, strict=False)
        if isinstance(name, ast.Name)
        and isinstance(text, ast.Constant)
        and isinstance(text.value, str)
    ]


def opened(source: Source) -> set[str]:
    """Kinds as they are written at the call: a text, or the name of a constant."""
    found = set()
    for call in source.calls("open_case"):
        about_stock = ast.unparse(call.func).startswith(("cases.", "deps.cases."))
        kind = call.args[KIND + about_stock]
        found.add(kind.value if isinstance(kind, ast.Constant) else ast.unparse(kind))
    return {each.rpartition(".")[2] for each in found}


def kinds() -> set[str]:
    known = constants()
    named = {each for source in sources(OMS / "usecases") for each in opened(source)} - COMPUTED
    return {known.get(each, each) for each in named} | STOCK | {"AUDIT_"}


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_a_kind_of_case_is_in_the_runbook(kind: str) -> None:
    assert f"`{kind}" in RUNBOOK, f"docs/operations.md, chapter Cases: say what {kind} asks for"


def test_kinds_are_found_by_text_and_by_name() -> None:
    code = "orders.open_case(id, 'LOST', 1, {})\ndeps.cases.open_case(sku, node, shop.GONE, {})"
    assert opened(parsed(code)) == {"LOST", "GONE"}
    assert {"MILESTONE", "SOURCING", "RETURN_UNEXPECTED", "STOCK_SHORTAGE"} <= kinds()
