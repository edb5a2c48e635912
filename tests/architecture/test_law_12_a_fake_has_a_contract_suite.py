"""Law 12: a fake is as good as the suite in tests/contract that it passes together with the real.

A contract suite is `tests/contract/test_*.py` with the helpers beside it that it imports. It
stands for a fake when it, or such a helper, names the fake and is parametrised.
"""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import OMS, ROOT, Source, parsed, report, sources

FAKES = ROOT / "tests" / "fakes"
CONTRACT = ROOT / "tests" / "contract"


def stand_ins() -> list[tuple[Source, str]]:
    """Classes that stand in for something real. A private class is part of the one beside it."""
    simulators = [s for s in sources(OMS / "gateways") if s.path.name.startswith("simulator")]
    return [
        (source, node.name)
        for source in [*sources(FAKES), *simulators]
        for node in source.tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not is_data(node)
    ]


def is_data(node: ast.ClassDef) -> bool:
    """Errors and records stand in for nothing."""
    bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
    return bool(node.decorator_list) or any(b.endswith(("Exception", "Error")) for b in bases)


def names(source: Source) -> set[str]:
    found = {node.id for node in source.nodes if isinstance(node, ast.Name)}
    found |= {node.attr for node in source.nodes if isinstance(node, ast.Attribute)}
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names}
    return found


def is_parametrised(source: Source) -> bool:
    return any(
        (isinstance(node, ast.keyword) and node.arg == "params")
        or (isinstance(node, ast.Attribute) and node.attr == "parametrize")
        for node in source.nodes
    )


def test_each_fake_passes_a_contract_suite() -> None:
    fakes = stand_ins()
    if not fakes:
        pytest.skip("no fakes yet")
    suites = sources(CONTRACT)
    reached = _reached_by(suites)
    problems = [
        f"{source.name}: {name} is named by no suite in tests/contract: add it, as one of its "
        "parameters, to the suite that the real one passes"
        for source, name in fakes
        if name not in reached
    ]
    assert not problems, report("12: a fake has a contract suite", problems)


def test_contract_suites_run_more_than_one_implementation() -> None:
    problems = [
        f"{suite.name} runs one implementation only: parametrise its fixture over fake and real"
        for suite in sources(CONTRACT)
        if suite.path.name.startswith("test_") and not is_parametrised(suite)
    ]
    assert not problems, report("12: a suite runs fake and real", problems)


def _reached_by(suites: tuple[Source, ...]) -> set[str]:
    """Names in the suites, their helpers, and the fakes that those are built of."""
    found = set().union(*(names(suite) for suite in suites)) if suites else set()
    while True:
        more = found.union(*(names(s) for s in sources(FAKES) if found & _defined(s)))
        if more == found:
            return found
        found = more


def _defined(source: Source) -> set[str]:
    return {node.name for node in source.tree.body if isinstance(node, ast.ClassDef)}


@pytest.mark.parametrize(
    ("code", "parametrised"),
    [
        ("@pytest.fixture(params=[Fake, Real])\ndef store(request): ...", True),
        ("@pytest.mark.parametrize('store', [Fake, Real])\ndef test(store): ...", True),
        ("def test():\n    Fake().put(1)", False),
    ],
)
def test_a_suite_of_one_is_found(code: str, parametrised: bool) -> None:
    assert is_parametrised(parsed(code)) == parametrised
    assert "Fake" in names(parsed(code))
