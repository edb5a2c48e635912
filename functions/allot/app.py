"""Stock stream → waiting demand is served, fresh claims are noted for the orphan check."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from oms import wiring
from oms.domain.limits import ORPHAN_CLAIM_AFTER_S
from oms.edge.batches import Change, Message, changes, each_change, each_message
from oms.stores.table import from_wire
from oms.usecases.stocking.allot_stock import allot_stock
from oms.usecases.stocking.check_claims import check_claim


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    records = event.get("Records", [])
    if records and records[0].get("eventSource") == "aws:sqs":
        return each_message(event, check, wiring.live().dead_letters("CLAIM_CHECK_DLQ_URL"))
    found = [change for change in changes(event, from_wire) if change.sk.startswith("NODE#")]
    note([claim for change in found for claim in new_claims(change)])
    return each_change(iter(found), serve_waiting)


def serve_waiting(change: Change) -> None:
    """More is available than before: whoever waits comes first."""
    before = (change.old or {}).get("av", 0)
    after = (change.new or {}).get("av", 0)
    if after <= max(before, 0):
        return
    live = wiring.live()
    allot_stock(
        change.pk.removeprefix("SKU#"),
        change.sk.removeprefix("NODE#"),
        orders=live.orders,
        stock=live.stock,
        config=live.config,
        now=live.now(),
    )


def new_claims(change: Change) -> Iterator[dict[str, str]]:
    held = (change.old or {}).get("c", {})
    for claim in (change.new or {}).get("c", {}):
        if claim not in held:
            sku, node = change.pk.removeprefix("SKU#"), change.sk.removeprefix("NODE#")
            yield {"claim": claim, "sku": sku, "node": node}


def note(claims: list[dict[str, str]]) -> None:
    """One delayed message for the whole batch."""
    if claims:
        live = wiring.live()
        live.client("sqs").send_message(
            QueueUrl=live.env("CLAIM_CHECK_QUEUE_URL"),
            MessageBody=json.dumps(claims),
            DelaySeconds=ORPHAN_CLAIM_AFTER_S,
        )


def check(message: Message) -> None:
    live = wiring.live()
    for claim in message.json():
        check_claim(
            claim["claim"], claim["sku"], claim["node"], orders=live.orders, stock=live.stock
        )
