"""The versions of a profile's rules, newest first, and which of them is active."""

from __future__ import annotations

from collections.abc import Sequence

from ...domain.steering.rule_version import RuleVersion
from ...ports import RuleBook


def list_rules(
    profile: str, *, limit: int, before: int, book: RuleBook
) -> tuple[int, Sequence[RuleVersion]]:
    active = book.active(profile)
    return active.number if active else 0, book.versions(profile, limit=limit, before=before)
