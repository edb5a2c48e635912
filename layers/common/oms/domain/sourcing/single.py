"""SINGLE: the best node that serves everything alone."""

from __future__ import annotations

from collections.abc import Sequence

from .candidate import Candidate
from .need import Line, needed


def single(lines: Sequence[Line], candidates: Sequence[Candidate]) -> Candidate | None:
    need = needed(lines)
    refused = {node for line in lines for node in line.excluded}
    for candidate in candidates:
        enough = all(candidate.stock.get(sku, 0) >= units for sku, units in need.items())
        if enough and candidate.id not in refused:
            return candidate
    return None
