"""What a change of a SKU's rows asks for: who waits is served, claims noted, hot stock settled."""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.hot_stock.place import place_of
from ...ports import Row
from ..placing.beyond_stock import settle_beyond_stock
from .deps import FollowingStock
from .fill_backorders import fill_backorders, fill_backorders_everywhere
from .settle_pages import follow_page, settle_pages

ASKED = ("ask", "hot")  # written when a hot SKU is to be settled, or is hot no more

NOTED = {"SKU": "sku", "DAY": "day"}  # what the row's partition is, in a note
BACKORDER, SHARE = "BACKORDER", "o_"  # the row of what is sold beyond stock, and its orders


def follow_stock(
    pk: str, sk: str, old: Row | None, new: Row | None, deps: FollowingStock
) -> list[str]:
    """Order ids that were given units, after a node's stock or the waiting demand changed."""
    place = place_of(pk, sk)
    if place is None:
        return _waiting_changed(pk.removeprefix("SKU#"), old, new, deps) if _waits(sk) else []
    if not place.is_main:
        if old and new and (more(old, new) or not new["c"]):  # a shipment mostly is neither
            follow_page(place, more(old, new), deps)
        return []
    if asked(old, new):
        settle_pages(place.sku, place.node, deps)
    if more(old, new):
        return fill_backorders(place.sku, place.node, deps)
    return []


def _waits(sk: str) -> bool:
    return sk.startswith("WAIT#")


def _waiting_changed(sku: str, old: Row | None, new: Row | None, deps: FollowingStock) -> list[str]:
    """What no longer waits gives back its share of what may be sold beyond stock."""
    if old:
        settle_beyond_stock(old["order"], sku, orders=deps.orders, backorders=deps.backorders)
    return fill_backorders_everywhere(sku, deps) if new else []


def asked(old: Row | None, new: Row | None) -> bool:
    return any((old or {}).get(name) != (new or {}).get(name) for name in ASKED)


def more(old: Row | None, new: Row | None) -> bool:
    """More is available than before, and not merely less short."""
    before, after = ((row or {}).get("av", 0) for row in (old, new))
    return bool(after > max(before, 0))


def fresh_claims(pk: str, sk: str, old: Row | None, new: Row | None) -> Iterator[dict[str, object]]:
    """What `release_orphan` is to look at later, claims and places in a node's day: sooner
    where the SKU is hot, as its buyers wait for that.
    """
    held = (old or {}).get("c", {})
    kind, _, of = pk.partition("#")
    if sk == BACKORDER:
        yield from _new_shares(of, old, new)
    for claim in (new or {}).get("c", {}):
        place = place_of(pk, sk)
        if place and claim not in held:
            yield {"claim": claim, **place.note(hot="hot" in (new or {}))}
        elif claim not in held:
            yield {"claim": claim, NOTED[kind]: of, "node": sk.partition("#")[2]}


def _new_shares(sku: str, old: Row | None, new: Row | None) -> Iterator[dict[str, object]]:
    for name in new or {}:
        if name.startswith(SHARE) and name not in (old or {}):
            yield {"claim": name.removeprefix(SHARE), "sku": sku, "node": BACKORDER}
