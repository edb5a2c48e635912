"""What waits for a person, the longest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...ports import Row
from .deps import Casework


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """`older_s`: opened at least so long ago; "" is any."""

    status: str = "OPEN"
    kind: str = ""
    node: str = ""
    owner: str = ""
    older_s: int = 0

    def takes(self, case: Row) -> bool:
        asked = {"kind": self.kind, "node": self.node, "owner": self.owner}
        return all(case.get(name, "") == value for name, value in asked.items() if value)


def list_cases(
    wanted: CaseFilter, *, limit: int, start: Mapping[str, Any] | None, deps: Casework
) -> tuple[list[Row], Row | None]:
    """A page may hold fewer than `limit`, none even, while there is a next one."""
    until = deps.now - wanted.older_s
    found, following = deps.cases.page(
        wanted.status, since=0, until=until, limit=limit, start=start
    )
    return [case for case in found if wanted.takes(case)], following
