"""The code as syntax trees, for the tests of the laws."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAYER = ROOT / "layers" / "common"
OMS = LAYER / "oms"
FUNCTIONS = ROOT / "functions"
STDLIB = sys.stdlib_module_names


@dataclass(frozen=True)
class Import:
    module: str  # absolute: `oms.domain.model.money`, also for `from ..domain.money import Money`
    line: int
    lazy: bool  # inside a function

    @property
    def root(self) -> str:
        return self.module.partition(".")[0]


@dataclass(frozen=True)
class Source:
    path: Path

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.name)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @property
    def line_count(self) -> int:
        return len(self.text.splitlines())

    @cached_property
    def imports(self) -> list[Import]:
        return list(self._imports())

    def at(self, node: ast.AST) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 1)}"

    def line(self, number: int) -> str:
        return f"{self.name}:{number}"

    def calls(self, *names: str) -> Iterator[ast.Call]:
        """Calls whose last name is one of `names`: `client.scan(...)`, `scan(...)`."""
        for node in self.nodes:
            if isinstance(node, ast.Call) and called(node) in names:
                yield node

    def _imports(self) -> Iterator[Import]:
        eager = {id(node) for node in _outside_functions(self.tree)}
        for node in self.nodes:
            lazy = id(node) not in eager
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield Import(alias.name, node.lineno, lazy)
            elif isinstance(node, ast.ImportFrom):
                base = self._absolute(node)
                for alias in node.names:
                    inner = f"{base}.{alias.name}"
                    yield Import(inner if _is_module(inner) else base, node.lineno, lazy)

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        root = ROOT if self.path.is_relative_to(FUNCTIONS) else LAYER
        package = self.path.relative_to(root).with_suffix("").parts
        base = package[: len(package) - node.level]
        return ".".join([*base, *([node.module] if node.module else [])])


def called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def dotted(node: ast.expr) -> str:
    """`a.b.c` as text, "" for anything else."""
    if isinstance(node, ast.Attribute):
        base = dotted(node.value)
        return f"{base}.{node.attr}" if base else ""
    return node.id if isinstance(node, ast.Name) else ""


def _is_module(name: str) -> bool:
    path = LAYER.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _outside_functions(child)


@cache
def sources(*folders: Path) -> tuple[Source, ...]:
    """Every Python file below the folders; a folder that is not there yet has none."""
    return tuple(
        Source(path)
        for folder in folders
        for path in ([folder] if folder.is_file() else sorted(folder.rglob("*.py")))
        if "__pycache__" not in path.parts
    )


def parsed(code: str, name: str = "example.py") -> Source:
    """A source that is not on disk, for testing the tests."""
    source = Source(OMS / name)
    source.__dict__["text"] = code
    return source


def report(law: str, problems: list[str]) -> str:
    """What a person reads when a law is broken."""
    return "\n".join([f"Law {law}", *(f"  {problem}" for problem in dict.fromkeys(problems))])
