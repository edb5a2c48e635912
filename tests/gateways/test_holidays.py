"""Public holidays as the calendars want them: ISO dates."""

from oms.gateways.holidays import holiday_dates


def test_a_country_has_its_holidays_in_each_year() -> None:
    found = holiday_dates("DE", (2026, 2027))
    assert {"2026-12-25", "2027-01-01", "2026-10-03"} <= found
    assert "2026-01-06" not in found


def test_a_subdivision_has_more() -> None:
    assert "2026-01-06" in holiday_dates("DE-BY", (2026,))


def test_a_calendar_that_nobody_knows_is_none() -> None:
    assert holiday_dates("XX", (2026,)) is None
    assert holiday_dates("DE-XX", (2026,)) is None
