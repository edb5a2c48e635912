"""The money of a Shopify order: lines, discounts, taxes and what is charged beside goods.

- Quantities and prices are the original ones, which agree with each other and `total_price`.
- A line's discount is the sum of its allocations (they include its share of order discounts),
  else `total_discount`; what `total_discounts` has beyond that is the order's discount.
- Tips and duties travel with the shipping charge: they are no price of goods.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...domain.model.channel import Channel
from ...domain.model.order import Hold
from ...domain.orders.intake import NewLine
from . import draft, loose
from .bounded import bounded

Json = Mapping[str, Any]


def lines(
    body: Json, channel: Channel, currency: str
) -> tuple[tuple[NewLine, ...], tuple[Hold, ...]]:
    given = body.get("line_items")
    entries = given if isinstance(given, list) else []
    lines: list[NewLine] = []
    holds: list[Hold] = []
    for number, entry in enumerate(entries, start=1):
        item = loose.obj(entry)
        quantity, quantity_holds = draft.quantity(item.get("quantity"), number)
        if quantity == 0:
            continue
        key = loose.first(item.get("variant_id"), item.get("id")) or f"line-{number}"
        given = item.get("sku") or draft.variant(channel, loose.text(item.get("variant_id")))
        service = _is_service(item, given, channel)
        sku, sku_holds = draft.sku(given, f"shopify:{key}", number, service=service)
        holds += (*quantity_holds, *sku_holds, *_line_holds(item, number, quantity))
        lines.append(
            NewLine(
                sku=sku,
                quantity=quantity,
                unit_price=_unit_price(item, currency),
                discount=_discount(item, currency),
                tax=_taxes(item, currency),
                tax_included=body.get("taxes_included") is True,
                name=loose.first(item.get("name"), item.get("title")),
                external_id=loose.text(item.get("id")),
                intangible=item.get("requires_shipping") is False,
                service=service,
                properties=draft.properties(item.get("properties")),
            )
        )
    kept, beyond = bounded(lines, "/line_items")
    return kept, (*holds, *beyond)


def _is_service(item: Json, sku: object, channel: Channel) -> bool:
    """Nobody ships it: the shop delivers its gift cards itself, and what has no SKU and no
    shipping is work, insurance or a tip.
    """
    if item.get("gift_card") is True or draft.is_service(channel, sku):
        return True
    return item.get("requires_shipping") is False and not sku


def remaining(body: Json) -> dict[str, int]:
    """Units of each line, by its id, that are still to be sent. Once the shop has fulfilled some,
    what it counts there is no longer only that: then it says nothing.
    """
    if loose.objs(body.get("fulfillments")):
        return {}
    found = {}
    for item in loose.objs(body.get("line_items")):
        left = [loose.count(item.get(key)) for key in ("fulfillable_quantity", "current_quantity")]
        counts = [count for count in left if count is not None]
        if counts and (id := loose.text(item.get("id"))):
            found[id] = counts[0]
    return found


def refunds(body: Json, currency: str) -> dict[str, int]:
    """What the shop gave back, by the id of the refund, in minor units of its currency."""
    found = {}
    for refund in loose.objs(body.get("refunds")):
        done = [
            entry.get("amount")
            for entry in loose.objs(refund.get("transactions"))
            if entry.get("kind") == "refund" and entry.get("status") == "success"
        ]
        if id := loose.text(refund.get("id")):
            found[id] = max(0, loose.total(done, currency))
    return found


def _line_holds(item: Json, number: int, quantity: int) -> Iterator[Hold]:
    current = loose.count(item.get("current_quantity"))
    if current is not None and current != quantity:
        yield draft.hold("MANUAL", "EDITED_AT_CHANNEL", f"line {number}")


def _unit_price(item: Json, currency: str) -> int | None:
    for given in (item.get("price"), loose.at(item, "price_set", "shop_money", "amount")):
        amount = loose.minor(given, currency)
        if amount is not None and amount >= 0:
            return amount
    return None


def _discount(priced: Json, currency: str) -> int:
    """Of a line or shipping line: the allocations, else what the line itself says."""
    allocations = [entry.get("amount") for entry in loose.objs(priced.get("discount_allocations"))]
    given = allocations or [priced.get("total_discount")]
    return max(0, loose.total(given, currency))


def _taxes(priced: Json, currency: str) -> int:
    taxes = [entry.get("price") for entry in loose.objs(priced.get("tax_lines"))]
    return max(0, loose.total(taxes, currency))


def shipping(body: Json, currency: str) -> tuple[int, int]:
    """What the customer pays beside goods, and the discount that is already taken off it."""
    charge = discounts = 0
    for line in loose.objs(body.get("shipping_lines")):
        price = max(0, loose.minor(line.get("price"), currency) or 0)
        final = loose.minor(line.get("discounted_price"), currency)
        off = _discount(line, currency)
        net = final if final is not None and not off else price - off
        net = min(max(0, net), price)
        charge += net + (0 if body.get("taxes_included") is True else _taxes(line, currency))
        discounts += price - net
    duties = loose.at(body, "original_total_duties_set", "shop_money", "amount")
    extras = loose.total([body.get("total_tip_received"), duties], currency)
    return charge + max(0, extras), discounts


def order_discount(
    body: Json, currency: str, lines: tuple[NewLine, ...], shipping_discount: int
) -> int:
    stated = loose.minor(body.get("total_discounts"), currency) or 0
    return max(0, stated - sum(line.discount for line in lines) - shipping_discount)


def declared(body: Json, currency: str) -> int | None:
    stated = loose.minor(body.get("total_price"), currency)
    return stated if stated is not None and stated >= 0 else None
