"""Circles in a graph of imports, of any length."""

from __future__ import annotations

from collections.abc import Mapping, Set

Graph = Mapping[str, Set[str]]


def circles(graph: Graph) -> list[list[str]]:
    """Groups whose members all reach each other; a group is one circle to be broken, or more."""
    reached = {name: _reached(graph, name) for name in graph}
    found: list[list[str]] = []
    seen: set[str] = set()
    for name in sorted(graph):
        if name in seen or name not in reached[name]:
            continue
        group = [other for other in sorted(reached[name]) if name in reached.get(other, ())]
        seen |= set(group)
        found.append(group)
    return found


def _reached(graph: Graph, start: str) -> set[str]:
    """All that `start` imports, directly or through others; itself only by a circle."""
    found: set[str] = set()
    waiting = [*graph[start]]
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            waiting += graph.get(name, ())
    return found
