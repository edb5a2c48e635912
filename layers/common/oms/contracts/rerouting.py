"""What moves parts and stops nodes, and the answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, Field

from ..domain.nodes.node_status import NodeStatus
from .fields import Identifier, RequiredText, Text
from .parse import Contract, View


class MoveBody(Contract):
    """`version` left out: whatever the part is now. `override`: asked although it gave a line of
    the part back and its refusal has not ended; `note` says why.
    """

    node: Identifier
    note: Text = ""
    override: bool = False
    version: Annotated[int | None, Field(ge=1)] = None


class StandingBody(Contract):
    """Not online `until` an instant: a pause; without it: until somebody opens the node."""

    online: bool
    until: Annotated[AwareDatetime | None, Field(strict=False)] = None
    reason: RequiredText

    def arguments(self) -> dict[str, Any]:
        until = int(self.until.timestamp()) if self.until else 0
        return {"online": self.online, "until": until, "reason": self.reason}


class StandingChange(View):
    at: str
    event: str
    by: str
    reason: str


class StandingView(View):
    """`status`: OPEN, PAUSED until `until`, OFFLINE. `recalling`: parts are still called back."""

    node: str
    status: str
    until: str | None
    reason: str
    recalling: bool
    version: int
    history: list[StandingChange]

    @classmethod
    def of(cls, standing: NodeStatus) -> StandingView:
        return cls(
            node=standing.node,
            status=standing.status,
            until=_instant(standing.until) if standing.until else None,
            reason=standing.reason,
            recalling=standing.recalls > 0,
            version=standing.version,
            history=[
                StandingChange(at=_instant(e.at), event=e.kind, by=e.actor, reason=e.note)
                for e in standing.timeline
            ],
        )


def _instant(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z")
