"""Channels of the demo, and the harm that any sender may do to a payload."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from oms.domain.errors import ValidationFailed
from oms.domain.limits.orders import MAX_LINES, MAX_QUANTITY, MAX_SKU_LENGTH
from oms.domain.model.channel import Channel
from oms.domain.model.product import Product
from oms.domain.orders.intake import NewOrder
from oms.domain.orders.pricing import price_order

AMAZON = Channel("amazon", "Amazon", "EUR", marketplace="amazon", payment="external")
SHOPIFY = Channel(
    "shopify",
    "Shop",
    "EUR",
    marketplace="shopify",
    payment="external",
    settings={"locations": {"Example Paris": "store-paris", "655441491": "store-lyon"}},
)
PRODUCTS = {
    f"SKU-{n:03}": Product(f"SKU-{n:03}", f"Product {n}", price={"EUR": 1000}) for n in range(1, 41)
}
HOPELESS = {"/id", "/orderId", "/line_items", "/orderItems", "/total"}

Steps = tuple[str | int, ...]
_odd_texts = st.text() | st.sampled_from(
    ["", " ", "\x00", "\ud800", "NaN", "Infinity", "-1", "1e999999999", "1E-999999999999", "0x1",
     "9" * 60, "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "SOMETHING_NEW"]
)  # fmt: skip
odd_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _odd_texts
    | st.sampled_from([10**5000 // 10**4000, 1e308, -0.0]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_odd_texts, inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


def steps(value: object, before: Steps = ()) -> Iterator[Steps]:
    """The way to every value inside."""
    if isinstance(value, dict):
        pairs = list(value.items())
    else:
        pairs = list(enumerate(value)) if isinstance(value, list) else []
    for key, inner in pairs:
        yield (*before, key)
        yield from steps(inner, (*before, key))


def harmed(payload: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """The payload with some values replaced, removed, or unknown ones added beside them."""
    ways = sorted(steps(payload), key=str)
    one = st.tuples(st.sampled_from(ways), st.sampled_from(["set", "drop", "add"]), odd_values)
    return st.lists(one, min_size=1, max_size=4).map(lambda harms: _apply(payload, harms))


def _apply(payload: dict[str, Any], harms: list[tuple[Steps, str, Any]]) -> dict[str, Any]:
    made = deepcopy(payload)
    for (*way, last), harm, value in harms:
        target: Any = made
        try:
            for step in way:
                target = target[step]
            if harm == "set":
                target[last] = value
            elif harm == "drop":
                del target[last]
            else:
                target["surprise"] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier harm took the place away
    return made


def is_kept_or_hopeless(read: Any, body: dict[str, Any], channel: Channel) -> None:
    """The order is read and can be priced, or it had no id, no lines, or was beyond a limit."""
    try:
        order = read(body, channel)
        priced = price_order(order, PRODUCTS, foreign=True)
    except ValidationFailed as failure:
        if set(failure.fields) <= HOPELESS:
            return
        raise
    is_within_limits(order)
    assert sum(line.total for line in priced.lines) + priced.shipping == priced.grand_total


def is_within_limits(order: NewOrder) -> None:
    assert 0 < len(order.lines) <= MAX_LINES
    for line in order.lines:
        assert 0 < line.quantity <= MAX_QUANTITY
        assert 0 < len(line.sku) <= MAX_SKU_LENGTH
        assert min(line.unit_price or 0, line.discount, line.tax) >= 0
    assert min(order.shipping, order.discount, order.declared_total or 0) >= 0
    repr(order).encode()  # no lone surrogate anywhere
    assert order.customer.id.startswith(f"{order.channel}:")


def codes(order: NewOrder) -> set[tuple[str, str]]:
    return {(hold.kind, hold.reason.split(":")[0]) for hold in order.holds}
