"""Looking ahead: what is expected, what scarcity costs in a network, which prices still hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms.domain.limits.aws import ITEM_BYTES
from oms.domain.limits.sourcing import MAX_SCARCITY_BYTES
from oms.domain.model.network import Network, Signals
from oms.domain.sourcing.forecast import Horizon, OrderKind, forecast, kind_of
from oms.domain.sourcing.scarcity import STALE, ScarcityPrices, fitting, looking_ahead
from oms.domain.sourcing.scarcity_problem import ScarcityProblem, priced_problem
from tests.fakes.networks import node, service

SERVICE = service(price=490)
NEAR = node("near", kind="WAREHOUSE", methods="SHIP", handling_cost=100)
FAR = node("far", kind="WAREHOUSE", methods="SHIP", handling_cost=250)
BOTH, ALONE = kind_of("DE", "standard", [("A", 1), ("B", 1)]), kind_of("DE", "standard", [("A", 1)])
WEIGHTS = {"A": 500, "B": 500}


def scene(**stock: int) -> ScarcityProblem:
    """`A_near=5`: units of a SKU at a node."""
    held = {tuple(name.split("_")): units for name, units in stock.items()}
    return ScarcityProblem(Network((FAR, NEAR), held), (SERVICE,), WEIGHTS)  # type: ignore[arg-type]


# --- the forecast -----------------------------------------------------------------------------


def test_the_same_is_expected_at_the_same_pace() -> None:
    assert forecast({ALONE: 6_000}, Horizon(back_days=3, ahead_days=7)) == {ALONE: 14_000}


def test_lines_of_one_sku_are_one_and_their_order_does_not_matter() -> None:
    one = kind_of("DE", "standard", [("B", 1), ("A", 1), ("B", 2)])
    assert one == OrderKind("DE", "standard", (("A", 1), ("B", 3)))


def test_the_most_frequent_kinds_stand_for_all() -> None:
    seen = {kind_of("DE", "standard", [(f"S{n}", 1)]): 1_000 * n for n in range(1, 5)}
    found = forecast(seen, Horizon(7, 7), most=2)
    assert [kind.lines for kind in found] == [(("S4", 1),), (("S3", 1),)]
    assert sum(found.values()) in range(9_998, 10_001)


def test_nothing_ordered_nothing_expected() -> None:
    assert forecast({}, Horizon()) == {}


# --- prices of a network ----------------------------------------------------------------------


def test_a_unit_that_later_orders_need_beside_another_has_a_price_there() -> None:
    """Orders for A alone may come from either node, those for A and B in one parcel only from
    the nearer one, which has ten of A.
    """
    here = scene(A_near=10, B_near=10, A_far=10)
    found = priced_problem({BOTH: 10_000, ALONE: 10_000}, here, {}).prices
    assert set(found) == {("A", "near")}
    assert found["A", "near"] > FAR.handling_cost - NEAR.handling_cost


def test_what_lasts_has_no_price() -> None:
    here = scene(A_near=99, B_near=99, A_far=99)
    assert priced_problem({BOTH: 10_000, ALONE: 10_000}, here, {}).prices == {}


def test_nothing_to_sell_or_nobody_to_send_it_has_no_price() -> None:
    assert priced_problem({BOTH: 10_000}, scene(), {}).prices == {}
    nobody = ScarcityProblem(scene(A_near=1, B_near=1).network, (), WEIGHTS)
    assert priced_problem({BOTH: 10_000}, nobody, {}).prices == {}
    assert priced_problem({}, scene(A_near=1), {}).prices == {}


def test_a_price_stays_within_the_cost_of_not_serving() -> None:
    found = priced_problem({ALONE: 50_000}, scene(A_near=1, A_far=1), {}).prices
    worst = 2 * (FAR.handling_cost + 490)
    assert set(found) == {("A", "near"), ("A", "far")}
    assert all(0 < price <= worst for price in found.values())


@given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3), st.integers(1, 5))
def test_prices_are_positive_and_of_stock_that_is_there(
    a_near: int, b_near: int, a_far: int, orders: int
) -> None:
    here = scene(A_near=a_near, B_near=b_near, A_far=a_far)
    for at, price in priced_problem({BOTH: 1_000 * orders, ALONE: 2_000}, here, {}).prices.items():
        assert price > 0
        assert here.network.available[at] > 0


# --- what is published ------------------------------------------------------------------------


PRICES = ScarcityPrices(version=7, at=1_000, until=4_600, prices={("A", "near"): 60})


@pytest.mark.parametrize(
    ("prices", "now", "shadow", "version"),
    [
        (PRICES, 4_599, PRICES.prices, "7"),
        (PRICES, 4_600, {}, STALE),
        (None, 4_599, None, ""),
    ],
)
def test_prices_hold_for_their_time(
    prices: ScarcityPrices | None, now: int, shadow: object, version: str
) -> None:
    before = Network((), {}, signals=Signals(sold={("A", "near"): 3}))
    signals = looking_ahead(before, prices, now).signals
    assert (signals.shadow, signals.shadow_version) == (shadow, version)
    assert signals.sold == before.signals.sold


def test_one_object_holds_the_highest_prices() -> None:
    many = {(f"SKU-{n:06d}", "node"): n for n in range(1, 10_000)}
    kept = fitting(many)
    assert 3_000 < len(kept) < len(many)
    assert min(kept.values()) == len(many) - len(kept) + 1
    assert fitting({("A", "x"): 1}) == {("A", "x"): 1}
    assert MAX_SCARCITY_BYTES < ITEM_BYTES
