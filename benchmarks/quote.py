"""What a quote costs: round trips, read units, and the CPU of its decision.

Units and round trips are those of the real function on the stack: twenty lines, each of which lies
at all of forty nodes and is claimed by orders at some; ids are as long as real ones. CPU is that of
the same decision in this process, for growing carts and networks; every node has some of every
line, so that no node leaves early.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from benchmarks.chains import longest_chain
from benchmarks.figure import Figure
from benchmarks.round_trips import HELD_BACK_S, UNIT
from benchmarks.units import item_bytes, units_of_read
from benchmarks.world import MeteredWorld
from local.actors.people import CAMILLE
from local.seed.carriers import TARIFF, services
from local.seed.network import NODES
from oms.domain.model.channel import Channel
from oms.domain.model.demand import DemandLine
from oms.domain.model.network import Network
from oms.domain.model.node import Node
from oms.domain.model.product import Product
from oms.domain.model.rules import SourcingRules
from oms.domain.model.units import of
from oms.domain.quoting.delivery_questions import QuoteContext, delivery_questions
from oms.domain.quoting.options import delivery_options
from oms.domain.quoting.quote import QuoteLine, QuoteRequest

LINES, NODE_COUNT = 20, 40
SKU_LENGTH, NODE_LENGTH = 20, 18  # characters: "4006381-00007-XL-RED", "warehouse-0007-lil"
OPEN_ORDERS = 10  # each of all lines
MAX_ROUND_TRIPS, MAX_READ_UNITS = 2, 12
GROWING_LINES, GROWING_NODES = (1, 5, 20, 100), (10, 40, 200, 1000)
CHANNEL = "bench-quote"
ROUTE = "POST /availability"
REPEATS = 3
UNITS_EACH = 20
NOON = 1_797_246_000  # a Monday, 11:00 UTC


def quote(world: MeteredWorld) -> Iterator[Figure]:
    """Cold: nothing is cached. Warm: configuration is; a checkout asks again and again."""
    cart = dict.fromkeys(_stocked(world), 1)
    cold, _, _ = _asked(world, cart)
    warm, read, row = _asked(world, cart)
    yield Figure("quote.round_trips", max(cold, warm), UNIT, MAX_ROUND_TRIPS)
    yield Figure("quote.round_trips_warm", warm, UNIT, 1)
    yield Figure("quote.read_units", read, "read-units", MAX_READ_UNITS)
    yield Figure("quote.shown_row_bytes", row, "bytes")


def _stocked(world: MeteredWorld) -> list[str]:
    """Twenty products at forty nodes, with open orders."""
    loader = world.actors.loader
    nodes, skus = network_of(NODE_COUNT), [sku_of(n) for n in range(LINES)]
    loader.config.put(
        f"CHANNEL#{CHANNEL}",
        Channel(CHANNEL, "Bench", "EUR", methods=("SHIP",), nodes=tuple(n.id for n in nodes)),
    )
    for node in nodes:
        loader.config.put_node(node)
    for sku in skus:
        loader.product(Product(sku, sku, 500, price={"EUR": 1000}))
    first = [(sku, node.id, UNITS_EACH) for sku in skus for node in nodes]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda row: loader.receive(*row), first))
    for _ in range(OPEN_ORDERS):
        shop = world.actors.shop
        shop.send(shop.body(dict.fromkeys(skus, 1), channel=CHANNEL))
    return skus


def sku_of(number: int) -> str:
    return f"4006381-{number:05d}-XL-RED"[:SKU_LENGTH].ljust(SKU_LENGTH, "X")


def _asked(world: MeteredWorld, cart: dict[str, int]) -> tuple[int, float, float]:
    """Round trips, read units, mean bytes of a stock row, of one request."""
    world.settle()
    world.proxy.delay_s = HELD_BACK_S
    began = world.now()
    try:
        answer = world.actors.shop.availability(cart, CAMILLE.country, channel=CHANNEL)
    finally:
        world.proxy.delay_s = 0.0
    assert all(option["available"] for option in answer["options"]), answer
    seen = world.since(began)
    (invocation,) = [each for each in seen.invocations if each.what == ROUTE]
    calls = seen.calls_of(invocation)
    units = [units_of_read(c.operation, c.request, c.response) for c in calls]
    rows = [row for c in calls if c.operation == "Query" for row in c.response["Items"]]
    assert len(rows) == LINES * NODE_COUNT
    trips = longest_chain((call.began, call.ended) for call in calls)
    read = sum(sum(each.values()) for each in units)
    return trips, read, sum(map(item_bytes, rows)) / len(rows)


# --- CPU ---------------------------------------------------------------------------------------


def cpu() -> Iterator[Figure]:
    for nodes in GROWING_NODES:
        for lines in GROWING_LINES:
            yield Figure(f"quote.cpu_ms.{lines}x{nodes}", decision_ms(lines, nodes), "ms")


def decision_ms(lines: int, nodes: int) -> float:
    """The least of some repetitions: all options of one cart."""
    return min(_once(lines, network_of(nodes)) for _ in range(REPEATS))


def _once(lines: int, nodes: tuple[Node, ...]) -> float:
    skus = [f"Q{n:02d}" for n in range(lines)]
    products = {sku: Product(sku, sku, 500) for sku in skus}
    setting = QuoteContext(
        Channel(CHANNEL, "Bench", "EUR"), nodes, services(TARIFF), SourcingRules(), products
    )
    available = {(sku, node.id): UNITS_EACH for sku in skus for node in nodes}
    network = Network(nodes, available)
    asked = QuoteRequest(
        CHANNEL,
        tuple(QuoteLine(sku, 1) for sku in skus),
        CAMILLE.country,
        CAMILLE.lat,
        CAMILLE.lon,
    )
    wanted = tuple(DemandLine(n, sku, of(1), 500) for n, sku in enumerate(skus, 1))
    began = time.process_time()
    found = delivery_options(delivery_questions(asked, wanted, setting), setting, network, NOON)
    spent = time.process_time() - began
    assert all(option.available for option in found)
    return spent * 1000


def network_of(count: int) -> tuple[Node, ...]:
    """The demo's nodes again and again, so that kinds, zones and calendars are mixed as there."""
    return tuple(
        replace(NODES[n % len(NODES)], id=node_id(n), safety=0, daily_capacity=0)
        for n in range(count)
    )


def node_id(number: int) -> str:
    return f"warehouse-{number:04d}-lille"[:NODE_LENGTH]
