"""Law 1: inside `domain` and `usecases` subjects form floors; none imports one above or beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

import pytest

from tests.architecture.floors import FLOORS, KNOWN_CIRCLES
from tests.architecture.source import report
from tools.house.circles import circles
from tools.house.structure import folder_imports

PACKAGES = ("domain", "usecases")
Graph = Mapping[str, Set[str]]


def unknown_circles(graph: Graph, known: Sequence[str]) -> list[str]:
    allowed = [set(words.split()) for words in known]
    return [
        f"{' and '.join(circle)} import each other"
        for circle in circles(graph)
        if not any(set(circle) <= each for each in allowed)
    ]


def against_the_floors(graph: Graph, floors: Sequence[str]) -> list[str]:
    height = {name: number for number, words in enumerate(floors) for name in words.split()}
    strange = [f"{name} is on no floor" for name in graph if name and name not in height]
    return strange + [
        f"{name} (floor {height[name]}) imports {used} (floor {height[used]})"
        for name, all_used in graph.items()
        for used in sorted(all_used)
        if name in height and used in height and height[used] >= height[name]
    ]


@pytest.mark.parametrize("package", PACKAGES)
def test_folders_have_no_circles(package: str) -> None:
    problems = unknown_circles(folder_imports(package), KNOWN_CIRCLES[package])
    assert not problems, report(f"1: no circles between folders of {package}", problems)


@pytest.mark.parametrize("package", [name for name in PACKAGES if FLOORS[name]])
def test_a_subject_imports_only_what_is_below(package: str) -> None:
    problems = against_the_floors(folder_imports(package), FLOORS[package])
    assert not problems, report(f"1: the floors of {package}", problems)


@pytest.mark.parametrize(
    ("graph", "known", "broken"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, (), False),
        ({"a": {"b"}, "b": {"a"}}, (), True),
        ({"a": {"b"}, "b": {"a"}}, ("a b c",), False),
        ({"a": {"b"}, "b": {"c"}, "c": {"d"}, "d": {"a"}}, (), True),
        ({"a": {"b"}, "b": {"c"}, "c": {"d"}, "d": {"a"}}, ("a b c",), True),
    ],
)
def test_a_circle_of_any_length_is_found(
    graph: Graph, known: tuple[str, ...], broken: bool
) -> None:
    assert bool(unknown_circles(graph, known)) is broken


@pytest.mark.parametrize(
    ("graph", "broken"),
    [
        ({"top": {"left", "ground"}, "left": {"ground"}, "ground": set()}, False),
        ({"ground": {"left"}}, True),
        ({"left": {"right"}}, True),
        ({"shed": set()}, True),
    ],
)
def test_an_import_against_the_floors_is_found(graph: Graph, broken: bool) -> None:
    assert bool(against_the_floors(graph, ("ground", "left right", "top"))) is broken
