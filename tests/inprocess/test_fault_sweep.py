"""Handlers die before and after every call that they make; what is delivered again heals it."""

from __future__ import annotations

import pytest

from .scenarios import REJECTED, RETURNED, SHIP_HOME, Scenario
from .sweep import sweep

pytestmark = pytest.mark.system


@pytest.mark.parametrize("scenario", [SHIP_HOME, REJECTED, RETURNED], ids=lambda each: each.name)
def test_no_death_loses_or_doubles_anything(scenario: Scenario) -> None:
    deaths = sweep(scenario)
    harmful = [death for death in deaths if death.wrong]
    assert not harmful, "\n".join(map(str, harmful))
    calls = {death.at for death in deaths} - {-1}
    assert calls == set(range(len(calls))), "some call was passed over"
    assert len(deaths) == 2 * len(calls) + 1
    print(f"{scenario.name}: {len(calls)} calls, {len(deaths) - 1} deaths")
