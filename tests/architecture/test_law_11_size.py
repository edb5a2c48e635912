"""Law 11: what a person holds in the head at once. McCabe is ruff's."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import FUNCTIONS, OMS, ROOT, Source, parsed, report, sources

MAX_FILE = 300
MAX_FUNCTION = 40
MAX_COLUMNS = 100
CODE = (OMS, FUNCTIONS, ROOT / "local", ROOT / "benchmarks", ROOT / "tools")
ALL_CODE = (*CODE, ROOT / "tests")


def long_files(source: Source) -> list[str]:
    if source.line_count <= MAX_FILE:
        return []
    return [f"{source.name} has {source.line_count} lines, {MAX_FILE} is the most: split it"]


def long_functions(source: Source) -> list[str]:
    return [
        f"{source.at(node)} {node.name} has {lines} lines, {MAX_FUNCTION} is the most: name a part"
        for node in source.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := _lines(node)) > MAX_FUNCTION
    ]


def long_lines(text: str) -> list[str]:
    """Rows of tables in docstrings may be longer."""
    return [
        f"{line.strip()[:40]}… has {len(line)} columns, {MAX_COLUMNS} is the most"
        for line in text.splitlines()
        if len(line) > MAX_COLUMNS and not line.startswith("|")
    ]


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert node.end_lineno
    return node.end_lineno - node.lineno + 1


def test_files_are_short() -> None:
    assert sources(*ALL_CODE), "no code was found"
    problems = [line for source in sources(*ALL_CODE) for line in long_files(source)]
    assert not problems, report("11: size of files", problems)


def test_lines_are_short() -> None:
    problems = [line for source in sources(*CODE) for line in long_lines(source.path.read_text())]
    assert not problems, report("11: length of lines", problems)


@pytest.mark.parametrize(("length", "broken"), [(100, False), (101, True)])
def test_a_long_line_is_found(length: int, broken: bool) -> None:
    assert bool(long_lines("x" * length)) is broken


def test_functions_are_short() -> None:
    problems = [line for source in sources(*CODE) for line in long_functions(source)]
    assert not problems, report("11: size of functions", problems)


@pytest.mark.parametrize(("lines", "broken"), [(39, False), (40, True)])
def test_a_long_function_is_found(lines: int, broken: bool) -> None:
    code = "def f():\n" + "    pass\n" * lines
    assert bool(long_functions(parsed(code))) == broken


@pytest.mark.parametrize(("lines", "broken"), [(300, False), (301, True)])
def test_a_long_file_is_found(lines: int, broken: bool) -> None:
    assert bool(long_files(parsed("pass\n" * lines))) == broken
