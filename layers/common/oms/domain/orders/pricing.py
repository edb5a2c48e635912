"""Prices are frozen once, when the order is accepted: what each line costs, to the minor unit.

    value  = quantity × unit price − line discount
    total  = value − share of the order discount (+ tax, when the price does not include it)
    Σ total + shipping = grand total, always

The order discount is split by line value, the shipping charge by line total (largest remainder).
A kit is priced as it was sold, then divided among its components (kits.py).
A declared total that differs does not change the lines: a hold tells both numbers.
What is wrong refuses a native order (its sender corrects it) and holds a foreign one (its
customer has paid already, so it is never lost).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..errors import ValidationFailed
from ..limits.orders import MAX_TEXT_LENGTH
from ..model import money
from ..model.kits import unknown_in
from ..model.money import MAX_MINOR, Money
from ..model.order import Hold, OrderLine
from ..model.product import Product
from .digital import is_final, kind_of, shipping_weights
from .intake import NewLine, NewOrder
from .kits import with_component_lines

UNKNOWN_SKU, UNKNOWN_PRICE = "UNKNOWN_SKU", "UNKNOWN_PRICE"
DISCOUNT_EXCEEDS_VALUE, TAX_EXCEEDS_VALUE = "DISCOUNT_EXCEEDS_VALUE", "TAX_EXCEEDS_VALUE"
TOTALS_MISMATCH = "TOTALS_MISMATCH"
DIGITAL_LINE = "DIGITAL_LINE"  # the channel ships nothing for it, and we know no digital product
# who resolves it: we ourselves (our catalogue), or the channel (its sums)
_KIND = dict.fromkeys((UNKNOWN_SKU, UNKNOWN_PRICE, DIGITAL_LINE), "MANUAL")


@dataclass(frozen=True, slots=True)
class PricedOrder:
    """`holds` are all the order starts with: those it came with, then those found here."""

    lines: tuple[OrderLine, ...]
    shipping: int
    grand_total: int
    holds: tuple[Hold, ...] = ()


@dataclass(frozen=True, slots=True)
class _Doubt:
    pointer: str
    code: str
    about: str = ""


def price_order(
    order: NewOrder, products: Mapping[str, Product], *, foreign: bool = False
) -> PricedOrder:
    """`products` by SKU. `foreign`: the order was read from another system's format."""
    doubts = (
        *_doubts(order, products, foreign),
        *(
            _Doubt(f"/lines/{i}/sku", DIGITAL_LINE, line.sku)
            for i, line in enumerate(order.lines)
            if line.intangible
            and not line.service
            and _would_ship(line.sku, products)  # the channel ships nothing
        ),
    )
    if doubts and not foreign:
        raise ValidationFailed(
            "The order cannot be priced", fields={doubt.pointer: doubt.code for doubt in doubts}
        )
    lines = _lines(order, products)
    if any(product.components for product in products.values()):
        lines = with_component_lines(lines, products, order.currency)
    grand_total = sum(line.total for line in lines) + order.shipping
    if grand_total > MAX_MINOR:
        raise ValidationFailed("The order is worth too much", fields={"/total": "too large"})
    holds = (*order.holds, *_holds(doubts)) if doubts else order.holds
    if order.declared_total not in (None, grand_total):
        holds = (*holds, _mismatch(order, grand_total))
    return PricedOrder(lines, order.shipping, grand_total, tuple(dict.fromkeys(holds)))


def _lines(order: NewOrder, products: Mapping[str, Product]) -> tuple[OrderLine, ...]:
    units = [_unit_price(line, products, order.currency) or 0 for line in order.lines]
    values = [
        max(0, line.quantity * unit - line.discount)
        for line, unit in zip(order.lines, units, strict=True)
    ]
    shares = money.split(min(order.discount, sum(values)), values)
    nets = [value - share for value, share in zip(values, shares, strict=True)]
    totals = [
        net if line.tax_included else net + line.tax
        for line, net in zip(order.lines, nets, strict=True)
    ]
    known = [products.get(line.sku) for line in order.lines]
    pairs = zip(order.lines, known, strict=True)
    kinds = [kind_of(product, service=line.service) for line, product in pairs]
    weights = shipping_weights(totals, kinds) if any(kinds) else totals
    shipping = money.split(order.shipping, weights)
    return tuple(
        OrderLine(
            no=i + 1,
            sku=line.sku,
            quantity=line.quantity,
            total=totals[i],
            tax=min(line.tax, totals[i]),
            shipping=shipping[i],
            unit_price=units[i],
            discount=line.quantity * units[i] - nets[i],
            name=line.name or (product.name if product else ""),
            weight_g=product.weight_g if product else 0,
            external_id=line.external_id,
            release_at=product.release_at if product else "",
            category=product.category if product else "",
            hazmat=product.hazmat if product else False,
            together=line.together,
            properties=line.properties,
            digital=kinds[i],
            final=bool(kinds[i]) and not line.service and is_final(product),
        )
        for i, (line, product) in enumerate(zip(order.lines, known, strict=True))
    )


def _unit_price(line: NewLine, products: Mapping[str, Product], currency: str) -> int | None:
    if line.unit_price is not None:
        return line.unit_price
    product = products.get(line.sku)
    return product.price.get(currency) if product else None


def _would_ship(sku: str, products: Mapping[str, Product]) -> bool:
    """Whether we would ship it, or a component of it."""
    pieces = (sku in products and products[sku].components) or (sku,)
    known = [products.get(each) for each in pieces]
    return any(product and not product.digital for product in known)


def _doubts(order: NewOrder, products: Mapping[str, Product], foreign: bool) -> Iterator[_Doubt]:
    kits = {sku for sku, product in products.items() if product.components}
    worth = 0
    for i, line in enumerate(order.lines):
        unit, at, about = _unit_price(line, products, order.currency), f"/lines/{i}", line.sku
        if line.sku not in products and (foreign or unit is None) and not line.service:
            yield _Doubt(f"{at}/sku", UNKNOWN_SKU, about)
        elif line.sku in kits and (unknown := unknown_in(line.sku, products)):
            yield _Doubt(f"{at}/sku", UNKNOWN_SKU, ", ".join(unknown))
        elif unit is None:
            yield _Doubt(f"{at}/unit_price", UNKNOWN_PRICE, about)
        gross = line.quantity * (unit or 0)
        value = max(0, gross - line.discount)
        worth += value
        if line.discount > gross:
            yield _Doubt(f"{at}/discount", DISCOUNT_EXCEEDS_VALUE, about)
        elif line.tax_included and line.tax > value:
            yield _Doubt(f"{at}/tax", TAX_EXCEEDS_VALUE, about)
    if order.discount > worth:
        yield _Doubt("/discount", DISCOUNT_EXCEEDS_VALUE, "order")


def _holds(doubts: tuple[_Doubt, ...]) -> Iterator[Hold]:
    """One hold for each code; its reason names the SKUs."""
    for code in dict.fromkeys(doubt.code for doubt in doubts):
        about = ", ".join(dict.fromkeys(doubt.about for doubt in doubts if doubt.code == code))
        reason = f"{code}: {about}"[:MAX_TEXT_LENGTH]
        yield Hold(_KIND.get(code, "EXTERNAL"), reason)


def _mismatch(order: NewOrder, computed: int) -> Hold:
    """The customer paid what the channel declared: nothing moves before somebody looked."""
    declared = Money(order.declared_total or 0, order.currency)
    reason = f"{TOTALS_MISMATCH}: declared {declared}, computed {Money(computed, order.currency)}"
    return Hold("EXTERNAL", reason, frozenset({"ROUTE", "CAPTURE"}))
