"""One version of a profile's sourcing rules: drafted, validated, active, retired.

Only a draft changes. At most one version of a profile is active; the row that checkout reads is
a copy of it, replaced in the same transaction (docs/adr/0007-…). Every step here is pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from .. import lifecycle
from ..errors import IllegalTransition
from ..states import RuleEvent, RuleStatus
from ..timeline import Entry

DRAFT: Final = "DRAFT"
VALIDATED: Final = "VALIDATED"
ACTIVE: Final = "ACTIVE"
RETIRED: Final = "RETIRED"


@dataclass(frozen=True, slots=True)
class RulesText:
    """`document` is JSON text as its author wrote it."""

    document: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """`document` is JSON text as its author wrote it. `based_on` and `replaced` are numbers, 0
    for none: what the draft was copied from, and who was active before it was activated first.
    """

    profile: str
    number: int
    document: str
    status: RuleStatus = DRAFT
    note: str = ""
    based_on: int = 0
    replaced: int = 0
    version: int = 0  # of the stored row
    timeline: tuple[Entry, ...] = ()

    @property
    def text(self) -> RulesText:
        return RulesText(self.document, self.note)


@dataclass(frozen=True, slots=True)
class ActiveRules:
    """Which version checkout reads. `rolled_back_from` is a number, 0 where it was activated."""

    profile: str
    number: int
    version: int = 0  # of the stored row
    rolled_back_from: int = 0


@dataclass(frozen=True, slots=True)
class Profile:
    """`active`: number of the version that decides, 0 for the built-in rules. `prepared`: drafts
    and what was validated but never activated, newest first.
    """

    name: str
    active: int
    prepared: Sequence[RuleVersion]


def edited(rules: RuleVersion, text: RulesText) -> RuleVersion:
    return replace(_moved(rules, "edit"), document=text.document, note=text.note)


def validated(rules: RuleVersion) -> RuleVersion:
    return _moved(rules, "validate")


def activated(rules: RuleVersion, before: int) -> RuleVersion:
    """`before`: the version that is active now. One that comes back keeps whom it replaced."""
    after = _moved(rules, "activate")
    return after if rules.status == RETIRED else replace(after, replaced=before)


def retired(rules: RuleVersion) -> RuleVersion:
    return _moved(rules, "retire")


def _moved(rules: RuleVersion, event: RuleEvent) -> RuleVersion:
    try:
        return replace(rules, status=lifecycle.step(lifecycle.RULE_VERSION, rules.status, event))
    except IllegalTransition as refused:
        refused.extra |= {"profile": rules.profile, "number": rules.number}
        raise
