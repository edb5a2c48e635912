"""What the watch over promises did, in figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..domain.promising.punctuality import LaneRecord, Margin
from ..observability import count, fault


def looked(found: Mapping[str, int], errors: Sequence[Exception]) -> dict[str, Any]:
    """What a run of the watch did, in figures; a list that could not be settled is a fault."""
    for error in errors:
        fault(error)
    for word, parts in found.items():
        count("Arrivals", parts, found=word)
    return {**found, "errors": len(errors)}


def learned(records: Mapping[str, LaneRecord], margins: Mapping[str, Margin]) -> dict[str, Any]:
    return {"lanes": len(records), "margins": len(margins)}
