"""A product, as the catalogue knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from .stock_levels import StockAlerts

GIFT_CARD, LICENCE_KEY, DOWNLOAD = "GIFT_CARD", "LICENCE_KEY", "DOWNLOAD"
SERVICE = (
    "SERVICE"  # nobody ships it: engraving, insurance, a tip; what its channel delivers itself
)
CODED = frozenset({GIFT_CARD, LICENCE_KEY})  # each unit is a code out of the product's pool


@dataclass(frozen=True, slots=True)
class Product:
    sku: str
    name: str
    weight_g: int = 0
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    price: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    barcode: str = ""
    backorder_limit: int | None = None  # units that may be sold beyond stock; None: no cap
    max_lead_days: int = 0  # a cap counts receipts within so many days only; 0: no receipts
    release_at: str = ""  # ISO date before which it may not leave (pre-order)
    category: str = ""  # for rules of sourcing and safety stock
    markdown: int = 0  # permille of the price that is taken off what is left
    markdown_at: str = ""  # ISO date from which; "": now
    hazmat: bool = False  # dangerous goods: only nodes that may handle them
    components: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))  # of a kit
    substitutes: tuple[str, ...] = ()  # SKUs offered instead, the closest first
    digital: str = ""  # GIFT_CARD, LICENCE_KEY, DOWNLOAD, SERVICE: no stock, no node, no parcel
    link: str = ""  # of a digital product: what is opened, with $order, $line, $unit and $sku
    takes_back: bool = False  # a digital product may be returned like any other
    alerts: StockAlerts = field(default_factory=StockAlerts)  # when its stock is low, or too much
