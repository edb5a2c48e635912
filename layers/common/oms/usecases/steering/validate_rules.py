"""Check a draft against the vocabulary of rules and the network; what passes cannot change."""

from __future__ import annotations

import json

from ...domain.errors import ValidationFailed
from ...domain.model.rules import SourcingRules
from ...domain.sourcing.validation import problems
from ...domain.steering.known_names import KnownNames, unknown_names
from ...domain.steering.rule_version import DRAFT, RuleVersion, validated
from ...domain.timeline import Entry
from ..retrying import retrying
from .deps import Steering


def validate_rules(profile: str, number: int, *, actor: str, deps: Steering) -> RuleVersion:
    """Validated before, nothing changes. Raises ValidationFailed, naming each field and why."""

    def attempt() -> RuleVersion:
        draft = deps.rules.version(profile, number)
        valid_rules(draft, deps)
        if draft.status != DRAFT:
            return draft
        return deps.rules.save(validated(draft), Entry(0, "validate", deps.now, actor))

    return retrying(attempt)


def valid_rules(version: RuleVersion, deps: Steering) -> SourcingRules:
    """The rules that a version states. Raises ValidationFailed, naming each field and why."""
    document = json.loads(version.document)
    faults = problems(document)
    if not faults:
        faults = unknown_names(
            document, KnownNames.of(deps.config.every_node(), deps.config.services())
        )
    if faults:
        raise ValidationFailed(f"{len(faults)} fields of the rules are not valid", fields=faults)
    return deps.rules.rules(version)
