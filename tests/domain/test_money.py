"""Splitting money to the cent, and saying it in people's form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms.domain.model.money import MAX_MINOR, Money, exponent, minor_of, split, unit_share

AMOUNTS = st.integers(min_value=-MAX_MINOR, max_value=MAX_MINOR)
WEIGHTS = st.lists(st.integers(min_value=0, max_value=MAX_MINOR), min_size=1, max_size=30)
CURRENCIES = st.sampled_from(["EUR", "USD", "JPY", "KWD"])


@given(AMOUNTS, WEIGHTS)
def test_the_parts_of_a_split_add_up_to_the_whole(total: int, weights: list[int]) -> None:
    assert sum(split(total, weights)) == total


@given(AMOUNTS, WEIGHTS)
def test_no_part_is_a_whole_minor_unit_off_its_exact_share(total: int, weights: list[int]) -> None:
    whole = sum(weights) or len(weights)
    exact = weights if sum(weights) else [1] * len(weights)
    for part, weight in zip(split(total, weights), exact, strict=True):
        assert abs(part * whole - total * weight) < whole


@given(AMOUNTS, WEIGHTS)
def test_who_weighs_nothing_gets_nothing(total: int, weights: list[int]) -> None:
    if any(weights):
        parts = split(total, weights)
        assert all(p == 0 for p, w in zip(parts, weights, strict=True) if w == 0)


@given(AMOUNTS, WEIGHTS)
def test_a_refund_splits_as_the_charge_did(total: int, weights: list[int]) -> None:
    assert split(-total, weights) == [-part for part in split(total, weights)]


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (1000, [5997, 4500, 1500], [500, 375, 125]),  # 3 × 19.99, 1 × 45.00, 2 × 7.50
        (100, [1, 1, 1], [34, 33, 33]),  # ties go to the lower index
        (100, [0, 0, 0], [34, 33, 33]),  # free lines share equally
        (-100, [1, 1, 1], [-34, -33, -33]),
        (0, [3, 4], [0, 0]),
        (2, [1, 1, 1], [1, 1, 0]),
        (5, [], []),
    ],
)
def test_splits_by_largest_remainder(total: int, weights: list[int], parts: list[int]) -> None:
    assert split(total, weights) == parts


@given(AMOUNTS, st.integers(min_value=1, max_value=999))
def test_the_units_of_a_line_add_up_to_the_line(total: int, quantity: int) -> None:
    shares = [unit_share(total, quantity, unit) for unit in range(quantity)]
    assert sum(shares) == total
    assert max(shares) - min(shares) <= 1
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize(
    ("line", "discount", "quantity", "units"),
    [
        (5997, 500, 3, [1833, 1832, 1832]),
        (4500, 375, 1, [4125]),
        (1500, 125, 2, [688, 687]),
    ],
)
def test_the_worked_example_of_a_discounted_order(
    line: int, discount: int, quantity: int, units: list[int]
) -> None:
    assert [unit_share(line - discount, quantity, i) for i in range(quantity)] == units


@given(AMOUNTS, CURRENCIES)
def test_money_as_text_reads_back_as_the_same_money(minor: int, currency: str) -> None:
    amount, code = str(Money(minor, currency)).split()
    assert Money(minor_of(amount, code), code) == Money(minor, currency)


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(1999, "EUR"), "19.99 EUR"),
        (Money(-5, "EUR"), "-0.05 EUR"),
        (Money(500, "JPY"), "500 JPY"),
        (Money(1234, "KWD"), "1.234 KWD"),
    ],
)
def test_the_decimals_shown_are_the_currencys_own(money: Money, text: str) -> None:
    assert str(money) == text


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("19.99", "EUR", 1999), ("0.005", "EUR", 1), ("0.004", "EUR", 0), ("19.5", "JPY", 20)],
)
def test_half_a_minor_unit_rounds_up(amount: str, currency: str, minor: int) -> None:
    assert minor_of(amount, currency) == minor


@given(AMOUNTS, AMOUNTS, CURRENCIES)
def test_what_was_added_can_be_taken_away_again(a: int, b: int, currency: str) -> None:
    first, second = Money(a, currency), Money(b, currency)
    assert first + second - second == first


@pytest.mark.parametrize("operate", [Money.__add__, Money.__sub__])
def test_two_currencies_do_not_mix(operate: object) -> None:
    assert callable(operate)
    with pytest.raises(ValueError, match="do not mix"):
        operate(Money(1, "EUR"), Money(1, "USD"))


def test_currencies_have_no_two_or_three_decimals() -> None:
    assert [exponent(code) for code in ("JPY", "EUR", "KWD")] == [0, 2, 3]
