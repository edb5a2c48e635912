"""The profiles of sourcing rules: what decides in each, and what is being prepared."""

from __future__ import annotations

from ...domain.steering.rule_version import DRAFT, VALIDATED, Profile
from ...ports import RuleBook
from .deps import Steering

DEFAULT = "default"  # channels have it unless they name another
LOOKED_AT = 20  # newest versions of each profile among which drafts are sought


def list_profiles(*, deps: Steering) -> list[Profile]:
    return [_profile(name, deps.rules) for name in sorted({DEFAULT, *deps.rules.profiles()})]


def _profile(name: str, book: RuleBook) -> Profile:
    active = book.active(name)
    newest = book.versions(name, limit=LOOKED_AT)
    prepared = [each for each in newest if each.status in (DRAFT, VALIDATED)]
    return Profile(name, active.number if active else 0, prepared)
