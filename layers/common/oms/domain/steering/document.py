"""A document of rules, as a merchant writes it, becomes `SourcingRules`; faults by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .. import limits
from ..sourcing.criteria import CRITERIA
from ..sourcing.min_split import MAX_CANDIDATES
from ..sourcing.rules import SourcingRules

Faults = dict[str, str]  # JSON pointer → reason


@dataclass(frozen=True, slots=True)
class Known:
    """What rules may name."""

    nodes: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()


def read(
    plain: Mapping[str, Any], *, profile: str, number: int, known: Known
) -> tuple[SourcingRules, Faults]:
    """The rules, and what is wrong with them; with faults the rules are not to be used."""
    faults = {f"/{name}": "unknown field" for name in plain if name not in FIELDS}
    for name, check in FIELDS.items():
        if name in plain and (wrong := check(plain[name])):
            faults[f"/{name}"] = wrong
    if faults:
        return SourcingRules(profile, number), faults
    given = {name: _frozen(value) for name, value in plain.items()}
    return SourcingRules(profile, number, **given), {}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _criteria(value: object) -> str:
    if not isinstance(value, list) or not value or not set(map(str, value)) <= set(CRITERIA):
        return f"a list of {', '.join(CRITERIA)}"
    return "" if len(set(value)) == len(value) else "each criterion once"


def _bands(value: object) -> str:
    if isinstance(value, list) and all(type(km) is int and km > 0 for km in value):
        return "" if value == sorted(set(value)) else "each more than the one before"
    return "a list of kilometres"


def _count(most: int) -> Callable[[object], str]:
    def check(value: object) -> str:
        return "" if type(value) is int and 1 <= value <= most else f"a number from 1 to {most}"

    return check


def _yes_or_no(value: object) -> str:
    return "" if isinstance(value, bool) else "true or false"


FIELDS: Mapping[str, Callable[[object], str]] = {
    "criteria": _criteria,
    "max_parts": _count(limits.MAX_PARTS),
    "split_lines": _yes_or_no,
    "max_candidates": _count(MAX_CANDIDATES),
    "distance_bands_km": _bands,
}
