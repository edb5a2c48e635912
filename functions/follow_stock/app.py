"""Stock stream → waiting demand served, counts booked, hot stock settled, claims noted."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.domain.model.stock_item import StockItem
from oms.domain.stock.count_session import CountSession
from oms.edge.observed import observed
from oms.edge.queues import SQSRecord, content, each_message, from_queue
from oms.edge.streams import Change, changes, each_change
from oms.ports import Row
from oms.stores.dynamo.table import from_wire
from oms.stores.stock.changed import noun_of
from oms.usecases.counting.book_posted_count import book_posted_count
from oms.usecases.following_stock.detect_hot_skus import detect_hot_skus
from oms.usecases.following_stock.follow_stock import follow_stock, fresh_claims
from oms.usecases.following_stock.note_fresh_claims import note_fresh_claims
from oms.usecases.following_stock.release_orphan import release_orphan
from oms.usecases.following_stock.settle_pages import settle_claimed_pages
from oms.usecases.following_stock.settle_shortage import follow_shortage
from oms.usecases.following_stock.update_shown_stock import update_shown_stock
from oms.wiring.counting import counting
from oms.wiring.following_stock import following_stock
from oms.wiring.stocking import stocking


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    if from_queue(event):
        return each_message(event, check, wiring.live().dead_letters)
    found = changes(event, from_wire)
    claims = [{**claim, "at": each.at} for each in found for claim in fresh_claims(*rows(each))]
    note_fresh_claims(claims, following_stock())
    detect_hot_skus(claims, following_stock())
    update_shown_stock(map(rows, found), following_stock())
    return each_change(event, from_wire, follow)


def rows(change: Change) -> tuple[str, str, Row | None, Row | None]:
    return change.pk, change.sk, change.old, change.new


def follow(change: Change) -> None:
    follow_stock(*rows(change), following_stock())
    follow_shortage(*rows(change), following_stock())
    match noun_of(change.sk, change.new):
        case StockItem() as item:
            deps = stocking()
            deps.feeds.merge_flows(item, now=deps.now)
        case CountSession() as session:
            book_posted_count(session.id, counting())


def check(record: SQSRecord) -> None:
    claims = content(record)
    for noted in claims:
        release_orphan(noted, following_stock())
    settle_claimed_pages(claims, following_stock())
