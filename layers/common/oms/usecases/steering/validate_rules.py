"""Check a draft against the vocabulary of rules and the network; what passes cannot change."""

from __future__ import annotations

import json

from ...domain.errors import ValidationFailed
from ...domain.sourcing.rules import SourcingRules
from ...domain.steering.document import Known, read
from ...domain.steering.rule_version import DRAFT, RuleVersion, validated
from ...domain.timeline import Entry
from ...ports import ConfigReader, RuleBook
from ..retrying import retrying


def validate_rules(
    profile: str, number: int, *, book: RuleBook, config: ConfigReader, now: int, actor: str
) -> RuleVersion:
    """Validated before, nothing changes. Raises ValidationFailed, naming each field and why."""

    def attempt() -> RuleVersion:
        draft = book.version(profile, number)
        rules_of(draft, config)
        if draft.status != DRAFT:
            return draft
        return book.save(validated(draft), Entry(0, "validate", now, actor))

    return retrying(attempt)


def rules_of(version: RuleVersion, config: ConfigReader) -> SourcingRules:
    """The rules that a version states. Raises ValidationFailed."""
    rules, faults = read(
        json.loads(version.document),
        profile=version.profile,
        number=version.number,
        known=known(config),
    )
    if faults:
        raise ValidationFailed(f"{len(faults)} fields of the rules are not valid", fields=faults)
    return rules


def known(config: ConfigReader) -> Known:
    """What rules may name: nodes, and services of carriers."""
    return Known(
        nodes=frozenset(node.id for node in config.every_node()),
        services=frozenset(service.service for service in config.services()),
    )
