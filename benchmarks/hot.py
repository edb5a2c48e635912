"""A hot SKU: 12,000 reservations a second offered on one, with duplicates, crashes, lost replies.

Seeded, in virtual time: the same figures on every machine.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.figure import Figure
from benchmarks.flash import (
    AGAIN_AFTER_S,
    DUPLICATES,
    LOST_REPLIES,
    Sale,
)
from benchmarks.partitions import Cloud

SEED = 1
OFFERED_PER_S = 12_000
RESERVED_PER_S = 11_800  # the others died and are delivered again after the sale
ENDLESS, LIMITED = 1_000_000, 5_000
OFFERED_S, LIMITED_S = 2, 1
STOCK_KINDS = ("claim", "lease", "ask", "release", "settle", "sweep")
UNITS = "WRU/success"
STOCK_WRITE_UNITS, WRITE_UNITS = 1.2, 2.3  # at most, refused buyers included


def hot() -> Iterator[Figure]:
    yield from _figures("hot.", sale(ENDLESS, OFFERED_S))
    yield from _figures("hot.limited.", sale(LIMITED, LIMITED_S))


def sale(stock: int, seconds: int, *, seed: int = SEED, per_s: int = OFFERED_PER_S) -> Sale:
    """Buyers come for so many seconds; afterwards claims are checked until all have an answer."""
    chance = random.Random(seed)
    cloud = Cloud(random.Random(seed + 1), lost_replies=LOST_REPLIES)
    found = Sale(stock, cloud, random.Random(seed + 2))
    at, number = chance.expovariate(per_s), 0
    while at < seconds:
        number += 1
        order = f"{number:016d}"
        cloud.at(at, lambda order=order: found.arrive(order))  # type: ignore[misc]
        if chance.random() < DUPLICATES:
            again = at + chance.choice(AGAIN_AFTER_S)
            cloud.at(again, lambda order=order: found.arrive(order))  # type: ignore[misc]
        at += chance.expovariate(per_s)
    found.finish()
    return found


def _figures(name: str, found: Sale) -> Iterator[Figure]:
    sold, written = len(found.orders), found.cloud.written
    stock_units = sum(written[kind] for kind in STOCK_KINDS) / sold
    if found.stock == ENDLESS:
        in_time = sum(at < OFFERED_S for at in found.bound_at)
        yield Figure(f"{name}reserved_per_s", in_time / OFFERED_S, "orders/s", least=RESERVED_PER_S)
    else:
        yield Figure(f"{name}sold", sold, "units", found.stock, found.stock)
    yield Figure(f"{name}oversold", oversold(found), "units", 0)
    yield Figure(f"{name}lost", lost(found), "units", 0)
    every = stock_units + written["order"] / sold
    yield Figure(f"{name}stock_write_units", stock_units, UNITS, STOCK_WRITE_UNITS)
    yield Figure(f"{name}write_units", every, UNITS, WRITE_UNITS)
    waited = sorted(found.waited_s.values())
    yield Figure(f"{name}p50_ms", 1000 * waited[len(waited) // 2], "ms")
    yield Figure(f"{name}p99_ms", 1000 * waited[len(waited) * 99 // 100], "ms")
    yield Figure(f"{name}throttles", found.cloud.throttles, "requests")


def oversold(found: Sale) -> int:
    """Orders that hold no claim of their own, and units beyond the stock."""
    claims = [c for item in found.items.values() for c in item.claims]
    return max(0, len(found.orders) - found.stock) + len(set(found.orders) - names(claims))


def lost(found: Sale) -> int:
    """Units that nobody can buy and no order has."""
    first = found.items[0]
    return found.stock - first.available - len(found.orders)


def names(claims: list[str]) -> set[str]:
    return {claim.partition(".")[0] for claim in claims}
