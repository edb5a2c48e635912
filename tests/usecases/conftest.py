from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cloud import World, world


@pytest.fixture(name="world")
def _world() -> Iterator[World]:
    with world() as built:
        yield built
