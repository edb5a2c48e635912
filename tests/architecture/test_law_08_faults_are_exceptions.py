"""Law 8: error classes live in one file, and nobody reads an error's message to decide.

Its other half, that every task catches what it cannot know, is in tests/statemachines.
"""

from __future__ import annotations

import ast

import pytest

from oms.domain import errors
from tests.architecture.source import FUNCTIONS, OMS, Source, dotted, parsed, report, sources

HOME = OMS / "domain" / "errors.py"
BUILT_IN = {"Exception", "BaseException", "RuntimeError", "ValueError", "TypeError", "LookupError"}
OURS = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, Exception)
}


def errors_elsewhere(source: Source) -> list[str]:
    if source.path == HOME:
        return []
    return [
        f"{source.at(node)} class {node.name}: error classes live in oms/domain/errors.py"
        for node in source.nodes
        if isinstance(node, ast.ClassDef)
        for base in node.bases
        if dotted(base).split(".")[-1] in BUILT_IN | OURS
    ]


def reads_messages(source: Source) -> list[str]:
    """Decisions on the text of an error: comparing `str(error)`, `error.args`, `.detail`."""
    caught = {n.name for n in source.nodes if isinstance(n, ast.ExceptHandler) and n.name}
    return [
        f"{source.at(node)} decides on an error's text: use its class, or the provider's code"
        for node in source.nodes
        if isinstance(node, ast.Compare | ast.Match)
        for part in ast.walk(node if isinstance(node, ast.Compare) else node.subject)
        if _is_text_of(part, caught)
    ]


def _is_text_of(node: ast.AST, caught: set[str]) -> bool:
    if isinstance(node, ast.Call) and dotted(node.func) in ("str", "repr"):
        return any(isinstance(a, ast.Name) and a.id in caught for a in node.args)
    if isinstance(node, ast.Attribute) and node.attr in ("args", "detail", "message", "msg"):
        return isinstance(node.value, ast.Name) and node.value.id in caught
    return (
        isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and node.slice.value == "Message"
    )


def swallows(source: Source) -> list[str]:
    """Handlers of everything that neither raise nor say a word."""
    return [
        f"{source.at(node)} swallows every error: name the errors that are answers here"
        for node in source.nodes
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or dotted(node.type) in ("Exception", "BaseException"))
        and all(isinstance(s, ast.Pass | ast.Continue) for s in node.body)
    ]


def test_error_classes_live_in_one_file() -> None:
    assert OURS, "no error class was found"
    problems = [line for source in sources(OMS, FUNCTIONS) for line in errors_elsewhere(source)]
    assert not problems, report("8: error classes live in one file", problems)


def test_nobody_decides_on_a_message() -> None:
    problems = [line for source in sources(OMS, FUNCTIONS) for line in reads_messages(source)]
    assert not problems, report("8: never match on message text", problems)


def test_no_fault_is_swallowed() -> None:
    problems = [line for source in sources(OMS, FUNCTIONS) for line in swallows(source)]
    assert not problems, report("8: faults are exceptions", problems)


@pytest.mark.parametrize("name", sorted(OURS))
def test_an_error_says_what_it_is_at_the_http_edge(name: str) -> None:
    error = getattr(errors, name)
    assert error.title
    assert 400 <= error.status <= 599
    if issubclass(error, errors.Refused):
        assert error.status < 500, f"{name}: a refusal is about the request"
    if issubclass(error, errors.Fault):
        assert error.status >= 500, f"{name}: a fault is ours"


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("class Gone(Refused): ...", True),
        ("class Gone(errors.Fault): ...", True),
        ("class Gone(Exception): ...", True),
        ("class Order(Base): ...", False),
    ],
)
def test_an_error_class_elsewhere_is_found(code: str, broken: bool) -> None:
    assert bool(errors_elsewhere(parsed(code))) == broken


@pytest.mark.parametrize(
    ("decision", "broken"),
    [
        ("if 'gone' in str(error): pass", True),
        ("if error.args[0] == 'gone': pass", True),
        ("if error.response['Error']['Message'] == 'gone': pass", True),
        ("if error.response['Error']['Code'] == 'Gone': pass", False),
        ("logger.warning(str(error))", False),
    ],
)
def test_a_read_message_is_found(decision: str, broken: bool) -> None:
    code = f"try:\n    pass\nexcept Exception as error:\n    {decision}"
    assert bool(reads_messages(parsed(code))) == broken


@pytest.mark.parametrize(
    ("handler", "broken"),
    [
        ("except Exception:\n    pass", True),
        ("except:\n    pass", True),
        ("except KeyError:\n    pass", False),
        ("except Exception:\n    raise", False),
    ],
)
def test_a_swallowed_fault_is_found(handler: str, broken: bool) -> None:
    assert bool(swallows(parsed(f"try:\n    pass\n{handler}"))) == broken
