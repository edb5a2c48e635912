"""The lines of an order that sells kits: each component is a line, with its share of the price.

    value, discount, tax and shipping of the kit's line are divided by the components' weights
    Σ total of the components' lines = total of the kit's line, to the minor unit

So everything that follows (parts, captures, cancellations, returns) knows lines of things that
lie on shelves. `kit` and `kit_line` say what they were sold as.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from ..model import money
from ..model.kits import Piece, short_of, taken_apart
from ..model.order import OrderLine
from ..model.product import Product
from ..model.units import LineUnits
from .digital import is_final, kind_of, shipping_weights


def with_component_lines(
    lines: tuple[OrderLine, ...], products: Mapping[str, Product], currency: str
) -> tuple[OrderLine, ...]:
    """With the lines of kits replaced by their components', numbered anew.

    Raises ValidationFailed when these are too many.
    """
    pieces = taken_apart(((line.sku, line.quantity) for line in lines), products, currency)
    if not any(piece.kit for piece in pieces):
        return lines
    found: list[OrderLine] = []
    for no, of_line in groupby(pieces, key=lambda piece: piece.no):
        its, line = tuple(of_line), lines[no - 1]
        found += _components(line, its, products) if its[0].kit else [line]
    return tuple(replace(line, no=no) for no, line in enumerate(found, 1))


def _components(
    line: OrderLine, pieces: Sequence[Piece], products: Mapping[str, Product]
) -> list[OrderLine]:
    values = money.split(line.quantity * line.unit_price, [piece.weight for piece in pieces])
    discounts = money.split(line.discount, values)  # never more than the value it is taken off
    nets = [value - discount for value, discount in zip(values, discounts, strict=True)]
    taxes = money.split(line.tax, nets)
    on_top = line.total - sum(nets)  # all of the tax, or nothing of it
    totals = [net + (tax if on_top else 0) for net, tax in zip(nets, taxes, strict=True)]
    kinds = [kind_of(products.get(piece.sku)) for piece in pieces]
    shipping = money.split(line.shipping, shipping_weights(totals, kinds))
    found = []
    for i, piece in enumerate(pieces):
        unit_price = -(-values[i] // piece.quantity)  # rounded up: a discount is never negative
        priced = replace(
            line,
            sku=piece.sku,
            quantity=piece.quantity,
            total=totals[i],
            tax=taxes[i],
            shipping=shipping[i],
            unit_price=unit_price,
            discount=piece.quantity * unit_price - nets[i],
            kit=line.sku,
            kit_line=line.no,
        )
        found.append(_of_product(priced, products.get(piece.sku)))
    return found


def _of_product(line: OrderLine, product: Product | None) -> OrderLine:
    """What the kit's line said of the kit is said of the component."""
    if product is None:
        return replace(line, name="", weight_g=0, category="", digital="", final=False)
    return replace(
        line,
        name=product.name,
        weight_g=product.weight_g,
        category=product.category,
        hazmat=product.hazmat or line.hazmat,
        release_at=max(product.release_at, line.release_at),
        digital=product.digital,
        final=is_final(product),
    )


def sent_line_numbers(lines: Sequence[OrderLine]) -> dict[int, int]:
    """Line number → number of the line that its sender wrote."""
    found: dict[int, int] = {}
    last = 0
    for line in lines:
        last = line.kit_line or last + 1
        found[line.no] = last
    return found


def short_fields(lines: Sequence[OrderLine], unfilled: LineUnits) -> dict[str, str]:
    """Fields of the order as sent → what is short of them."""
    sent, reasons = sent_line_numbers(lines), dict[str, list[str]]()
    for no, which in unfilled.items():
        of = f" of {lines[no - 1].sku}" if lines[no - 1].kit else ""
        reasons.setdefault(f"/lines/{sent[no] - 1}", []).append(f"{len(which)} short{of}")
    return {field: ", ".join(texts) for field, texts in reasons.items()}


def kits_short(lines: Sequence[OrderLine], unfilled: LineUnits) -> dict[str, dict[str, int]]:
    """Kit → component → units that are missing."""
    return short_of(
        (lines[no - 1].kit, lines[no - 1].sku, len(which)) for no, which in unfilled.items()
    )
