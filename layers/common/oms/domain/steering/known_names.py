"""Names in a document of rules that nothing in the network has: most likely misspelt.

Shape and meaning of the document are checked before (domain/sourcing/validation.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..model.carriage import CarrierService
from ..model.node import Node


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What rules may name."""

    nodes: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()

    @classmethod
    def of(cls, nodes: Sequence[Node], services: Sequence[CarrierService]) -> KnownNames:
        return cls(
            nodes=frozenset(node.id for node in nodes),
            groups=frozenset(group for node in nodes for group in node.groups),
            tags=frozenset(tag for node in nodes for tag in node.tags),
            services=frozenset(each.service for each in services),
        )


def unknown_names(document: Mapping[str, Any], known: KnownNames) -> dict[str, str]:
    """JSON pointer → reason, for each name that nothing has."""
    found: dict[str, str] = {}
    for n, strategy in enumerate(document.get("strategies", ())):
        at = f"/strategies/{n}"
        found |= _missing(strategy.get("where", {}), at + "/where", "nodes", known.nodes)
        found |= _missing(strategy.get("where", {}), at + "/where", "groups", known.groups)
        found |= _missing(strategy.get("where", {}), at + "/where", "tags", known.tags)
        found |= _missing(strategy.get("when", {}), at + "/when", "services", known.services)
        for m, fence in enumerate(strategy.get("fences", ())):
            found |= _missing(fence, f"{at}/fences/{m}", "tags", known.tags)
    return found


def _missing(part: Mapping[str, Any], at: str, name: str, known: frozenset[str]) -> dict[str, str]:
    noun = name.removesuffix("s")
    return {
        f"{at}/{name}/{n}": f"the network has no {noun} {each!r}"
        for n, each in enumerate(part.get(name, ()))
        if each not in known
    }
