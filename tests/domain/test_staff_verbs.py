"""What node staff do leads to events of a part's life, each by one verb only."""

from __future__ import annotations

from oms.domain.lifecycle import FULFILMENT
from oms.domain.preparing.verbs import VERB_OF, StaffVerb


def test_each_event_of_a_verb_is_one_of_a_parts_life_and_of_no_other_verb() -> None:
    events = [event for verb in StaffVerb for event in verb.events]
    assert len(events) == len(set(events))
    assert set(events) <= {event for ways in FULFILMENT.values() for event in ways}


def test_a_verb_is_found_by_its_word_and_by_its_events() -> None:
    assert StaffVerb("start-pick") is StaffVerb.START_PICK
    assert VERB_OF["late_ship"] is StaffVerb.SHIP
    assert f"{StaffVerb.SHIPPED_NOTICE}" == "shipped-notice"
