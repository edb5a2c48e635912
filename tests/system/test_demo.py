"""The stories of `make run` end as told, and what it prints can be used."""

from __future__ import annotations

import io
import re
import urllib.request

import pytest
from rich.console import Console

from local.actors.world import World
from local.demo.play import failures, play_all
from local.demo.report import STORE, addresses, environment, report
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


def test_the_report_shows_every_order_and_no_token(world: World, tales: list[Tale]) -> None:
    console = Console(file=io.StringIO(), width=200)
    report(tales, world, console)
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert all(order in text for tale in tales for order in tale.orders)
    assert not [token for token in world.tokens.values() if token in text]


def test_the_addresses_answer(world: World, tales: list[Tale]) -> None:
    lines = list(addresses(tales, world))
    _, description, guest_link = [line.split()[-1] for line in lines]
    for address in (description, guest_link):
        with urllib.request.urlopen(address) as page:
            assert page.status == 200


def test_the_variables_name_an_order_that_the_store_can_accept(
    world: World, tales: list[Tale]
) -> None:
    found = dict(re.findall(r"^(\w+)='(.*)'$", environment(world), re.MULTILINE))
    assert {"API", "STOREFRONT", "SERVICE", "OPS", "STAFF"} <= set(found)
    world.crew(STORE).api.post(
        f"/orders/{found['ORDER']}/fulfilment-orders/{found['PART']}/accept", {}
    )
    world.shop.wait_for(found["ORDER"], "IN_PREPARATION")
