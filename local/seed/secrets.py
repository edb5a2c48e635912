"""Integration secrets of the local cloud: public on purpose, worth nothing anywhere else."""

from __future__ import annotations

SECRETS = {
    "link": "local-link-secret",  # signs the links of guests
    "carrier": "local-carrier-secret",  # signs the carrier's scans
    "sandbox": "local-sandbox-secret",  # signs what the simulated payment provider says
    "shopify": "local-shopify-secret",  # signs the webhooks of the Shopify shop
}
