"""One stack for all system tests of the product, with the demo's data and its actors.

Tests share it, so each uses orders and SKUs of its own: `world.new_id()`, `world.new_sku(…)`.
A failure tells of every order that the test held: its items and where its execution is.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

import pytest

from local.actors.seen import Seen
from local.actors.service import Service
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from local.diagnosis import diagnosis, trouble
from oms.domain.ids import ALPHABET, ORDER_ID_LENGTH
from tests.system.worlds import new_world

ORDER_ID = re.compile(rf"\b[{ALPHABET}]{{{ORDER_ID_LENGTH}}}\b")
MOST_TOLD = 4  # orders


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    with new_world() as made:
        yield made


@pytest.fixture
def shop(world: World) -> Storefront:
    return world.shop


@pytest.fixture
def staff(world: World) -> Staff:
    return world.staff


@pytest.fixture
def service(world: World) -> Service:
    return world.service


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    world = getattr(item, "funcargs", {}).get("world")
    if report.failed and call.excinfo and world:
        told = [diagnosis(world.stack, order) for order in orders_of(call.excinfo)[:MOST_TOLD]]
        report.sections.append(("orders of this test", "\n".join(told)))
        report.sections.append(("errors in functions", trouble(world.stack) or "none"))
    return report


def orders_of(caught: pytest.ExceptionInfo[BaseException]) -> list[str]:
    """Ids of orders in the error and in the variables of the functions it passed through."""
    values = (v for entry in caught.traceback for v in entry.frame.f_locals.values())
    texts = [v.id if isinstance(v, Seen) else repr(v) for v in values]
    found = ORDER_ID.findall(" ".join([str(caught.value), *texts]))
    return list(dict.fromkeys(found))
