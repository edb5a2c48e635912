"""Prices are frozen to the minor unit: whatever the order, its lines and shipping are its total."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms.domain.errors import ValidationFailed
from oms.domain.model.customer import Customer
from oms.domain.model.money import MAX_MINOR
from oms.domain.model.order import Hold
from oms.domain.model.payment import PaymentMeans
from oms.domain.model.product import Product
from oms.domain.orders.intake import NewLine, NewOrder
from oms.domain.orders.pricing import price_order

PRODUCTS = {
    "SKU-001": Product("SKU-001", "T-shirt", weight_g=180, price={"EUR": 1999}),
    "SKU-002": Product("SKU-002", "Backpack", weight_g=900, price={"EUR": 4500}),
    "SKU-003": Product("SKU-003", "Mug", price={"EUR": 750}),
}
ORDER = NewOrder(
    channel="web",
    external_id="1",
    currency="EUR",
    customer=Customer("c-1"),
    lines=(NewLine("SKU-001", 3), NewLine("SKU-002", 1), NewLine("SKU-003", 2)),
    means=PaymentMeans("card"),
)


def order(*lines: NewLine, **changes: object) -> NewOrder:
    return replace(ORDER, lines=lines or ORDER.lines, **changes)  # type: ignore[arg-type]


def test_the_worked_example_of_an_order_discount_down_to_single_units() -> None:
    priced = price_order(order(discount=1000), PRODUCTS)
    assert [line.discount for line in priced.lines] == [500, 375, 125]
    units = [[line.goods_of(frozenset({i})) for i in range(line.quantity)] for line in priced.lines]
    assert units == [[1833, 1832, 1832], [4125], [688, 687]]
    assert priced.grand_total == 10997


def test_shipping_is_shared_by_line_total() -> None:
    priced = price_order(order(shipping=490), PRODUCTS)
    assert [line.shipping for line in priced.lines] == [245, 184, 61]
    assert priced.grand_total == 11997 + 490


def test_a_free_order_shares_its_shipping_equally() -> None:
    free = order(NewLine("SKU-001", 1, 0), NewLine("SKU-002", 1, 0), shipping=5)
    assert [line.shipping for line in price_order(free, PRODUCTS).lines] == [3, 2]


def test_tax_on_top_is_added_and_tax_inside_is_not() -> None:
    lines = (
        NewLine("SKU-001", 1, 1000, tax=200, tax_included=False),
        NewLine("SKU-002", 1, 1200, tax=200, tax_included=True),
    )
    priced = price_order(order(*lines), PRODUCTS)
    assert [(line.total, line.tax) for line in priced.lines] == [(1200, 200), (1200, 200)]


def test_tax_inside_never_exceeds_what_a_discount_leaves_of_the_line() -> None:
    priced = price_order(order(NewLine("SKU-001", 1, 1200, tax=200), discount=1150), PRODUCTS)
    assert (priced.lines[0].total, priced.lines[0].tax) == (50, 50)


def test_the_product_gives_what_the_line_does_not_say() -> None:
    line = price_order(order(NewLine("SKU-001", 2)), PRODUCTS).lines[0]
    assert (line.unit_price, line.name, line.weight_g) == (1999, "T-shirt", 180)
    told = price_order(order(NewLine("SKU-001", 2, 1500, name="Shirt")), PRODUCTS).lines[0]
    assert (told.unit_price, told.name, told.total) == (1500, "Shirt", 3000)


def test_another_declared_total_holds_the_order_and_keeps_our_lines() -> None:
    priced = price_order(order(declared_total=11000), PRODUCTS)
    assert priced.grand_total == sum(line.total for line in priced.lines) == 11997
    reason = "TOTALS_MISMATCH: declared 110.00 EUR, computed 119.97 EUR"
    assert priced.holds == (Hold("EXTERNAL", reason, frozenset({"ROUTE", "CAPTURE"})),)
    assert price_order(order(declared_total=11997), PRODUCTS).holds == ()


REFUSED = [
    (order(NewLine("SKU-404", 1)), "/lines/0/sku", "UNKNOWN_SKU", "MANUAL"),
    (order(NewLine("SKU-001", 1), currency="USD"), "/lines/0/unit_price", "UNKNOWN_PRICE",
     "MANUAL"),
    (order(NewLine("SKU-003", 1, discount=751)), "/lines/0/discount", "DISCOUNT_EXCEEDS_VALUE",
     "EXTERNAL"),
    (order(NewLine("SKU-003", 1, tax=751)), "/lines/0/tax", "TAX_EXCEEDS_VALUE", "EXTERNAL"),
    (order(NewLine("SKU-003", 1), discount=751), "/discount", "DISCOUNT_EXCEEDS_VALUE",
     "EXTERNAL"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "pointer", "code", "kind"), REFUSED)
def test_what_is_wrong_refuses_a_native_order_and_holds_a_foreign_one(
    wrong: NewOrder, pointer: str, code: str, kind: str
) -> None:
    with pytest.raises(ValidationFailed) as refused:
        price_order(wrong, PRODUCTS)
    assert refused.value.fields == {pointer: code}
    priced = price_order(wrong, PRODUCTS, foreign=True)
    assert [(hold.kind, hold.reason.split(":")[0]) for hold in priced.holds] == [(kind, code)]
    assert all(line.total >= 0 for line in priced.lines)


def test_a_priced_but_unknown_sku_is_held_only_when_foreign() -> None:
    unknown = order(NewLine("SKU-404", 1, 100), NewLine("SKU-405", 1, 100))
    assert price_order(unknown, PRODUCTS).holds == ()
    held = price_order(unknown, PRODUCTS, foreign=True).holds
    assert held == (Hold("MANUAL", "UNKNOWN_SKU: SKU-404, SKU-405"),)


def test_holds_of_the_reader_come_first_and_once() -> None:
    test_order = Hold("MANUAL", "TEST_ORDER")
    priced = price_order(order(holds=(test_order, test_order), declared_total=1), PRODUCTS)
    assert priced.holds[0] == test_order
    assert len(priced.holds) == 2


def test_an_order_worth_too_much_is_refused_from_anybody() -> None:
    for foreign in (False, True):
        with pytest.raises(ValidationFailed):
            price_order(order(NewLine("SKU-001", 2, MAX_MINOR)), PRODUCTS, foreign=foreign)


amounts = st.integers(0, 10**6)
any_line = st.builds(
    NewLine,
    sku=st.sampled_from(["SKU-001", "SKU-002", "SKU-404"]),
    quantity=st.integers(1, 999),
    unit_price=st.none() | amounts,
    discount=amounts,
    tax=amounts,
    tax_included=st.booleans(),
)


@given(st.lists(any_line, min_size=1, max_size=20), amounts, amounts, st.none() | amounts)
def test_sums_are_exact_and_nothing_is_negative(
    lines: list[NewLine], discount: int, shipping: int, declared: int | None
) -> None:
    given_order = order(*lines, discount=discount, shipping=shipping, declared_total=declared)
    priced = price_order(given_order, PRODUCTS, foreign=True)
    assert sum(line.total for line in priced.lines) + priced.shipping == priced.grand_total
    assert sum(line.shipping for line in priced.lines) == priced.shipping == shipping
    for line, new in zip(priced.lines, lines, strict=True):
        assert line.amount_of(line.units) == line.total + line.shipping
        assert min(line.total, line.discount, line.shipping) >= 0
        assert 0 <= line.tax <= line.total
        on_top = 0 if new.tax_included else new.tax
        assert line.quantity * line.unit_price - line.discount + on_top == line.total
