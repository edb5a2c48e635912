"""An order from the cart to the door, as the functions' logs tell it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.invocation import logged

from .scenarios import ALL
from .story import HOME, Story
from .world import World

PERSONAL = ("ada", "Ada", "ada@example.com", *(str(HOME[name]) for name in ("line1", "city")))
SHIP_HOME = ALL[0]


@pytest.fixture(scope="module")
def told() -> tuple[str, list[dict[str, Any]]]:
    """The order, and every line of every function."""
    story = Story(World())
    with logged() as lines:
        SHIP_HOME.prepare(story)
        SHIP_HOME.play(story)
        story.world.sweep()
    return story.order.id, [line for line in lines if "message" in line]


def test_each_call_of_each_function_leaves_a_line_that_says_how_it_ended(
    told: tuple[str, list[dict[str, Any]]],
) -> None:
    _, lines = told
    kinds = {line["message"] for line in lines}
    assert {"request", "task", "message", "record", "run"} <= kinds
    for line in lines:
        if line["message"] in ("request", "task", "message", "record", "run"):
            assert line["outcome"], line
            assert line["duration_ms"] >= 0, line
            assert line["function_request_id"], line


def test_the_orders_lines_tell_each_step(told: tuple[str, list[dict[str, Any]]]) -> None:
    order_id, lines = told
    found = [line for line in lines if line.get("order_id") == order_id]
    assert "POST /orders" in [line.get("route") for line in found]
    tasks = [line["task"] for line in found if line["message"] == "task"]
    assert [each for each in tasks if each != "await"] == ["authorise", "allocate", "conclude"]
    events = {line["event"] for line in found if line["message"] == "record"}
    steps = "placed confirm route assign accept pick pack label ship deliver complete".split()
    assert set(steps) <= events
    assert [line for line in found if line["message"] == "message"]  # captured, and written to


def test_what_follows_from_the_request_has_its_correlation_id(
    told: tuple[str, list[dict[str, Any]]],
) -> None:
    order_id, lines = told
    found = [line for line in lines if line.get("order_id") == order_id]
    placed = next(line for line in found if line.get("route") == "POST /orders")
    same = [line for line in found if line.get("correlation_id") == placed["correlation_id"]]
    assert {"request", "task", "message", "record"} <= {line["message"] for line in same}


def test_no_line_names_a_person(told: tuple[str, list[dict[str, Any]]]) -> None:
    _, lines = told
    text = json.dumps(lines)
    assert [name for name in PERSONAL if name in text] == []
