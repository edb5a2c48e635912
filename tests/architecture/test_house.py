"""What `make house` counts without running anything is not there."""

from __future__ import annotations

import pytest

from tests.architecture.source import report
from tools.house.__main__ import NONE_LEFT


@pytest.mark.parametrize("figure", NONE_LEFT)
def test_nothing_of_it_is_left(figure: str) -> None:
    places = NONE_LEFT[figure]()
    assert not places, report(f"14: {figure}, see make house", places)
