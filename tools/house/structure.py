"""What can be counted without running: each function here gives the places that are wrong."""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tools.house.circles import circles

ROOT = Path(__file__).resolve().parents[2]
LAYER = ROOT / "layers" / "common"
OMS = LAYER / "oms"
FUNCTIONS = ROOT / "functions"
MAX_PARAMETERS = 6
HANDLER, DECORATOR = "handler", "observed"
MODULE_PATH = re.compile(r"__|\.")  # how pydantic keeps two models of one name apart

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def trees(folder: Path) -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text()) for path in sorted(folder.rglob("*.py"))}


def names_used_twice(folder: Path = OMS) -> list[str]:
    """Classes of one name in several places."""
    places = defaultdict(list)
    for path, tree in trees(folder).items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(path.relative_to(folder).as_posix())
    return [f"{name}: {', '.join(at)}" for name, at in sorted(places.items()) if len(at) > 1]


def folder_imports(package: str) -> dict[str, set[str]]:
    """Subject (a folder or a single module) of `oms.<package>` → subjects that it imports."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, tree in trees(OMS / package).items():
        own = subject(path.relative_to(OMS / package).with_suffix("").parts)
        found[own] |= {subject(used) for used in _imports(path, tree, package)} - {own, ""}
    return dict(found)


def subject(parts: tuple[str, ...]) -> str:
    return parts[0] if parts and parts[0] != "__init__" else ""


def folders_in_circles() -> list[str]:
    return [
        f"{package}: {' ↔ '.join(circle)}"
        for package in ("domain", "usecases")
        for circle in circles(folder_imports(package))
    ]


def long_signatures() -> list[str]:
    """Use cases that take more than a person keeps in mind."""
    return [
        f"{path.relative_to(OMS)}:{node.lineno} {node.name} takes {count}"
        for path, tree in trees(OMS / "usecases").items()
        for node in ast.walk(tree)
        if isinstance(node, Function) and (count := _parameters(node)) > MAX_PARAMETERS
    ]


def names_with_module_paths(document: Path = ROOT / "docs" / "openapi.json") -> list[str]:
    """Of schemas and operations in the published API."""
    api = json.loads(document.read_text())
    operations = (operation for path in api["paths"].values() for operation in path.values())
    names = [*api["components"]["schemas"], *(each.get("operationId", "") for each in operations)]
    return [name for name in names if MODULE_PATH.search(name)]


def handlers_not_observed() -> list[str]:
    """Functions whose entry lacks the decorator that logs, counts and correlates."""
    return [
        path.relative_to(ROOT).as_posix()
        for path, tree in trees(FUNCTIONS).items()
        if path.name == "app.py" and not any(map(_is_observed, tree.body))
    ]


def _is_observed(node: ast.stmt) -> bool:
    """`@observed` or `@observed(…)` above the handler, or `handler = observed(…)`."""
    if isinstance(node, Function) and node.name == HANDLER:
        return any(DECORATOR in ast.unparse(each) for each in node.decorator_list)
    if isinstance(node, ast.Assign):
        named = [each.id for each in node.targets if isinstance(each, ast.Name)]
        return HANDLER in named and DECORATOR in ast.unparse(node.value)
    return False


def _parameters(node: Function) -> int:
    given = node.args
    all_of_them = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    return len([each for each in all_of_them if each.arg not in ("self", "cls")])


def _imports(path: Path, tree: ast.Module, package: str) -> Iterator[tuple[str, ...]]:
    """Below `oms.<package>`: what each import names, as parts of its path."""
    base = path.relative_to(LAYER).parts
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            start = base[: len(base) - node.level] if node.level else ()
            module = (*start, *(node.module or "").split("."))
            names = [tuple(filter(None, (*module, alias.name))) for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [tuple(alias.name.split(".")) for alias in node.names]
        else:
            continue
        yield from (name[2:] for name in names if name[:2] == ("oms", package))
