"""Let a version decide from now on. One transaction: no moment without rules, none with two."""

from __future__ import annotations

from ...domain.errors import IllegalTransition, LostRace, NotFound
from ...domain.steering.rule_version import ACTIVE, ActiveRules, RuleVersion, activated, retired
from ...domain.timeline import Entry
from ...ports import RuleBook
from ..retrying import retrying
from .deps import Steering
from .validate_rules import valid_rules


def activate_rules(profile: str, number: int, *, actor: str, deps: Steering) -> RuleVersion:
    """A validated version, or a retired one again. Active already, nothing changes.

    Raises IllegalTransition for a draft, ValidationFailed when the network changed since.
    """

    def attempt() -> RuleVersion:
        version = deps.rules.version(profile, number)
        active = deps.rules.active(profile)
        if version.status == ACTIVE:
            return version
        return _switch(version, active, 0, Entry(0, "activate", deps.now, actor), deps)

    return retrying(attempt)


def roll_back_rules(profile: str, wrong: int, *, actor: str, deps: Steering) -> RuleVersion:
    """Back to the version that `wrong` replaced. Rolled back before, nothing changes.

    Raises IllegalTransition when `wrong` is not active, or replaced nothing.
    """

    def attempt() -> RuleVersion:
        active = deps.rules.active(profile)
        if active and active.rolled_back_from == wrong:
            return deps.rules.version(profile, active.number)
        if active is None or active.number != wrong:
            number = active.number if active else 0
            raise IllegalTransition(f"version {wrong} is not active", active=number)
        before = _replaced_by(profile, wrong, deps.rules)
        entry = Entry(0, "activate", deps.now, actor, f"rolled back from {wrong}")
        return _switch(before, active, wrong, entry, deps)

    return retrying(attempt)


def _replaced_by(profile: str, number: int, book: RuleBook) -> RuleVersion:
    before = book.version(profile, number).replaced
    if not before:
        raise IllegalTransition(f"version {number} replaced no other: there is none to go back to")
    return book.version(profile, before)


def _switch(
    version: RuleVersion,
    active: ActiveRules | None,
    back_from: int,
    entry: Entry,
    deps: Steering,
) -> RuleVersion:
    number = active.number if active else 0
    stored = active.version if active else 0
    after = activated(version, number)
    now_active = ActiveRules(version.profile, version.number, stored, back_from)
    retiring = _retiring(version.profile, number, deps.rules)
    return deps.rules.switch(after, retiring, valid_rules(version, deps), now_active, entry)


def _retiring(profile: str, number: int, book: RuleBook) -> RuleVersion | None:
    """None: nothing was active, or a row put there by hand, which has no version."""
    try:
        gone = book.version(profile, number) if number else None
    except NotFound:
        return None
    if gone and gone.status != ACTIVE:
        raise LostRace(f"version {number} retired meanwhile")
    return retired(gone) if gone else None
