"""Write the rules of a profile down as a new draft, or change a draft.

A draft may be unfinished: what is wrong with it is said when it is validated.
"""

from __future__ import annotations

from dataclasses import replace

from ...domain.errors import LimitExceeded, StaleVersion, ValidationFailed
from ...domain.limits.sourcing import MAX_PROFILES, MAX_RULE_VERSIONS, MAX_RULES_BYTES
from ...domain.steering.rule_version import DRAFT, RulesText, RuleVersion, edited
from ...domain.timeline import Entry
from ...ports import RuleBook
from ..retrying import retrying
from .deps import Steering


def draft_rules(
    profile: str, text: RulesText, *, based_on: int = 0, actor: str, deps: Steering
) -> RuleVersion:
    """Without a document that of `based_on` is copied. Sent again while it is the newest
    version it is the same draft. Raises NotFound for an unknown `based_on`.
    """
    rules = deps.rules
    if based_on and not text.document:
        text = replace(text, document=rules.version(profile, based_on).document)
    require_fitting(text.document)
    _name(profile, rules)

    def attempt() -> RuleVersion:
        newest = next(iter(rules.versions(profile, limit=1)), None)
        if newest and _same(newest, text, actor):
            return newest
        number = _next_number(profile, newest, rules)
        draft = RuleVersion(profile, number, text.document, note=text.note, based_on=based_on)
        return rules.save(draft, Entry(1, "draft", deps.now, actor))

    return retrying(attempt)


def edit_rules(
    profile: str,
    number: int,
    text: RulesText,
    *,
    version: int | None = None,
    actor: str,
    deps: Steering,
) -> RuleVersion:
    """`version`: of the row that the editor saw. Raises IllegalTransition after the draft,
    StaleVersion when somebody else changed it since.
    """
    require_fitting(text.document)

    def attempt() -> RuleVersion:
        draft = deps.rules.version(profile, number)
        if draft.status == DRAFT and draft.text == text:
            return draft
        after = edited(draft, text)
        if version not in (None, draft.version):
            raise StaleVersion("the draft was changed since", version=draft.version)
        return deps.rules.save(after, Entry(0, "edit", deps.now, actor))

    return retrying(attempt)


def _name(profile: str, book: RuleBook) -> None:
    """List the profile before it has a version, so that none is ever missing from the list."""
    known = book.profiles()
    if profile not in known:
        if len(known) >= MAX_PROFILES:
            raise LimitExceeded(f"there are at most {MAX_PROFILES} profiles")
        book.add_profile(profile)


def require_fitting(document: str) -> None:
    """Raises ValidationFailed for none at all, LimitExceeded."""
    if not document:
        raise ValidationFailed("there are no rules", fields={"/rules": "missing"})
    if len(document.encode()) > MAX_RULES_BYTES:
        raise LimitExceeded(f"the rules are larger than {MAX_RULES_BYTES} bytes")


def _same(newest: RuleVersion, text: RulesText, actor: str) -> bool:
    return newest.status == DRAFT and newest.timeline[0].actor == actor and newest.text == text


def _next_number(profile: str, newest: RuleVersion | None, book: RuleBook) -> int:
    """Above the active one too: a row put there by hand has a number and no version."""
    active = book.active(profile)
    number = max(newest.number if newest else 0, active.number if active else 0) + 1
    if number > MAX_RULE_VERSIONS:
        raise LimitExceeded(f"a profile has at most {MAX_RULE_VERSIONS} versions")
    return number
