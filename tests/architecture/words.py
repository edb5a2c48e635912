"""The words of public names, for the law of one language."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache

from oms.domain.lifecycle import ALL as LIVES
from tests.architecture.source import FUNCTIONS, OMS, ROOT, sources

GLOSSARY = ROOT / "docs" / "glossary.md"
COMMON = ROOT / "tests" / "architecture" / "common_english.txt"
_PIECE = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")


def words_of(name: str) -> set[str]:
    """`FulfilmentOrder`, `fulfilment_order`, `fulfilment-order` → fulfilment, order."""
    return {piece.lower() for piece in _PIECE.findall(name)}


def known_words() -> set[str]:
    """Words of the glossary's terms and sentences, and the common English of names."""
    return glossary_words() | common_words()


def glossary_words() -> set[str]:
    return words_of(re.sub(r"[^A-Za-z]+", " ", GLOSSARY.read_text()))


def common_words() -> set[str]:
    return set(COMMON.read_text().split())


@cache
def public_names() -> dict[str, str]:
    """Name → where: modules, classes, functions, events, routes, folders of functions."""
    return dict([*_code_names(), *_event_names(), *_route_names()])


def _code_names() -> Iterator[tuple[str, str]]:
    for source in sources(OMS, FUNCTIONS):
        for part in source.path.relative_to(ROOT).with_suffix("").parts:
            yield part, source.name
        for node in source.nodes:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name, source.at(node)
        for node in source.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield node.name, source.at(node)


def _event_names() -> Iterator[tuple[str, str]]:
    for life, table in LIVES.items():
        for events in table.values():
            for event in events:
                yield str(event), f"the life of {life}"


def _route_names() -> Iterator[tuple[str, str]]:
    api = json.loads((ROOT / "docs" / "openapi.json").read_text())
    for path, operations in api["paths"].items():
        for part in re.findall(r"[\w-]+", path):
            yield part, path
        for operation in operations.values():
            yield operation["operationId"], path


def class_names() -> Iterator[tuple[str, str]]:
    for source in sources(OMS):
        for node in source.nodes:
            if isinstance(node, ast.ClassDef):
                yield node.name, source.at(node)


def identifiers() -> Iterator[tuple[str, str]]:
    """Every name that is bound in the layer and the functions, local ones too."""
    for source in sources(OMS, FUNCTIONS):
        for node in source.nodes:
            if isinstance(node, ast.arg):
                yield node.arg, source.at(node)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id, source.at(node)
            elif isinstance(node, ast.ClassDef | ast.FunctionDef):
                yield node.name, source.at(node)
