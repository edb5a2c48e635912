"""Versions of sourcing rules, beside the row that checkout reads.

| pk | sk | content |
|---|---|---|
| RULES#profile | ACTIVE | the active version's rules, as decisions read them (stores/config/store.py) |
| | VERSION#number | RuleVersion: status, document as text, timeline |
| PROFILES | PROFILE#profile | there is such a profile; written before its first version |
"""

from __future__ import annotations

import json
from dataclasses import replace

from ...domain.errors import NotFound
from ...domain.model.rules import SourcingRules
from ...domain.steering.rule_version import ActiveRules, RuleVersion
from ...domain.timeline import Entry, append
from ..dynamo.codec import decode, encode
from ..dynamo.table import Item, Table
from . import keys


class RuleStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def version(self, profile: str, number: int) -> RuleVersion:
        row = self.table.get(keys.rules_pk(profile), keys.rule_version_sk(number))
        if row is None:
            raise NotFound(f"profile {profile} has no version {number}")
        return _version_of(row)

    def profiles(self) -> list[str]:
        rows = self.table.query(keys.PROFILES, prefix=keys.PROFILE)
        return [row["sk"].removeprefix(keys.PROFILE) for row in rows]

    def add_profile(self, profile: str) -> None:
        self.table.put_if_absent({"pk": keys.PROFILES, "sk": keys.profile_sk(profile)})

    def versions(self, profile: str, *, limit: int, before: int = 0) -> list[RuleVersion]:
        pk, end = keys.rules_pk(profile), keys.rule_version_sk(before)
        rows = self.table.newest(pk, keys.VERSION, limit=limit, before=end if before else "")
        return [_version_of(row) for row in rows]

    def active(self, profile: str) -> ActiveRules | None:
        row = self.table.get(keys.rules_pk(profile), keys.ACTIVE)
        if row is None:
            return None
        back = row.get("rolled_back_from", 0)
        return ActiveRules(profile, row.get("version", 0), row.get("v", 0), back)

    def rules(self, version: RuleVersion) -> SourcingRules:
        """A document names neither profile nor version: they are those of its row."""
        own = {"profile": version.profile, "version": version.number}
        return decode(SourcingRules, {**json.loads(version.document), **own})

    def save(self, rules: RuleVersion, entry: Entry) -> RuleVersion:
        after = _next(rules, entry)
        self.table.put(_row(after), expected_version=rules.version)
        return after

    def switch(
        self,
        activated: RuleVersion,
        retired: RuleVersion | None,
        rules: SourcingRules,
        active: ActiveRules,
        entry: Entry,
    ) -> RuleVersion:
        after = _next(activated, entry)
        actions = [
            self.table.put_action(_row(after), activated.version),
            self._read_copy(rules, active, entry),
        ]
        if retired:
            gone = _next(retired, replace(entry, kind="retire"))
            actions.append(self.table.put_action(_row(gone), retired.version))
        self.table.transact(actions)
        return after

    def _read_copy(self, rules: SourcingRules, active: ActiveRules, entry: Entry) -> Item:
        """What checkout reads. `active` is what was read before; a row put there by hand has no
        version of its own.
        """
        row = {
            **encode(rules),
            "pk": keys.rules_pk(active.profile),
            "sk": keys.ACTIVE,
            "v": active.version + 1,
            "version": active.number,
            "rolled_back_from": active.rolled_back_from,
            "at": entry.at,
        }
        return self.table.put_action(row, active.version)


def _next(rules: RuleVersion, entry: Entry) -> RuleVersion:
    entry = replace(entry, version=rules.version + 1)
    return replace(rules, version=rules.version + 1, timeline=append(rules.timeline, entry))


def _row(rules: RuleVersion) -> Item:
    plain = encode(rules)
    number = plain.pop("number")
    plain["v"] = plain.pop("version")
    return {"pk": keys.rules_pk(rules.profile), "sk": keys.rule_version_sk(number), **plain}


def _version_of(row: Item) -> RuleVersion:
    known = {**row, "version": row["v"], "number": keys.rule_version_of(row["sk"])}
    return decode(RuleVersion, known)
