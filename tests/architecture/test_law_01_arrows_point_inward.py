"""Law 1: functions → use cases → domain; stores and gateways meet use cases in `wiring` only."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import FUNCTIONS, OMS, ROOT, Source, parsed, report, sources

# package or module of `oms` → what of `oms` it may import. Another arrow is a decision: an ADR.
INWARD = {
    "domain": {"domain"},
    "ports": {"ports", "domain"},
    "observability": set[str](),
    "contracts": {"contracts", "usecases", "domain", "ports"},  # answers are made of results
    "usecases": {"usecases", "domain", "ports", "observability"},
    "stores": {"stores", "domain", "ports", "observability"},
    "gateways": {"gateways", "contracts", "domain", "ports", "observability"},
    "edge": {"edge", "contracts", "domain", "ports", "observability"},
}
OUTERMOST = {"wiring"}
OUTSIDE_WORLD = {"boto3", "botocore", "stripe", "requests", "urllib3", "reportlab"}
FREE_OF_THE_WORLD = {"domain", "usecases", "contracts", "ports"}


def package_of(source: Source) -> str:
    return source.path.relative_to(OMS).with_suffix("").parts[0]


def arrows_outward(source: Source) -> list[str]:
    here = package_of(source)
    found = []
    for used in source.imports:
        there = used.module.partition(".")[2].partition(".")[0] if used.root == "oms" else ""
        if there and there not in INWARD.get(here, {there}):
            found.append(
                f"{source.line(used.line)} imports {used.module}: {here} may use "
                f"{sorted(INWARD[here])} only; let `wiring` hand it in as an argument"
            )
        if used.root in OUTSIDE_WORLD and here in FREE_OF_THE_WORLD:
            found.append(
                f"{source.line(used.line)} imports {used.module}: talk to the outside through a "
                "Protocol in ports/, implemented in stores/ or gateways/"
            )
    return found


def outside_the_layer(source: Source) -> list[str]:
    """What a function imports beside `oms`: its typing, Lambda's own vocabulary and the files of
    its own folder are fine.

    Of stores and gateways it may use pure functions, to read a stream's item or a shop's order.
    Whatever holds a client is a class, and comes from `wiring`.
    """
    allowed = {"__future__", "typing", "collections", "dataclasses", "json"}
    allowed |= {"aws_lambda_powertools", "pydantic"}
    own = ".".join(source.path.relative_to(ROOT).parent.parts)
    found = [
        f"{source.line(used.line)} imports {used.module}: a function imports from the layer only"
        for used in source.imports
        if used.root not in allowed | {"oms"}
        and not (used.module == own or used.module.startswith(f"{own}."))
    ]
    return found + [
        f"{source.at(node)} imports {alias.name}: take what holds a client from oms.wiring"
        for node in source.nodes
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith(("oms.stores", "oms.gateways"))
        for alias in node.names
        if not alias.name.islower()
    ]


def test_the_layer_is_seen() -> None:
    seen = {package_of(source) for source in sources(OMS)} - {"__init__"}
    assert {"domain", "usecases", "stores", "gateways"} <= seen
    unknown = seen - set(INWARD) - OUTERMOST
    assert not unknown, f"say in INWARD what these may import: {sorted(unknown)}"


def test_arrows_point_inward() -> None:
    problems = [line for source in sources(OMS) for line in arrows_outward(source)]
    assert not problems, report("1: arrows point inward", problems)


def test_functions_import_from_the_layer_only() -> None:
    files = sources(FUNCTIONS)
    assert files or not FUNCTIONS.exists(), "functions/ holds no Python file"
    problems = [line for source in files for line in outside_the_layer(source)]
    assert not problems, report("1 and 3: a function imports from the layer only", problems)


@pytest.mark.parametrize(
    ("name", "code", "broken"),
    [
        ("usecases/a.py", "from ..domain.money import Money", False),
        ("usecases/a.py", "from ..stores.stock import StockStore", True),
        ("usecases/a.py", "from ..stores import stock", True),
        ("usecases/a.py", "from .. import stores", True),
        ("usecases/a.py", "def f():\n    from oms.gateways import carriers", True),
        ("usecases/a.py", "import boto3", True),
        ("domain/a.py", "from ..usecases import place_order", True),
        ("stores/a.py", "import boto3", False),
        ("gateways/carriers/a.py", "from ...stores.memory import DynamoMemory", True),
        ("wiring/a.py", "from ..stores.stock import StockStore", False),
    ],
)
def test_a_wrong_arrow_is_found(name: str, code: str, broken: bool) -> None:
    assert bool(arrows_outward(parsed(code, name))) == broken


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("from oms.stores.orders.store import part_of", False),
        ("from oms.stores.orders.store import OrderStore", True),
        ("from oms.usecases.place_order import place_order", False),
        ("import boto3", True),
        ("import os", True),
    ],
)
def test_a_function_reaching_out_is_found(code: str, broken: bool) -> None:
    assert bool(outside_the_layer(parsed(code))) == broken
