"""Versions of sourcing rules: what a merchant sends to steer, and what is answered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import Field

from ..domain.limits.sourcing import MAX_RULE_VERSIONS
from ..domain.states import RuleStatus
from ..domain.steering.rule_version import Profile, RulesText, RuleVersion
from ..domain.timeline import Entry
from .fields import Text
from .parse import Contract, View

Number = Annotated[int, Field(ge=1, le=MAX_RULE_VERSIONS)]
Rules = Annotated[dict[str, Any], Field(description="docs/sourcing.md tells every field")]


class DraftRulesBody(Contract):
    """`rules`, or a copy of those of version `based_on`."""

    rules: Rules | None = None
    based_on: Number | None = None
    note: Text = ""

    def to_domain(self) -> RulesText:
        return RulesText(_text(self.rules), self.note)


class EditRulesBody(Contract):
    """`version`: that of the draft which was edited; a newer one is then not overwritten."""

    rules: Rules
    note: Text = ""
    version: Annotated[int, Field(ge=1)] | None = None

    def to_domain(self) -> RulesText:
        return RulesText(_text(self.rules), self.note)


class RollBackRulesBody(Contract):
    """`from`: the version that is to go. Sent again, nothing more happens."""

    from_: Annotated[int, Field(ge=1, le=MAX_RULE_VERSIONS, alias="from")]


class RulesStepView(View):
    event: str
    at: str = Field(description="ISO instant")
    by: str
    note: str

    @classmethod
    def of(cls, entry: Entry) -> RulesStepView:
        at = datetime.fromtimestamp(entry.at, UTC).isoformat()
        return cls(event=entry.kind, at=at, by=entry.actor, note=entry.note)


class RulesBrief(View):
    """`based_on`: the version it was copied from; `replaced`: that which it took the place of."""

    profile: str
    number: int
    status: RuleStatus
    note: str
    based_on: int
    replaced: int
    version: int
    history: list[RulesStepView]

    @classmethod
    def of(cls, rules: RuleVersion) -> RulesBrief:
        return cls(**_brief(rules))


class RulesView(RulesBrief):
    rules: dict[str, Any]

    @classmethod
    def of(cls, rules: RuleVersion) -> RulesView:
        return cls(**_brief(rules), rules=json.loads(rules.document))


class RulesPage(View):
    """`active` is 0 while the profile has the built-in rules; `next`: ask for `before` this."""

    profile: str
    active: int
    items: list[RulesBrief]
    next: int | None

    @classmethod
    def of(cls, profile: str, active: int, found: Sequence[RuleVersion], limit: int) -> RulesPage:
        more = len(found) == limit and found[-1].number > 1
        return cls(
            profile=profile,
            active=active,
            items=[RulesBrief.of(rules) for rules in found],
            next=found[-1].number if more else None,
        )


class ProfileView(View):
    """`active`: number of the version that decides, 0 while the built-in rules do. `prepared`: of
    the newest versions those that are drafts or validated.
    """

    profile: str
    active: int
    prepared: list[RulesBrief]

    @classmethod
    def of(cls, profile: Profile) -> ProfileView:
        prepared = [RulesBrief.of(rules) for rules in profile.prepared]
        return cls(profile=profile.name, active=profile.active, prepared=prepared)


class ProfileList(View):
    items: list[ProfileView]


def _text(rules: dict[str, Any] | None) -> str:
    return json.dumps(rules, separators=(",", ":"), ensure_ascii=False) if rules else ""


def _brief(rules: RuleVersion) -> dict[str, Any]:
    return {
        "profile": rules.profile,
        "number": rules.number,
        "status": rules.status,
        "note": rules.note,
        "based_on": rules.based_on,
        "replaced": rules.replaced,
        "version": rules.version,
        "history": [RulesStepView.of(entry) for entry in rules.timeline],
    }
