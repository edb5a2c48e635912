"""The edge of the watch over promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from ..domain.errors import ValidationFailed
from ..domain.promising.outcomes import AccuracyRequest, PromiseTally
from ..domain.promising.punctuality import LaneRecord, Margin
from ..observability import count, fault
from .http import OPS, Request

USUAL_DAYS, MOST_DAYS = 28, 92


def looked(found: Mapping[str, int], errors: Sequence[Exception]) -> dict[str, Any]:
    """What a run of the watch did, in figures; a list that could not be settled is a fault."""
    for error in errors:
        fault(error)
    for word, parts in found.items():
        count("Arrivals", parts, found=word)
    return {**found, "errors": len(errors)}


def learned(records: Mapping[str, LaneRecord], margins: Mapping[str, Margin]) -> dict[str, Any]:
    return {"lanes": len(records), "margins": len(margins)}


def asked_of(request: Request, now: int) -> AccuracyRequest:
    """Raises ValidationFailed; NotFound where staff name a node that is not theirs."""
    from ..contracts.parse import parse
    from ..contracts.promises import AccuracyQuery

    query = parse(AccuracyQuery, dict(request.query))
    if OPS not in request.principal.scopes:
        if not query.node:
            raise ValidationFailed("say which node", fields={"/node": "is missing"})
        request.principal.may_work_at(query.node)
    until = query.until or datetime.fromtimestamp(now, UTC).date()
    since = query.since or until - timedelta(days=USUAL_DAYS - 1)
    if not 0 <= (until - since).days < MOST_DAYS:
        wrong = {"/since": f"not after until, and at most {MOST_DAYS} days in all"}
        raise ValidationFailed("the period is not valid", fields=wrong)
    only = {name: getattr(query, name) or "" for name in ("channel", "method", "node", "lane")}
    return AccuracyRequest(since, until, query.by, only)


def accuracy_view(
    asked: AccuracyRequest, groups: Mapping[str, PromiseTally], total: PromiseTally
) -> dict[str, Any]:
    from ..contracts.promises import AccuracyGroup, AccuracyView, KeptView

    return AccuracyView(
        since=asked.since.isoformat(),
        until=asked.until.isoformat(),
        by=asked.by,
        total=KeptView(**_kept(total)),
        groups=[AccuracyGroup(name=name, **_kept(tally)) for name, tally in groups.items()],
    ).model_dump()


def _kept(tally: PromiseTally) -> dict[str, Any]:
    days = dict(sorted(tally.days.items()))
    return {
        "parts": tally.parts,
        "on_time": tally.on_time,
        "on_time_permille": tally.on_time_permille,
        "early": sum(parts for late, parts in days.items() if late < 0),
        "late": sum(parts for late, parts in days.items() if late > 0),
        "missing": tally.missing,
        "late_days": {str(late): parts for late, parts in days.items()},
    }


def lanes_view(at: int, margins: Mapping[str, Margin]) -> dict[str, Any]:
    from ..contracts.promises import LanesView, LaneView

    lanes = [
        LaneView(
            lane=lane,
            margin_days=margin.days,
            parcels=margin.record.parcels,
            on_time_permille=margin.record.permille,
        )
        for lane, margin in sorted(margins.items())
    ]
    when = datetime.fromtimestamp(at, UTC).isoformat() if at else ""
    return LanesView(learned_at=when, lanes=lanes).model_dump()
