"""Versions of rules: a draft is written, checked, activated, rolled back; races and repeats."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from oms.domain.errors import IllegalTransition, LostRace, NotFound, StaleVersion, ValidationFailed
from oms.domain.sourcing.validation import problems
from oms.domain.steering.rule_version import RulesText, RuleVersion
from oms.stores.config.rules import RuleStore
from oms.stores.config.store import ConfigStore
from oms.usecases.steering.activate_rules import activate_rules, roll_back_rules
from oms.usecases.steering.deps import Steering
from oms.usecases.steering.draft_rules import draft_rules, edit_rules
from oms.usecases.steering.list_rules import list_rules
from oms.usecases.steering.validate_rules import validate_rules
from tests.cloud import World, world

CHEAP, NEAR = '{"criteria":["cost"]}', '{"criteria":["distance_km"]}'


class Merchant:
    """Whoever steers the profile `web`."""

    def __init__(self, world: World) -> None:
        self.config = world.config
        self.book = RuleStore(world.config.table)
        self.deps = Steering(self.book, world.config, world.stock, world.now)
        self.by: dict[str, Any] = {"deps": self.deps, "actor": "ada"}

    def draft(self, document: str, note: str = "", **more: Any) -> RuleVersion:
        return draft_rules("web", RulesText(document, note), **{**self.by, **more})

    def edit(self, number: int, document: str, **more: Any) -> RuleVersion:
        return edit_rules("web", number, RulesText(document), **more, **self.by)

    def validate(self, number: int) -> RuleVersion:
        return validate_rules("web", number, **self.by)

    def activate(self, number: int) -> RuleVersion:
        return activate_rules("web", number, **self.by)

    def roll_back(self, wrong: int) -> RuleVersion:
        return roll_back_rules("web", wrong, **self.by)

    def live(self, document: str) -> RuleVersion:
        number = self.draft(document).number
        self.validate(number)
        return self.activate(number)

    @property
    def statuses(self) -> dict[int, str]:
        _, found = list_rules("web", limit=20, before=0, deps=self.deps)
        return {rules.number: rules.status for rules in found}

    @property
    def decides(self) -> tuple[int, tuple[str, ...]]:
        """What checkout reads."""
        rules = ConfigStore(self.config.table, lambda: 0.0).rules("web")
        return rules.version, rules.criteria


@pytest.fixture
def merchant() -> Iterator[Merchant]:
    with world() as built:
        yield Merchant(built)


def test_a_version_lives_from_draft_to_retired(merchant: Merchant) -> None:
    assert merchant.live(CHEAP).status == "ACTIVE"
    assert merchant.decides == (1, ("cost",))
    second = merchant.live(NEAR)
    assert merchant.statuses == {2: "ACTIVE", 1: "RETIRED"}
    assert merchant.decides == (2, ("distance_km",))
    assert [entry.kind for entry in second.timeline] == ["draft", "validate", "activate"]


def test_only_a_draft_changes(merchant: Merchant) -> None:
    draft = merchant.draft(CHEAP)
    edited = merchant.edit(draft.number, NEAR, version=draft.version)
    assert (edited.document, edited.status) == (NEAR, "DRAFT")
    with pytest.raises(StaleVersion):
        merchant.edit(draft.number, CHEAP, version=draft.version)
    merchant.validate(draft.number)
    with pytest.raises(IllegalTransition):
        merchant.edit(draft.number, CHEAP)
    assert merchant.book.version("web", 1).document == NEAR


def test_what_is_wrong_is_named_by_field_and_reason(merchant: Merchant) -> None:
    draft = merchant.draft('{"criteria":["price"],"max_parts":0}')
    with pytest.raises(ValidationFailed) as refused:
        merchant.validate(draft.number)
    assert set(refused.value.fields) == {"/criteria/0", "/max_parts"}
    assert refused.value.fields["/max_parts"] == "must be 1 to 20"
    assert merchant.statuses == {1: "DRAFT"}


def test_a_name_that_nothing_in_the_network_has_is_refused(merchant: Merchant) -> None:
    where = '{"nodes":["dc-lille","dc-lillle"],"groups":["north"]}'
    draft = merchant.draft(f'{{"strategies":[{{"id":"a","where":{where}}},{{"id":"z"}}]}}')
    with pytest.raises(ValidationFailed) as refused:
        merchant.validate(draft.number)
    assert refused.value.fields == {
        "/strategies/0/where/nodes/1": "the network has no node 'dc-lillle'",
        "/strategies/0/where/groups/0": "the network has no group 'north'",
    }


def test_a_draft_that_was_not_validated_does_not_go_live(merchant: Merchant) -> None:
    merchant.draft(CHEAP)
    with pytest.raises(IllegalTransition):
        merchant.activate(1)
    assert merchant.book.active("web") is None


def test_one_call_brings_back_what_was_active_before(merchant: Merchant) -> None:
    merchant.live(CHEAP)
    merchant.live(NEAR)
    assert merchant.roll_back(2).number == 1
    assert merchant.decides == (1, ("cost",))
    assert merchant.statuses == {2: "RETIRED", 1: "ACTIVE"}
    assert merchant.activate(2).status == "ACTIVE"
    assert merchant.roll_back(2).number == 1


def test_saying_it_twice_does_it_once(merchant: Merchant) -> None:
    merchant.live(CHEAP)
    assert merchant.draft(NEAR) == merchant.draft(NEAR)
    assert merchant.validate(2) == merchant.validate(2)
    assert merchant.activate(2) == merchant.activate(2)
    assert merchant.roll_back(2) == merchant.roll_back(2)
    assert merchant.statuses == {2: "RETIRED", 1: "ACTIVE"}


def test_there_is_nothing_before_the_first(merchant: Merchant) -> None:
    merchant.live(CHEAP)
    with pytest.raises(IllegalTransition):
        merchant.roll_back(1)
    with pytest.raises(IllegalTransition):
        merchant.roll_back(7)
    with pytest.raises(NotFound):
        merchant.activate(7)


def test_of_two_activations_at_once_one_wins_and_the_other_follows_it(
    merchant: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    merchant.live(CHEAP)
    for document in (NEAR, '{"max_parts":1}'):
        merchant.validate(merchant.draft(document).number)
    stale = merchant.book.active("web")
    merchant.activate(2)
    answers = [stale]
    fresh = merchant.book.active
    monkeypatch.setattr(merchant.book, "active", lambda p: answers.pop() if answers else fresh(p))
    assert merchant.activate(3).replaced == 2, "it saw the other one only when it tried again"
    assert merchant.statuses == {3: "ACTIVE", 2: "RETIRED", 1: "RETIRED"}


def test_a_lost_race_leaves_nothing_half_done(
    merchant: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    merchant.live(CHEAP)
    merchant.validate(merchant.draft(NEAR).number)
    never = merchant.book.active("web")
    merchant.live('{"max_parts":1}')
    monkeypatch.setattr(merchant.book, "active", lambda _: never)
    with pytest.raises(LostRace):
        merchant.activate(2)
    assert merchant.statuses == {3: "ACTIVE", 2: "VALIDATED", 1: "RETIRED"}


def test_rules_put_by_hand_make_room_for_a_version(merchant: Merchant) -> None:
    merchant.config.put("RULES#web", {"profile": "web", "version": 4, "criteria": ["priority"]})
    assert merchant.live(CHEAP).number == 5
    assert merchant.decides == (5, ("cost",))
    with pytest.raises(NotFound):
        merchant.roll_back(5)


def test_a_copy_names_what_it_was_copied_from(merchant: Merchant) -> None:
    merchant.live(CHEAP)
    copy = merchant.draft("", based_on=1)
    assert (copy.document, copy.based_on, copy.number) == (CHEAP, 1, 2)
    with pytest.raises(NotFound):
        merchant.draft("", based_on=9)


def test_the_rules_that_merchants_are_shown_are_good_ones() -> None:
    text = (Path(__file__).parents[2] / "docs" / "sourcing.md").read_text()
    shown = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    assert shown
    for document in shown:
        assert problems(json.loads(document)) == {}
