"""Versions of sourcing rules: what a merchant sends to steer, and what is answered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from ..domain.limits.sourcing import MAX_RULE_VERSIONS
from ..domain.steering.rule_version import Profile, RuleVersion
from ..domain.timeline import Entry
from .fields import Identifier, Text
from .parse import Contract

Number = Annotated[int, Field(ge=1, le=MAX_RULE_VERSIONS)]
Rules = Annotated[dict[str, Any], Field(description="docs/sourcing.md tells every field")]


class ProfilePath(Contract):
    profile: Identifier


class DraftBody(Contract):
    """`rules`, or a copy of those of version `based_on`."""

    rules: Rules | None = None
    based_on: Number | None = None
    note: Text = ""


class EditBody(Contract):
    """`version`: that of the draft which was edited; a newer one is then not overwritten."""

    rules: Rules
    note: Text = ""
    version: Annotated[int, Field(ge=1)] | None = None


class RollBackBody(Contract):
    """`from`: the version that is to go. Sent again, nothing more happens."""

    from_: Annotated[int, Field(ge=1, le=MAX_RULE_VERSIONS, alias="from")]


class StepView(BaseModel):
    event: str
    at: str = Field(description="ISO instant")
    by: str
    note: str

    @classmethod
    def of(cls, entry: Entry) -> StepView:
        at = datetime.fromtimestamp(entry.at, UTC).isoformat()
        return cls(event=entry.kind, at=at, by=entry.actor, note=entry.note)


class RulesBrief(BaseModel):
    """`based_on`: the version it was copied from; `replaced`: that which it took the place of."""

    profile: str
    number: int
    status: str = Field(description="DRAFT, VALIDATED, ACTIVE, RETIRED")
    note: str
    based_on: int
    replaced: int
    version: int
    history: list[StepView]

    @classmethod
    def of(cls, rules: RuleVersion) -> RulesBrief:
        return cls(**_brief(rules))


class RulesView(RulesBrief):
    rules: dict[str, Any]

    @classmethod
    def of(cls, rules: RuleVersion) -> RulesView:
        return cls(**_brief(rules), rules=json.loads(rules.document))


class RulesPage(BaseModel):
    """`active` is 0 while the profile has the built-in rules; `next`: ask for `before` this."""

    profile: str
    active: int
    items: list[RulesBrief]
    next: int | None


class ProfileView(BaseModel):
    """`active`: number of the version that decides, 0 while the built-in rules do. `prepared`: of
    the newest versions those that are drafts or validated.
    """

    profile: str
    active: int
    prepared: list[RulesBrief]


class ProfileList(BaseModel):
    items: list[ProfileView]


def text_of(rules: dict[str, Any] | None) -> str:
    return json.dumps(rules, separators=(",", ":"), ensure_ascii=False) if rules else ""


def page(profile: str, active: int, found: Sequence[RuleVersion], limit: int) -> dict[str, Any]:
    items = [RulesBrief.of(rules) for rules in found]
    more = len(found) == limit and found[-1].number > 1
    following = found[-1].number if more else None
    return RulesPage(profile=profile, active=active, items=items, next=following).model_dump()


def profile_list(found: Sequence[Profile]) -> dict[str, Any]:
    items = [
        ProfileView(
            profile=each.name,
            active=each.active,
            prepared=[RulesBrief.of(rules) for rules in each.prepared],
        )
        for each in found
    ]
    return ProfileList(items=items).model_dump()


def _brief(rules: RuleVersion) -> dict[str, Any]:
    return {
        "profile": rules.profile,
        "number": rules.number,
        "status": rules.status,
        "note": rules.note,
        "based_on": rules.based_on,
        "replaced": rules.replaced,
        "version": rules.version,
        "history": [StepView.of(entry) for entry in rules.timeline],
    }
