"""What a customer gets for one unit of a digital product: a code, a link, or both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from string import Template

from ..model.order import OrderSnapshot
from ..model.product import CODED, SERVICE, Product
from ..model.units import LineUnits

Unit = tuple[int, int]  # line number, number of the unit in it
SEEN = 4  # last characters of a code that a message keeps once it was sent
HIDDEN = "••••"


@dataclass(frozen=True, slots=True)
class DigitalGood:
    """`code` is a secret: it is not part of what is printed of this."""

    sku: str
    code: str = field(default="", repr=False)
    link: str = ""

    @property
    def hidden(self) -> DigitalGood:
        """As it may be kept: enough of the code to tell one from another."""
        tail = self.code[-SEEN:] if len(self.code) >= 3 * SEEN else ""
        return DigitalGood(self.sku, HIDDEN + tail if self.code else "", self.link)


def units_in(lines: LineUnits) -> list[Unit]:
    return [(no, unit) for no, which in sorted(lines.items()) for unit in sorted(which)]


def units_with_codes(snapshot: OrderSnapshot, lines: LineUnits) -> dict[Unit, str]:
    """Unit → SKU, of those that are a code each."""
    found = ((unit, snapshot.line(unit[0])) for unit in units_in(lines))
    return {unit: line.sku for unit, line in found if line.digital in CODED}


def goods_with_links(
    snapshot: OrderSnapshot, lines: LineUnits, products: Mapping[str, Product]
) -> dict[Unit, DigitalGood]:
    """Unit → what is opened, of those that need no code."""
    found = {}
    for no, unit in units_in(lines):
        line = snapshot.line(no)
        if line.digital not in CODED and line.digital != SERVICE:
            product = products.get(line.sku)
            found[no, unit] = DigitalGood(
                line.sku, link=link_of_unit(product, snapshot.id, no, unit)
            )
    return found


def link_of_unit(product: Product | None, order_id: str, no: int, unit: int) -> str:
    """The product's link for this very unit; units are numbered from 1 for people."""
    if product is None or not product.link:
        return ""
    said = {"order": order_id, "line": no, "unit": unit + 1, "sku": product.sku}
    return Template(product.link).safe_substitute({k: str(v) for k, v in said.items()})


def describe_goods(goods: Mapping[Unit, DigitalGood], names: Mapping[str, str]) -> str:
    """A line of text for each unit, in their order: "Gift card, 50 €: ABCD-EFGH"."""
    return "\n".join(_line(good, names) for _, good in sorted(goods.items()))


def _line(good: DigitalGood, names: Mapping[str, str]) -> str:
    given = " ".join(filter(None, (good.code, good.link)))
    return f"{names.get(good.sku) or good.sku}: {given}"


def masked_goods(goods: Mapping[Unit, DigitalGood], most: int) -> dict[Unit, DigitalGood]:
    """The first of them, as they may be kept."""
    return {unit: goods[unit].hidden for unit in sorted(goods)[:most]}


def missing_codes(wanted: Iterable[str], left: Mapping[str, int]) -> dict[str, int]:
    """SKU → codes that are missing for all of these units' SKUs."""
    need: dict[str, int] = {}
    for sku in wanted:
        need[sku] = need.get(sku, 0) + 1
    return {sku: n - left.get(sku, 0) for sku, n in need.items() if n > left.get(sku, 0)}
