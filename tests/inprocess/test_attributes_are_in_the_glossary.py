"""Law 14 for what is stored: an attribute is a word of the glossary, or one of its short names."""

from __future__ import annotations

import re

import pytest

from oms.stores.dynamo.table import from_wire
from tests.architecture.words import GLOSSARY, known_words, words_of
from tests.inprocess import deployed
from tests.inprocess.scenarios import CANCELLED, REJECTED, SHIP_HOME, SHORT, Scenario
from tests.inprocess.story import Story
from tests.inprocess.world import World


def stored_attributes(world: World) -> dict[str, str]:
    """Attribute → a row that has it."""
    return {
        name: f"{table} {row['pk']}"
        for table in deployed.of_type("AWS::DynamoDB::Table")
        for row in map(from_wire, world.dynamo.scan(TableName=table)["Items"])
        for name in row
    }


def short_names() -> set[str]:
    """Of the glossary's chapter about attributes; `un_…` and `f…` stand for what begins so."""
    chapter = GLOSSARY.read_text().partition("## Attributes of tables")[2]
    rows = [line for line in chapter.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([a-z_]+…?)`", row.split("|")[1])}


def is_explained(name: str, short: set[str], known: set[str]) -> bool:
    prefixes = tuple(each.removesuffix("…") for each in short if each.endswith("…"))
    return name in short or name.startswith(prefixes) or words_of(name) <= known


@pytest.mark.parametrize(
    "scenario", [SHIP_HOME, REJECTED, SHORT, CANCELLED], ids=lambda each: each.name
)
def test_each_attribute_of_an_orders_life_is_explained(scenario: Scenario) -> None:
    world = World()
    story = Story(world)
    scenario.prepare(story)
    scenario.play(story)
    short, known = short_names(), known_words() | {"id", "at"}
    found = stored_attributes(world)
    assert {"oh", "last", "placed_at"} <= found.keys()
    unknown = [
        f"{row}: {name}" for name, row in found.items() if not is_explained(name, short, known)
    ]
    assert not unknown, f"explain in docs/glossary.md: {unknown}"


def test_an_unexplained_attribute_is_found() -> None:
    assert not is_explained("zq", {"oh"}, {"order"})
    assert is_explained("un_damaged", {"un_…"}, set())
