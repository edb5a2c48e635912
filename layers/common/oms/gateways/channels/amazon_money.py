"""The money of an Amazon order: each item's proceeds, broken down by category.

- ITEM is the goods, DISCOUNT comes off them (whatever its sign), TAX comes on top unless the
  item's own total shows that it is inside; an item without breakdown costs its unit price.
- SHIPPING, GIFT_WRAP, COD_FEE, OTHER and DELIVERY_TIP are charges beside goods: the shipping
  charge. The order's own breakdown counts only where items have none, but for the tip, which
  no item ever carries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from ...domain.model.channel import Channel
from ...domain.model.order import Hold
from ...domain.orders.intake import NewLine
from . import draft, loose
from .bounded import bounded

ITEM, TAX, DISCOUNT, TIP = "ITEM", "TAX", "DISCOUNT", "DELIVERY_TIP"
CANCELLED, BUYER_REQUEST = "CANCELLED_BY_CHANNEL", "BUYER_REQUEST"
_CHARGES = ("SHIPPING", "GIFT_WRAP", "COD_FEE", "OTHER")

Json = Mapping[str, Any]


def currencies(body: Json) -> Iterator[object]:
    """Where a currency code may stand, the best place first."""
    yield loose.at(body, "proceeds", "grandTotal", "currencyCode")
    for item in _items(body):
        yield loose.at(item, "product", "price", "unitPrice", "currencyCode")
        yield loose.at(item, "proceeds", "proceedsTotal", "currencyCode")


def lines(
    body: Json, channel: Channel, currency: str, *, ended: bool = False
) -> tuple[tuple[NewLine, ...], tuple[Hold, ...]]:
    found: list[NewLine] = []
    holds: list[Hold] = []
    for number, item in enumerate(_items(body), start=1):
        quantity, quantity_holds = draft.quantity(item.get("quantityOrdered"), number)
        if quantity == 0:
            continue
        product = loose.obj(item.get("product"))
        id = loose.text(item.get("orderItemId"))
        fallback = f"amazon:{loose.first(product.get('asin'), id) or f'line-{number}'}"
        given = product.get("sellerSku") or draft.variant(channel, loose.text(product.get("asin")))
        sku, sku_holds = draft.sku(given, fallback, number)
        holds += (*quantity_holds, *sku_holds, *_cancellations(item, number))
        name = loose.text(product.get("title"))
        found.append(_line(item, currency, sku=sku, quantity=quantity, name=name, id=id))
    kept, beyond = bounded(found, "/orderItems", ended=ended)
    return kept, (*holds, *beyond)


def shipping(body: Json, currency: str) -> int:
    """Every charge beside goods."""
    order = _breakdown(body, currency)
    parts = [_breakdown(item, currency) for item in _items(body)]
    sources = parts if any(parts) else [order]
    return max(0, order[TIP]) + sum(max(0, part[kind]) for part in sources for kind in _CHARGES)


def order_discount(body: Json, currency: str) -> int:
    """Only where no item tells its own."""
    if any(_breakdown(item, currency) for item in _items(body)):
        return 0
    return abs(_breakdown(body, currency)[DISCOUNT])


def declared(body: Json, currency: str) -> int | None:
    stated = _amount(loose.at(body, "proceeds", "grandTotal"), currency)
    return stated if stated is not None and stated >= 0 else None


def _items(body: Json) -> list[Json]:
    """Each entry of the list, an unreadable one as an empty item: lines are never dropped."""
    given = body.get("orderItems")
    return [loose.obj(entry) for entry in given] if isinstance(given, list) else []


def _amount(value: object, currency: str) -> int | None:
    """Minor units of a Money object; None when it is in another currency."""
    if loose.at(value, "currencyCode") not in (None, currency):
        return None
    return loose.minor(loose.at(value, "amount"), currency)


def _breakdown(body: Json, currency: str) -> Counter[str]:
    """Category → minor units, of an item or of the order."""
    sums: Counter[str] = Counter()
    for entry in loose.objs(loose.at(body, "proceeds", "breakdowns")):
        sums[loose.text(entry.get("type"))] += _amount(entry.get("subtotal"), currency) or 0
    return sums


def _line(item: Json, currency: str, *, sku: str, quantity: int, name: str, id: str) -> NewLine:
    parts = _breakdown(item, currency)
    unit, rounding = _unit_price(item, currency, quantity, parts)
    tax = max(0, parts[TAX])
    before_tax = sum(parts[kind] for kind in (ITEM, *_CHARGES)) - abs(parts[DISCOUNT])
    total = _amount(loose.at(item, "proceeds", "proceedsTotal"), currency)
    return NewLine(
        sku=sku,
        quantity=quantity,
        unit_price=unit,
        discount=abs(parts[DISCOUNT]) + rounding,
        tax=tax,
        tax_included=tax == 0 or total == before_tax,
        name=name,
        external_id=id,
    )


def _unit_price(
    item: Json, currency: str, quantity: int, parts: Counter[str]
) -> tuple[int | None, int]:
    """Price of a unit, and what rounding it up adds to the line (taken off as discount)."""
    if ITEM in parts and parts[ITEM] >= 0:
        unit = -(-parts[ITEM] // quantity)
        return unit, unit * quantity - parts[ITEM]
    unit_price = _amount(loose.at(item, "product", "price", "unitPrice"), currency)
    return (unit_price, 0) if unit_price is not None and unit_price >= 0 else (None, 0)


def _cancellations(item: Json, number: int) -> Iterator[Hold]:
    if word := _cancellation(item):
        code = "CANCELLED_BY_CHANNEL" if word == CANCELLED else "CANCELLATION_REQUESTED"
        yield draft.hold("MANUAL", code, f"line {number}")


def cancellations(body: Json) -> list[str]:
    """Of each item: that it is cancelled, that its buyer asks for it, or ""."""
    return [_cancellation(item) for item in _items(body)]


def remaining(body: Json) -> dict[str, int]:
    """Units of each item, by its id, that are still to be sent."""
    found = {}
    for item in _items(body):
        id, quantity = loose.text(item.get("orderItemId")), loose.count(item.get("quantityOrdered"))
        if id and quantity is not None:
            found[id] = 0 if _cancellation(item) == CANCELLED else quantity
    return found


def _cancellation(item: Json) -> str:
    if loose.obj(loose.at(item, "cancellation", "cancellationExecution")):
        return CANCELLED
    asked = loose.obj(loose.at(item, "cancellation", "cancellationRequest"))
    return BUYER_REQUEST if asked else ""
