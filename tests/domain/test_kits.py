"""A kit becomes lines of its components, to the cent and to the unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms.domain.errors import ValidationFailed
from oms.domain.limits.orders import MAX_LINES, MAX_QUANTITY
from oms.domain.model.kits import check_kit, taken_apart
from oms.domain.model.order import OrderLine
from oms.domain.model.product import Product
from oms.domain.orders.intake import NewLine
from oms.domain.orders.kits import kits_short, sent_line_numbers, short_fields
from oms.domain.orders.pricing import PricedOrder, price_order
from oms.domain.sourcing.basket import demanded
from tests.domain.test_pricing import order


def products(**prices: int) -> dict[str, Product]:
    """KIT of two As and a B, SET of A, B and C, and PLAIN; a price of 0 is none."""
    plain = [
        Product(sku, f"Product {sku}", 100 * n, price={"EUR": cents} if cents else {})
        for n, (sku, cents) in enumerate({"A": 1000, "B": 1000, "C": 1000, **prices}.items(), 1)
    ]
    kits = [
        Product("KIT", "Kit", 9999, price={"EUR": 3000}, components={"B": 1, "A": 2}),
        Product("SET", "Set", price={"EUR": 1000}, components={"C": 1, "A": 1, "B": 1}),
        Product("PLAIN", "Plain", price={"EUR": 500}),
    ]
    return {each.sku: each for each in (*plain, *kits)}


TABLE = """
# line sent            | prices of components | component lines: sku quantity total tax shipping
KIT 1 3000             | A=1000 B=1000        | A 2 2000 0 0; B 1 1000 0 0
KIT 1 2999             | A=1000 B=1000        | A 2 1999 0 0; B 1 1000 0 0
KIT 2 2500             | A=1000 B=3000        | A 4 2000 0 0; B 2 3000 0 0
KIT 1 3000             | A=0 B=2000           | A 2 2000 0 0; B 1 1000 0 0
KIT 1 3000 off=500     | A=1000 B=500         | A 2 2000 0 0; B 1 500 0 0
KIT 1 3000 tax=479     | A=1000 B=1000        | A 2 2000 319 0; B 1 1000 160 0
KIT 1 3000 tax+=600    | A=1000 B=1000        | A 2 2400 400 0; B 1 1200 200 0
KIT 1 3000 ship=490    | A=1000 B=1000        | A 2 2000 0 327; B 1 1000 0 163
SET 1 1000             | A=10 B=10 C=10       | A 1 334 0 0; B 1 333 0 0; C 1 333 0 0
SET 1 2                | A=10 B=10 C=10       | A 1 1 0 0; B 1 1 0 0; C 1 0 0 0
SET 1 0 ship=5         | A=10 B=10 C=10       | A 1 0 0 2; B 1 0 0 2; C 1 0 0 1
"""
ROWS = [row for row in TABLE.strip().splitlines() if not row.startswith("#")]


@pytest.mark.parametrize("row", ROWS)
def test_what_a_kit_costs_is_divided_among_its_components(row: str) -> None:
    sent, prices, lines = (cell.strip() for cell in row.split("|"))
    sku, quantity, unit, *said = sent.split()
    told = {name: int(cents) for name, _, cents in (each.partition("=") for each in said)}
    line = NewLine(
        sku,
        int(quantity),
        int(unit),
        discount=told.get("off", 0),
        tax=told.get("tax", 0) + told.get("tax+", 0),
        tax_included="tax+" not in told,
    )
    known = products(**{n: int(c) for n, _, c in (p.partition("=") for p in prices.split())})
    found = price_order(order(line, shipping=told.get("ship", 0)), known).lines
    shown = [f"{at.sku} {at.quantity} {at.total} {at.tax} {at.shipping}" for at in found]
    assert "; ".join(shown) == lines


def test_components_say_what_they_were_sold_as_and_lines_between_keep_their_place() -> None:
    plain = NewLine("PLAIN", 1)
    sent = order(plain, NewLine("KIT", 2, together="one", external_id="x7"), plain)
    lines = price_order(sent, products()).lines
    assert [(line.no, line.sku, line.kit, line.kit_line) for line in lines] == [
        (1, "PLAIN", "", 0), (2, "A", "KIT", 2), (3, "B", "KIT", 2), (4, "PLAIN", "", 0),
    ]  # fmt: skip
    assert (lines[1].name, lines[1].weight_g) == ("Product A", 100)
    assert (lines[1].together, lines[2].external_id) == ("one", "x7")
    assert sent_line_numbers(lines) == {1: 1, 2: 2, 3: 2, 4: 3}
    unfilled = {n: frozenset({0}) for n in (2, 3, 4)}
    assert short_fields(lines, unfilled) == {
        "/lines/1": "1 short of A, 1 short of B",
        "/lines/2": "1 short",
    }
    assert kits_short(lines, unfilled) == {"KIT": {"A": 1, "B": 1}}


def test_a_component_carries_what_the_kit_is_restricted_to() -> None:
    known = products()
    known["KIT"] = Product("KIT", "Kit", release_at="2027-01-01", hazmat=True, price={"EUR": 1},
                           components={"A": 1, "B": 1})  # fmt: skip
    lines: list[OrderLine] = [*price_order(order(NewLine("KIT", 1)), known).lines]
    assert {(line.release_at, line.hazmat) for line in lines} == {("2027-01-01", True)}
    quoted = demanded([("KIT", 1)], known, "EUR")
    assert {(line.release_at, line.hazmat) for line in quoted} == {("2027-01-01", True)}


WRONG = """
# made of    | field         | why
KIT:1 A:1    | /components/KIT | is a kit itself
SET:1        | /components/SET | is a kit itself
A:1 NONE:2   | /components/NONE | there is no such product
A:0          | /components/A | a number from 1 to
"""


@pytest.mark.parametrize("row", WRONG.strip().splitlines()[1:])
def test_what_a_kit_cannot_be_made_of_is_refused_by_name(row: str) -> None:
    made_of, field, why = (cell.strip() for cell in row.split("|"))
    parts = {sku: int(units) for sku, _, units in (p.partition(":") for p in made_of.split())}
    kit, known = Product("KIT", "Kit", components=parts), products()
    with pytest.raises(ValidationFailed) as refused:
        check_kit(kit, {sku: known[sku] for sku in parts if sku in known})
    assert [at for at, said in refused.value.fields.items() if said.startswith(why)] == [field]
    check_kit(known["SET"], known)


def test_a_kit_whose_component_became_a_kit_is_not_sold() -> None:
    known = products() | {"A": Product("A", "A", components={"B": 1})}
    with pytest.raises(ValidationFailed) as refused:
        price_order(order(NewLine("KIT", 1)), known)
    assert refused.value.fields == {"/lines/0/sku": "UNKNOWN_SKU"}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["KIT", "SET", "PLAIN", "A"]),
            st.integers(1, 9),
            st.integers(0, 50_000),
            st.integers(0, 20),
            st.integers(0, 100),
            st.booleans(),
        ),
        min_size=1,
        max_size=6,
    ),
    st.integers(0, 2_000),
    st.integers(0, 2_000),
    st.tuples(st.integers(0, 9_999), st.integers(0, 9_999), st.integers(1, 9_999)),
)
def test_nothing_is_lost_of_what_the_kits_cost(
    rows: list[tuple[str, int, int, int, int, bool]],
    shipping: int,
    discount: int,
    worth: tuple[int, int, int],
) -> None:
    sent = order(
        *(
            NewLine(sku, quantity, unit, quantity * unit * off // 100, tax, included)
            for sku, quantity, unit, off, tax, included in rows
        ),
        shipping=shipping,
        discount=discount,
    )
    known = products(A=worth[0], B=worth[1], C=worth[2])
    whole = {sku: Product(sku, sku) for sku in known}  # the same, of which nothing is a kit
    kept, taken = (price_order(sent, each, foreign=True) for each in (whole, known))
    assert by_line(taken, kits=True) == by_line(kept, kits=False)
    assert taken.grand_total == kept.grand_total
    assert all(0 <= line.tax <= line.total and line.discount >= 0 for line in taken.lines)
    assert all(
        line.quantity * line.unit_price - line.discount + (0 if included(line, rows) else line.tax)
        == line.total
        for line in taken.lines
        if line.kit
    )


def included(line: OrderLine, rows: list[tuple[str, int, int, int, int, bool]]) -> bool:
    return rows[line.kit_line - 1][-1]


def by_line(priced: PricedOrder, *, kits: bool) -> dict[int, tuple[int, int, int]]:
    """Total, tax and shipping of each line as it was sent."""
    sent = sent_line_numbers(priced.lines) if kits else {line.no: line.no for line in priced.lines}
    found: dict[int, tuple[int, int, int]] = {}
    for line in priced.lines:
        total, tax, shipping = found.get(sent[line.no], (0, 0, 0))
        found[sent[line.no]] = (total + line.total, tax + line.tax, shipping + line.shipping)
    return found


def test_a_quote_values_a_component_as_the_order_will() -> None:
    known = products(A=1000, B=3000)
    asked = [("PLAIN", 1), ("KIT", 3), ("KIT", 1)]
    lines = price_order(order(*(NewLine(*each) for each in asked)), known).lines
    ordered = [line.total // line.quantity for line in lines]
    assert [line.value for line in demanded(asked, known, "EUR")] == ordered


def test_more_components_than_an_order_may_have_are_refused_by_field() -> None:
    known = products()
    most = MAX_QUANTITY // 2
    taken_apart([("KIT", most)], known)
    with pytest.raises(ValidationFailed) as units:
        taken_apart([("PLAIN", 1), ("KIT", most + 1)], known)
    assert units.value.fields == {"/lines/1/quantity": f"more than {MAX_QUANTITY} of A"}
    taken_apart([("KIT", 1)] * (MAX_LINES // 2), known)
    with pytest.raises(ValidationFailed) as lines:
        taken_apart([("KIT", 1)] * (MAX_LINES // 2) + [("PLAIN", 1)], known)
    assert lines.value.fields == {
        "/lines": f"more than {MAX_LINES} with the components of the kits"
    }


def test_a_kit_of_something_unknown_is_refused_or_held_never_sold_as_if() -> None:
    known = products()
    del known["B"]
    with pytest.raises(ValidationFailed) as refused:
        price_order(order(NewLine("KIT", 1)), known)
    assert refused.value.fields == {"/lines/0/sku": "UNKNOWN_SKU"}
    held = price_order(order(NewLine("KIT", 1)), known, foreign=True)
    assert [hold.reason for hold in held.holds] == ["UNKNOWN_SKU: B"]
