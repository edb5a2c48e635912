"""The native order: what is accepted, what is refused, and which field the refusal names."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms.contracts.orders import OrderBody
from oms.contracts.parse import MAX_FIELDS, MAX_POINTER_LENGTH, parse, pointer
from oms.domain.errors import ValidationFailed
from oms.domain.limits.orders import MAX_LINES
from oms.domain.model.channel import Channel
from oms.domain.model.money import MAX_MINOR
from oms.domain.model.payment import PaymentMeans
from oms.domain.orders.deliverable import check

EVENTS = Path(__file__).parents[2] / "events" / "ingest_order"
BODY = json.loads((EVENTS / "bodies" / "native_order.json").read_text())
MINIMAL = {
    "channel": "web",
    "external_id": "1",
    "currency": "EUR",
    "lines": [{"sku": "SKU-001", "quantity": 1}],
    "delivery": {"method": "PICKUP", "node": "store-paris"},
}
Path_ = tuple[str | int, ...]


def changed(path: Path_, value: object, body: dict[str, Any] = BODY) -> dict[str, Any]:
    made = deepcopy(body)
    target: Any = made
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return made


def refused(body: object) -> dict[str, str]:
    with pytest.raises(ValidationFailed) as failure:
        parse(OrderBody, body)
    return failure.value.fields


def test_the_sample_body_is_an_order() -> None:
    order = parse(OrderBody, BODY).to_domain()
    assert [(line.sku, line.quantity) for line in order.lines] == [
        ("SKU-001", 3), ("SKU-002", 1), ("SKU-003", 2)
    ]  # fmt: skip
    assert order.declared_total == 11487
    assert order.ship_to is not None
    assert order.ship_to.country == "FR"
    assert order.means == PaymentMeans("card", "sandbox", "tok_visa")
    assert order.holds == ()


def test_only_the_essential_is_required() -> None:
    order = parse(OrderBody, MINIMAL).to_domain(provider="stripe")
    assert (order.method, order.node, order.service) == ("PICKUP", "store-paris", "standard")
    assert order.means == PaymentMeans("card", "stripe", "")
    assert order.lines[0].unit_price is None
    assert order.ship_to is None


def test_guests_are_not_one_customer() -> None:
    one, other = (
        parse(OrderBody, {**MINIMAL, "external_id": id}).to_domain().customer.id for id in "12"
    )
    assert one.startswith("guest:")
    assert one != other
    assert parse(OrderBody, BODY).to_domain().customer.id == "customer-0001"


def test_a_channel_may_hold_the_money_but_no_body_may_claim_it() -> None:
    order = parse(OrderBody, MINIMAL)
    assert order.to_domain(provider="external").means.kind == "external"
    assert "/payment/provider" in refused({**MINIMAL, "payment": {"provider": "external"}})


REFUSALS: list[tuple[Path_, object, str]] = [
    (("external_id",), "", "/external_id"),
    (("external_id",), "x" * 129, "/external_id"),
    (("external_id",), 12, "/external_id"),
    (("channel",), "web/../x", "/channel"),
    (("currency",), "EURO", "/currency"),
    (("currency",), "eur", "/currency"),
    (("currency",), "XAU", "/currency"),
    (("surprise",), 1, "/surprise"),
    (("lines",), [], "/lines"),
    (("lines",), [BODY["lines"][0]] * (MAX_LINES + 1), "/lines"),
    (("lines",), None, "/lines"),
    (("lines", 0, "quantity"), 0, "/lines/0/quantity"),
    (("lines", 0, "quantity"), 100_000, "/lines/0/quantity"),
    (("lines", 0, "quantity"), -1, "/lines/0/quantity"),
    (("lines", 0, "quantity"), 1.0, "/lines/0/quantity"),
    (("lines", 0, "quantity"), True, "/lines/0/quantity"),
    (("lines", 0, "quantity"), "1", "/lines/0/quantity"),
    (("lines", 1, "unit_price"), -1, "/lines/1/unit_price"),
    (("lines", 1, "unit_price"), MAX_MINOR + 1, "/lines/1/unit_price"),
    (("lines", 1, "unit_price"), 10**400, "/lines/1/unit_price"),
    (("lines", 1, "unit_price"), 19.99, "/lines/1/unit_price"),
    (("lines", 2, "sku"), "   ", "/lines/2/sku"),
    (("lines", 2, "sku"), " SKU-001", "/lines/2/sku"),
    (("lines", 2, "sku"), "SKU\u0000", "/lines/2/sku"),
    (("lines", 2, "sku"), "SKU\n1", "/lines/2/sku"),
    (("lines", 2, "sku"), "x" * 65, "/lines/2/sku"),
    (("lines", 2, "a/b~c"), 1, "/lines/2/a~1b~0c"),
    (("customer", "name"), "\ud800", "/customer/name"),
    (("customer", "name"), "\u0085", "/customer/name"),
    (("customer", "name"), "x" * 201, "/customer/name"),
    (("customer", "email"), "nobody", "/customer/email"),
    (("customer", "locale"), "../en", "/customer/locale"),
    (("ship_to", "country"), "FRA", "/ship_to/country"),
    (("ship_to", "lat"), "north", "/ship_to/lat"),
    (("ship_to", "line1"), " ", "/ship_to/line1"),
    (("delivery", "method"), "TELEPORT", "/delivery/method"),
    (("delivery", "method"), "PICKUP", "/delivery/node"),
    (("total",), -1, "/total"),
]


@pytest.mark.parametrize(("path", "value", "named"), REFUSALS)
def test_a_refusal_names_the_field(path: Path_, value: object, named: str) -> None:
    assert list(refused(changed(path, value))) == [named]


def test_a_refusal_repeats_no_given_value() -> None:
    for path in (("customer", "email"), ("ship_to", "country"), ("channel",), ("currency",)):
        assert "secret" not in str(refused(changed(path, "secret value")))


@pytest.mark.parametrize("missing", ["channel", "external_id", "currency", "lines"])
def test_a_missing_field_is_named(missing: str) -> None:
    body = {key: value for key, value in BODY.items() if key != missing}
    assert list(refused(body)) == [f"/{missing}"]


def test_all_wrong_fields_are_named_up_to_a_limit() -> None:
    body = changed(("lines",), [{"sku": "", "quantity": 0}] * MAX_LINES)
    body["currency"] = "???"
    fields = refused(body)
    assert "/currency" in fields
    assert len(fields) == MAX_FIELDS


def test_a_pointer_is_printable_and_bounded() -> None:
    assert pointer(("a\nb\ud800", 0)) == "/a\ufffdb\ufffd/0"
    assert len(pointer(("x" * 10_000,))) == MAX_POINTER_LENGTH


def test_the_fingerprint_is_that_of_the_meaning() -> None:
    turned = dict(reversed(BODY.items()))
    spelled_out = {**BODY, "payment": {**BODY["payment"]}, "customer": {**BODY["customer"]}}
    spelled_out["lines"] = [{"discount": 0, **line} for line in BODY["lines"]]
    prints = {parse(OrderBody, body).fingerprint() for body in (BODY, turned, spelled_out)}
    assert len(prints) == 1
    other = changed(("lines", 0, "quantity"), 4)
    assert parse(OrderBody, other).fingerprint() not in prints


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
paths: list[Path_] = [(key,) for key in BODY] + [
    *[("lines", 0, key) for key in BODY["lines"][0]],
    *[("ship_to", key) for key in BODY["ship_to"]],
    *[("customer", key) for key in BODY["customer"]],
]


@given(st.sampled_from(paths), json_values)
def test_any_body_is_an_order_or_a_refusal(path: Path_, value: object) -> None:
    _never_crashes(lambda: parse(OrderBody, changed(path, value)).to_domain())
    _never_crashes(lambda: parse(OrderBody, value))


def _never_crashes(read: Callable[[], object]) -> None:
    try:
        read()
    except ValidationFailed as failure:
        json.dumps(failure.fields, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("named", "takes", "pointer"),
    [("sandbox", "stripe", "/payment/provider"), ("stripe", "amazon", "/channel")],
)
def test_who_places_an_order_does_not_choose_not_to_pay(
    named: str, takes: str, pointer: str
) -> None:
    marketplace = takes if takes == "amazon" else ""
    channel = Channel("web", "Web", "EUR", payment=takes, marketplace=marketplace)
    body = parse(OrderBody, {**MINIMAL, "payment": {"provider": named}})
    with pytest.raises(ValidationFailed) as refused:
        check(body.to_domain(provider=channel.payment), channel, ())
    assert pointer in refused.value.fields


def test_an_order_is_paid_as_its_channel_is_unless_it_says_otherwise() -> None:
    channel = Channel("web", "Web", "EUR", payment="stripe")
    assert parse(OrderBody, MINIMAL).to_domain(provider=channel.payment).means.provider == "stripe"
    sandbox = Channel("web", "Web", "EUR")
    for provider in ("stripe", "sandbox"):
        body = parse(OrderBody, {**MINIMAL, "payment": {"provider": provider}})
        order = body.to_domain(provider=sandbox.payment)
        check(replace(order, method="SHIP"), sandbox, ())
        assert order.means.provider == provider
