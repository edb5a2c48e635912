"""Whether a node takes orders: OPEN, PAUSED until a time ("no capacity"), or OFFLINE.

While it does not, what it has not accepted is recalled: a sweep goes through its work list in
pages, and again until every worker must have heard of the change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from .. import lifecycle
from ..timeline import Entry

OPEN, PAUSED, OFFLINE = "OPEN", "PAUSED", "OFFLINE"
NOWHERE: Mapping[str, Any] = MappingProxyType({})
RECALLS = 3  # through the work list: at once, and after each time that configuration is believed


@dataclass(frozen=True, slots=True)
class NodeStatus:
    """`until`: when a pause ends. `recalls` that are left, `cursor` where the current one is."""

    node: str
    status: str = OPEN
    until: int = 0
    reason: str = ""
    recalls: int = 0
    cursor: Mapping[str, Any] = field(default_factory=lambda: NOWHERE)
    due: int | None = None
    version: int = 0
    timeline: tuple[Entry, ...] = ()

    @property
    def online(self) -> bool:
        return self.status == OPEN


def changed(
    now_is: NodeStatus, *, online: bool, until: int, reason: str, now: int
) -> tuple[str, NodeStatus] | None:
    """The event and what follows; None when it stands so already."""
    wanted = OPEN if online else PAUSED if until else OFFLINE
    if (now_is.status, now_is.until) == (wanted, until):
        return None
    event = {OPEN: "open", PAUSED: "pause", OFFLINE: "close"}[wanted]
    following = replace(
        now_is,
        status=lifecycle.step(lifecycle.NODE, now_is.status, event),
        until=until,
        reason=reason,
        recalls=0 if online else RECALLS,
        cursor=NOWHERE,
        due=now,
    )
    return event, following


def overdue(standing: NodeStatus, now: int) -> bool:
    """A pause is over."""
    return standing.status == PAUSED and standing.until <= now


def recalled(
    standing: NodeStatus, cursor: Mapping[str, Any] | None, now: int, believed_s: int
) -> NodeStatus:
    """After a page of the work list; `cursor` is where the next one starts, None at the end.

    `believed_s`: how long workers believe configuration that they have read.
    """
    if cursor:
        return replace(standing, cursor=cursor, due=now)
    left = max(0, standing.recalls - 1)
    due = now + believed_s if left else standing.until or None
    return replace(standing, cursor=NOWHERE, recalls=left, due=due)
