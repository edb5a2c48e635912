"""The versions of a profile's rules, newest first, and which of them is active."""

from __future__ import annotations

from collections.abc import Sequence

from ...domain.steering.rule_version import RuleVersion
from .deps import Steering


def list_rules(
    profile: str, *, limit: int, before: int, deps: Steering
) -> tuple[int, Sequence[RuleVersion]]:
    active = deps.rules.active(profile)
    found = deps.rules.versions(profile, limit=limit, before=before)
    return active.number if active else 0, found
