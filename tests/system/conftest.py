"""One stack for all system tests of the product, with the demo's data and its actors.

Tests share it, so each uses orders and SKUs of its own: `world.new_id()`, `world.new_sku(…)`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from local.actors.service import Service
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from local.seed.load import load
from local.stack import up


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    with up() as stack:
        yield World(stack, load(stack))


@pytest.fixture
def shop(world: World) -> Storefront:
    return world.shop


@pytest.fixture
def staff(world: World) -> Staff:
    return world.staff


@pytest.fixture
def service(world: World) -> Service:
    return world.service
