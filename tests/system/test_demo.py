"""The stories of `make run` end as told, and what it prints can be used."""

from __future__ import annotations

import io
import re
import urllib.request

import pytest
from rich.console import Console

from local.actors.world import World
from local.demo.play import failures, play_all
from local.demo.report import STORE, report
from local.demo.scenarios import SCENARIOS
from local.demo.tale import Line, Tale

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return []


@pytest.fixture(scope="module")
def tales(world: World, lines: list[Line]) -> list[Tale]:
    return play_all(world, lines.append)


def test_every_story_ends_as_told(world: World, tales: list[Tale]) -> None:
    assert len(tales) == len(SCENARIOS)
    wrong = failures(tales, world)
    assert not wrong, wrong


def test_every_order_says_what_happens_to_it(tales: list[Tale], lines: list[Line]) -> None:
    told = {line.order for line in lines}
    assert told == {order for tale in tales for order in tale.orders}


def test_the_report_shows_every_order_and_a_command_that_works(
    world: World, tales: list[Tale]
) -> None:
    console = Console(file=io.StringIO(), width=200)
    report(tales, world, console)
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert all(order in text for tale in tales for order in tale.orders)
    [link] = re.findall(r"^guest link +(\S+)$", text, re.MULTILINE)
    with urllib.request.urlopen(link) as page:
        assert page.status == 200
    [accept] = re.findall(r"^curl -s -X POST '(\S+)'", text, re.MULTILINE)
    order = accept.split("/orders/")[1].split("/")[0]
    world.crew(STORE).api.post(accept.removeprefix(world.url), {})
    world.shop.wait_for(order, "IN_PREPARATION")
