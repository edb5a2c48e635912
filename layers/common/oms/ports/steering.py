"""Versions of sourcing rules, as whoever steers sourcing changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..domain.model.rules import SourcingRules
    from ..domain.steering.rule_version import ActiveRules, RuleVersion
    from ..domain.timeline import Entry


class RuleBook(Protocol):
    """Each save writes if the stored version is the one that was read (LostRace else)."""

    def profiles(self) -> Sequence[str]:
        """That were named, by name."""

    def add_profile(self, profile: str) -> None:
        """It is listed from now on. Safe to repeat."""

    def version(self, profile: str, number: int) -> RuleVersion:
        """Raises NotFound."""

    def versions(self, profile: str, *, limit: int, before: int = 0) -> Sequence[RuleVersion]:
        """Newest first; `before`: only older ones than this number, 0 for all."""

    def active(self, profile: str) -> ActiveRules | None:
        """None while the profile has the built-in rules."""

    def rules(self, version: RuleVersion) -> SourcingRules:
        """What its document states; it must have no problems."""

    def save(self, rules: RuleVersion, entry: Entry) -> RuleVersion: ...

    def switch(
        self,
        activated: RuleVersion,
        retired: RuleVersion | None,
        rules: SourcingRules,
        active: ActiveRules,
        entry: Entry,
    ) -> RuleVersion:
        """One version becomes active, another retires, checkout reads `rules`: all or nothing."""
