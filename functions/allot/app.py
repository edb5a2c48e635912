"""Stock stream → waiting demand served, counts booked, hot stock settled, claims noted."""

from __future__ import annotations

import json
from typing import Any

from oms import wiring
from oms.domain.hot_stock.place import noted_hot
from oms.domain.limits.stock import ORPHAN_CLAIM_AFTER_S, PAGE_CLAIM_AFTER_S
from oms.edge.observed import observed
from oms.edge.queues import SQSRecord, content, each_message, from_queue
from oms.edge.streams import Change, changes, each_change
from oms.stores.counts import keys as count_keys
from oms.stores.dynamo.table import from_wire
from oms.stores.stock import keys as stock_keys
from oms.stores.stock.rows import item_of
from oms.usecases.counting.book_posted_count import book_posted_count
from oms.usecases.following_stock.detect_hot_skus import detect_hot_skus
from oms.usecases.following_stock.follow_stock import follow_stock, fresh_claims
from oms.usecases.following_stock.release_orphan import release_orphan
from oms.usecases.following_stock.settle_pages import settle_claimed_pages
from oms.usecases.following_stock.settle_shortage import follow_shortage
from oms.usecases.following_stock.update_shown_stock import update_shown_stock
from oms.usecases.placing.beyond_stock import settle_beyond_stock
from oms.wiring.counting import counting
from oms.wiring.following_stock import following_stock


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    if from_queue(event):
        return each_message(event, check, wiring.live().dead_letters)
    found = changes(event, from_wire)
    claims = [{**claim, "at": each.at} for each in found for claim in fresh_claims(*rows(each))]
    note([each for each in claims if not noted_hot(each)], ORPHAN_CLAIM_AFTER_S)
    note([each for each in claims if noted_hot(each)], PAGE_CLAIM_AFTER_S)
    detect_hot_skus(claims, following_stock())
    update_shown_stock(map(rows, found), following_stock())
    return each_change(event, from_wire, follow)


def rows(change: Change) -> tuple[str, str, dict[str, Any] | None, dict[str, Any] | None]:
    return change.pk, change.sk, change.old, change.new


def follow(change: Change) -> None:
    live = wiring.live()
    if change.sk.startswith(stock_keys.WAITING) and change.old:
        beyond = {"orders": live.orders, "backorders": live.backorders}
        settle_beyond_stock(change.old["order"], change.pk.removeprefix("SKU#"), **beyond)
    follow_stock(*rows(change), following_stock())
    follow_shortage(*rows(change), following_stock())
    if change.new and change.sk.startswith(stock_keys.NODE):
        live.feeds.merge_flows(item_of(change.new), now=live.now())
    if change.new and change.sk == count_keys.SESSION:
        book_posted_count(change.new["id"], counting())


def note(claims: list[dict[str, Any]], delay_s: int) -> None:
    """One delayed message for the whole batch."""
    if claims:
        live = wiring.live()
        live.client("sqs").send_message(
            QueueUrl=live.env("CLAIM_CHECK_QUEUE_URL"),
            MessageBody=json.dumps(claims),
            DelaySeconds=delay_s,
        )


def check(record: SQSRecord) -> None:
    live, claims = wiring.live(), content(record)
    for noted in claims:
        if noted["node"] == stock_keys.BACKORDER:
            deps = {"orders": live.orders, "backorders": live.backorders}
            settle_beyond_stock(noted["claim"], noted["sku"], **deps)
            continue
        release_orphan(noted, following_stock())
    settle_claimed_pages(claims, following_stock())
