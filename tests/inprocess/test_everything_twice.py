"""Requests, messages, stream batches and tasks come twice: the same answer, and nothing changes."""

from __future__ import annotations

import pytest

from oms.domain.limits.stock import ORPHAN_CLAIM_AFTER_S

from .invariants import wrong
from .scenarios import ALL, Scenario
from .story import Story
from .world import Died, World, different

each_scenario = pytest.mark.parametrize("scenario", ALL, ids=lambda each: each.name)


@each_scenario
def test_every_delivery_made_twice_at_once_is_made_once(scenario: Scenario) -> None:
    world = World()
    story = Story(world)
    scenario.prepare(story)
    world.twice = True
    scenario.play(story)
    assert world.unlike == []
    assert wrong(scenario, story) == []
    assert world.died == []


@each_scenario
def test_every_delivery_repeated_when_all_is_over_changes_nothing(scenario: Scenario) -> None:
    """Queues and streams may deliver late, and out of order: here the last comes first."""
    world = World()
    story = Story(world)
    scenario.prepare(story)
    scenario.play(story)
    world.later(ORPHAN_CLAIM_AFTER_S)
    world.settle()
    before, delivered = world.picture(), [*world.delivered]
    for function, event in reversed(delivered):
        if "routeKey" in event or "Records" in event:
            world.persist(function, event)
            assert different(before, world.picture()) == [], f"{function} by {event}"
    world.settle()
    assert wrong(scenario, story) == []


def test_a_handler_that_dies_takes_its_worker_along() -> None:
    world = World()
    with pytest.raises(Died):
        world.invoke("allocate", {"task": "unknown"})
    assert "allocate" not in world.workers
