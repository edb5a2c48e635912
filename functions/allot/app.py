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
from oms.usecases.placing.beyond_stock import settle_beyond_stock
from oms.usecases.stocking.check_noted import check_noted
from oms.usecases.stocking.count_session import book_posted
from oms.usecases.stocking.feed_stock import Feeding
from oms.usecases.stocking.follow_stock import new_claims, stock_changed
from oms.usecases.stocking.heat_stock import observe_heat
from oms.usecases.stocking.settle_pages import settle_noted
from oms.usecases.stocking.settle_shortage import follow_shortage
from oms.usecases.stocking.show_stock import show_stock


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    if from_queue(event):
        return each_message(event, check, wiring.live().dead_letters)
    found = changes(event, from_wire)
    claims = [{**claim, "at": each.at} for each in found for claim in new_claims(*rows(each))]
    note([each for each in claims if not noted_hot(each)], ORPHAN_CLAIM_AFTER_S)
    note([each for each in claims if noted_hot(each)], PAGE_CLAIM_AFTER_S)
    observe_heat(claims, stock=wiring.live().stock)
    show_stock(map(rows, found), stock=wiring.live().stock)
    return each_change(event, from_wire, follow)


def rows(change: Change) -> tuple[str, str, dict[str, Any] | None, dict[str, Any] | None]:
    return change.pk, change.sk, change.old, change.new


def follow(change: Change) -> None:
    live = wiring.live()
    if change.sk.startswith(stock_keys.WAITING) and change.old:
        beyond = {"orders": live.orders, "backorders": live.backorders}
        settle_beyond_stock(change.old["order"], change.pk.removeprefix("SKU#"), **beyond)
    deps = {"orders": live.orders, "stock": live.stock, "config": live.config}
    stock_changed(*rows(change), **deps, bindings=live.bindings, now=live.now())
    follow_shortage(*rows(change), **deps, cases=live.stock_cases, now=live.now())
    if change.new and change.sk.startswith(stock_keys.NODE):
        live.feeds.merge_flows(item_of(change.new), now=live.now())
    if change.new and change.sk == count_keys.SESSION:
        feeding = Feeding("count", live.stock, live.feeds, live.config, live.now())
        book_posted(change.new["id"], feeding, live.count_sessions)


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
        check_noted(noted, orders=live.orders, reservations=live.reservations, stock=live.stock)
    settle_noted(claims, bindings=live.bindings, stock=live.stock, now=live.now())
