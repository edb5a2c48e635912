"""How promises were kept: what came of what was promised for a period, by one of its groups."""

from __future__ import annotations

from ...domain.promising.outcomes import AccuracyRequest, PromiseTally, summed
from .deps import Watching


def read_accuracy(
    asked: AccuracyRequest, *, deps: Watching
) -> tuple[dict[str, PromiseTally], PromiseTally]:
    """By group, and in all."""
    found = [each for each in deps.book.kept(asked.days) if asked.wants(each[0])]
    return summed(found, asked.by), sum((tally for _, tally in found), PromiseTally())
