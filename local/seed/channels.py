"""Where orders come from, and the policy of each channel."""

from __future__ import annotations

from typing import Any

from oms.domain.model.channel import Channel

WEB = Channel(
    "web",
    "Web shop",
    "EUR",
    services=("standard", "express", "named_day"),
    order_url="https://shop.example/orders/$token",
    return_to="Web shop, returns, 1 rue de la Gare, 59000 Lille, France",
)
PATIENT = Channel("patient", "Web shop, patient", "EUR", backorder=True)
SHOPIFY = Channel(
    "shopify",
    "Shopify shop",
    "EUR",
    payment="external",
    marketplace="shopify",
    settings={"timezone": "Europe/Paris", "locations": {"Paris Le Marais": "store-paris"}},
)
AMAZON = Channel(
    "amazon",
    "Amazon Europe",
    "EUR",
    payment="external",
    marketplace="amazon",
    priority=50,
    settings={"timezone": "Europe/Berlin"},
)
# Hours become seconds, so that what happens when nobody acts can be watched.
QUICK = Channel(
    "quick",
    "Web shop, quick",
    "EUR",
    accept_timeout_s=8,
    collect_within_s=3,
    remind_before_s=1,
    cancel_answer_within_s=3,
    exclude_for_s=4,
)
REVIEWED = Channel("reviewed", "Web shop, re-evaluated", "EUR", review_after_s=2)
TO_STORE = Channel(
    "to-store", "Web shop, to the store", "EUR", services=("standard", "ship_to_store")
)
OFFERED = Channel("offered", "Web shop, offers", "EUR", offers=2, offer_widen_s=8)
THREE = Channel("three", "Web shop, three attempts", "EUR", max_attempts=3)
COLLECT_NOW = Channel(
    "collect-now",
    "Web shop, collect now",
    "EUR",
    collect_within_s=3,
    remind_before_s=1,
)
CHANNELS = (WEB, PATIENT, SHOPIFY, AMAZON, QUICK, COLLECT_NOW, THREE, REVIEWED, TO_STORE, OFFERED)

# Profile → its first version: as soon as possible to the customer, then near, then cheap.
RULES: dict[str, dict[str, Any]] = {
    "default": {"criteria": ["lateness", "distance_band", "cost", "distance_km", "priority"]}
}
