"""Where a claim lies is opaque: only the code of hot stock makes a location or looks at pages."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import OMS, Source, called, parsed, report, sources

HOT = (
    "domain/hot_stock/",
    "domain/model/stock_item.py",
    "domain/model/stock_location.py",
    "stores/stock/",
    "usecases/following_stock/settle_pages.py",
)
WRITTEN_IN_AN_ID = "domain/auditing/checks.py"  # the auditor's subjects name the location


def looks_inside(source: Source) -> list[str]:
    where = str(source.path.relative_to(OMS))
    if where.startswith(HOT):
        return []
    made = [
        f"{source.at(node)} makes a StockLocation: keep the one that a claim answered"
        for node in source.nodes
        if isinstance(node, ast.Call)
        and called(node) == "StockLocation"
        and where != WRITTEN_IN_AN_ID
    ]
    return made + [
        f"{source.at(node)} looks at the pages of an item: ask it `hot`, `was_hot` or `spread`"
        for node in source.nodes
        if isinstance(node, ast.Attribute)
        and node.attr == "pages"
        and not (isinstance(node.value, ast.Name) and node.value.id in {"stock", "self"})
    ]


def test_only_hot_stock_looks_inside_a_location() -> None:
    problems = [line for source in sources(OMS) for line in looks_inside(source)]
    assert not problems, report("14: where a claim lies is known to hot stock alone", problems)


@pytest.mark.parametrize(
    ("name", "code", "broken"),
    [
        ("usecases/a.py", "StockLocation(1)", True),
        ("usecases/a.py", "item.pages.last", True),
        ("usecases/a.py", "stock.pages.recall([])", False),
        ("usecases/a.py", "replace(move, location=held.location)", False),
        ("domain/hot_stock/a.py", "StockLocation(item.pages.last)", False),
    ],
)
def test_looking_inside_is_found(name: str, code: str, broken: bool) -> None:
    assert bool(looks_inside(parsed(code, name))) == broken
