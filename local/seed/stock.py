"""What lies where at the start. The scarce rows make the demo's stories come out as told."""

from __future__ import annotations

from local.seed.network import STORES, WAREHOUSES
from local.seed.products import PRODUCTS

EVERYWHERE = {**dict.fromkeys(WAREHOUSES, 60), **dict.fromkeys(STORES, 12)}

SCARCE: dict[str, dict[str, int]] = {
    "SKU-031": {"dc-lille": 20},  # with SKU-032 in one order: two parts
    "SKU-032": {"dc-leipzig": 20},
    "SKU-033": {"dc-lille": 10, "dc-leipzig": 10},  # one refuses, the other takes over
    "SKU-034": {"dc-lille": 6, "dc-leipzig": 6},  # one finds too few, the other adds the rest
    "SKU-035": {"dc-lille": 6, "dc-leipzig": 6},  # one does not answer in time
    "SKU-036": {},  # sold out: only channels that take backorders sell it
    "SKU-037": {"store-paris": 6},  # for the click & collect that nobody collects
    "SKU-040": {"drop-milano": 100},  # never in our own houses
}
STOCK: dict[str, dict[str, int]] = {
    product.sku: SCARCE.get(product.sku, EVERYWHERE) for product in PRODUCTS
}
