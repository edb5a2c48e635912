from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cloud import World, world
from tests.hot_stock import UNITS, heated


@pytest.fixture(name="world")
def _world() -> Iterator[World]:
    with world() as built:
        yield built


@pytest.fixture
def hot(world: World) -> World:
    """With three lots of a hot SKU."""
    return heated(world, UNITS)
