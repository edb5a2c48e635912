"""What the bus hears of a SKU's stock level, and of its campaigns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LEVEL_PK = "LEVEL#"
CAMPAIGN_SK = "CAMPAIGN"
_OF_LEVEL = ("level", "available", "low", "target_days")


def level_event(pk: str, sk: str, row: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """(type, detail) of the last change of a row (stores/levels/store.py)."""
    last = row["last"]
    campaign = sk == CAMPAIGN_SK
    about: dict[str, Any] = (
        {"channels": list(row["channels"]), "status": row["status"]}
        if campaign
        else {"node": sk.removeprefix(LEVEL_PK)} | {name: row[name] for name in _OF_LEVEL}
    )
    detail = {
        "sku": pk.removeprefix(LEVEL_PK),
        "event": last["k"],
        **about,
        "version": row["v"],
        "at": last["at"],
        "by": last["by"],
        "cause": last["cause"],
    }
    return f"{'campaign' if campaign else 'level'}.{last['k']}", detail
