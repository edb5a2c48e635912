from __future__ import annotations

import pytest

from oms.domain.model.countries import COUNTRIES


@pytest.mark.parametrize("code", ["FR", "DE", "XK", "AQ"])
def test_countries_and_territories_are_known(code: str) -> None:
    assert code in COUNTRIES


@pytest.mark.parametrize("code", ["ZZ", "UK", "EU", "fr", "FRA", "", None, 1])
def test_anything_else_is_no_country(code: object) -> None:
    assert code not in COUNTRIES


def test_there_are_249_and_kosovo() -> None:
    assert len(COUNTRIES) == 250
