"""Law 3: a function parses, calls, answers: `app.py`, and a file of routes for each subject."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import FUNCTIONS, Source, parsed, report, sources

MAX_LINES = 80
MAX_ROUTER_LINES = 150
BUSINESS_FACTS = frozenset(
    "status outcome holds method quantity stock available amount minor attempts channel".split()
)


def thick(source: Source) -> list[str]:
    found = []
    most = MAX_LINES if source.path.name == "app.py" else MAX_ROUTER_LINES
    if source.line_count > most:
        found.append(f"{source.name} has {source.line_count} lines, {most} is the most")
    for node in source.nodes:
        if isinstance(node, ast.If | ast.IfExp | ast.While):
            subject: ast.expr = node.test
        elif isinstance(node, ast.Match):
            subject = node.subject
        else:
            continue
        if facts := _read(subject) & BUSINESS_FACTS:
            found.append(f"{source.at(node)} decides on {sorted(facts)}: move it to a use case")
    return found


def _read(expression: ast.expr) -> set[str]:
    nodes = list(ast.walk(expression))
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return attributes | {
        node.slice.value
        for node in nodes
        if isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
    }


def test_each_function_has_its_app_and_no_folders() -> None:
    folders = [p for p in FUNCTIONS.glob("*") if p.is_dir() and p.name != "__pycache__"]
    for folder in folders:
        files = {p for p in folder.rglob("*.py") if "__pycache__" not in p.parts}
        assert folder / "app.py" in files
        assert {p.parent for p in files} == {folder}, f"functions/{folder.name} is one flat folder"


def unobserved(source: Source) -> list[str]:
    """Handlers without the common decorator, whose calls would leave no line in the log."""
    return [
        f"{source.at(node)} is called by Lambda and does not carry @observed"
        for node in source.tree.body
        if isinstance(node, ast.FunctionDef)
        and node.name == "handler"
        and "observed" not in [ast.unparse(each) for each in node.decorator_list]
    ]


def test_every_handler_is_observed() -> None:
    problems = [line for source in sources(FUNCTIONS) for line in unobserved(source)]
    assert not problems, report("3: each call logs one structured line", problems)


def test_functions_are_thin() -> None:
    problems = [line for source in sources(FUNCTIONS) for line in thick(source)]
    assert not problems, report("3: one thin file per function", problems)


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("if order.status == 'X':\n    pass", True),
        ("match result['outcome']:\n    case _:\n        pass", True),
        ("x = 1 if task.attempts > 3 else 2", True),
        ("if event.get('token'):\n    pass", False),
        ("pass\n" * 81, True),
        ("pass\n" * 80, False),
    ],
)
def test_a_decision_is_found(code: str, broken: bool) -> None:
    assert bool(thick(parsed(code, "app.py"))) == broken


@pytest.mark.parametrize("decorator", ["", "@logger.inject_lambda_context\n", "@observed\n"])
def test_a_handler_without_the_decorator_is_found(decorator: str) -> None:
    source = parsed(f"{decorator}def handler(event, context):\n    pass")
    assert bool(unobserved(source)) == (decorator != "@observed\n")
