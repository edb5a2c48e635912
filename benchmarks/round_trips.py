"""Sequential AWS round trips on the checkout path: how often a request waits for an answer.

Each answer is held back, so that calls which run in parallel overlap however busy the machine is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.chains import longest_chain
from benchmarks.figure import Figure
from benchmarks.world import MeteredWorld
from local.seed.products import PRODUCTS
from local.seed.stock import EVERYWHERE, STOCK
from oms.domain.model.product import Product

HELD_BACK_S = 0.4  # twenty threads of a cold client take half of that to start
POST_ORDERS, POST_AVAILABILITY = "POST /orders", "POST /availability"
AT_MOST = {POST_ORDERS: 4, POST_AVAILABILITY: 2}
CART_LINES = 20
# lie everywhere, so that the first plan holds
SKUS = [product.sku for product in PRODUCTS if STOCK[product.sku] == EVERYWHERE]
UNIT = "round-trips"


def post_orders(world: MeteredWorld) -> Iterator[Figure]:
    """Cold: nothing is cached. Warm: all is, but the products; the worse of both counts."""
    place = world.actors.shop.place
    cold = trips(world, POST_ORDERS, lambda: place(dict.fromkeys(SKUS[:3], 1)))
    warm = trips(world, POST_ORDERS, lambda: place(dict.fromkeys(SKUS[3:6], 1)))
    again = trips(world, POST_ORDERS, lambda: place(dict.fromkeys(SKUS[3:6], 1)))
    yield Figure("post_orders.round_trips_cold", cold, UNIT)
    yield Figure("post_orders.round_trips_warm", warm, UNIT)
    yield Figure("post_orders.round_trips_same_products", again, UNIT)
    shop = world.actors.shop
    kit = Product("BENCH-KIT", "Kit", price={"EUR": 2000}, components=dict.fromkeys(SKUS[9:11], 1))
    world.actors.loader.product(kit)
    apart = trips(world, POST_ORDERS, lambda: place({kit.sku: 1}))
    yield Figure("post_orders.round_trips_kit", apart, UNIT, AT_MOST[POST_ORDERS])
    cart = shop.reserve(dict.fromkeys(SKUS[6:9], 1))["id"]
    held = trips(world, POST_ORDERS, lambda: place(dict.fromkeys(SKUS[6:9], 1), reservation=cart))
    yield Figure("post_orders.round_trips_from_cart", held, UNIT, AT_MOST[POST_ORDERS])
    yield Figure("post_orders.round_trips", max(cold, warm), UNIT, AT_MOST[POST_ORDERS])


def availability(world: MeteredWorld) -> Iterator[Figure]:
    cart = dict.fromkeys(SKUS[:CART_LINES], 1)
    assert len(cart) == CART_LINES
    ask = world.actors.shop.availability
    cold = trips(world, POST_AVAILABILITY, lambda: ask(cart))
    warm = trips(world, POST_AVAILABILITY, lambda: ask(cart))
    yield Figure("availability.round_trips_warm", warm, UNIT)
    yield Figure("availability.round_trips", max(cold, warm), UNIT, AT_MOST[POST_AVAILABILITY])


def trips(world: MeteredWorld, route: str, request: Callable[[], object]) -> int:
    """Of one request, which must be the only one of its route meanwhile."""
    world.settle()
    world.proxy.delay_s = HELD_BACK_S
    began = world.now()
    try:
        request()
    finally:
        world.proxy.delay_s = 0.0
    seen = world.since(began)
    (invocation,) = [each for each in seen.invocations if each.what == route]
    return longest_chain((call.began, call.ended) for call in seen.calls_of(invocation))
