"""An exception case: what waits for a person, whose it is, and until when it should be answered.

Rows in the tables Orders and Stock; `cq` puts them into the list of their status. `due_at` is told,
not enforced: who lists cases by age sees what was left lying.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from .. import lifecycle
from ..states import CaseEvent

Case = Mapping[str, Any]
OPEN, ASSIGNED, RESOLVED, DISMISSED = "OPEN", "ASSIGNED", "RESOLVED", "DISMISSED"
CLOSED = frozenset({RESOLVED, DISMISSED})
DAY_S = 86_400
# kind → how long it may wait where that is less than a day
SOONER_S: Mapping[str, int] = MappingProxyType(
    {"PARKED": 3_600, "PAYMENT": 4 * 3_600, "DELIVERY_FAILED": 4 * 3_600}
)
MAX_NOTES = 50  # the oldest go first


def opened(kind: str, content: Case) -> dict[str, Any]:
    """What makes a row an open case; `content` says `at` and why."""
    at = int(content.get("at", 0))
    last = {"k": "open", "at": at, "by": content.get("by", "system")}
    due_at = at + SOONER_S.get(kind, DAY_S)
    return {"kind": kind, "due_at": due_at, **content, "status": OPEN, "cq": OPEN, "last": last}


def _moved(case: Case, event: CaseEvent, by: str, at: int) -> dict[str, Any]:
    status = lifecycle.step(lifecycle.CASE, case["status"], event)
    return {**case, "status": status, "cq": status, "last": {"k": event, "at": at, "by": by}}


def assigned(case: Case, owner: str, *, by: str, at: int) -> dict[str, Any]:
    """To a person, also away from another one. Raises IllegalTransition when it is closed."""
    before = case if case["status"] != ASSIGNED else {**case, "status": OPEN}
    return {**_moved(before, "assign", by, at), "owner": owner}


def noted(case: Case, text: str, *, by: str, at: int) -> dict[str, Any]:
    notes = [*case.get("notes", []), {"text": text, "by": by, "at": at}][-MAX_NOTES:]
    return {**case, "notes": notes, "last": {"k": "note", "at": at, "by": by}}


def resolved(case: Case, text: str, *, by: str, at: int) -> dict[str, Any]:
    said = {"note": text, "resolved_by": by, "resolved_at": at}
    return {**_moved(case, "resolve", by, at), **said}
