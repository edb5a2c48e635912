"""The demo's stories. Each uses SKUs of its own (see seed/stock.py), so they may run together."""

from __future__ import annotations

from local.actors import marketplace as amazon
from local.actors.people import CAMILLE, GIULIA, JONAS, LOTTE, LOUIS, MIA
from local.actors.storefront import DECLINED_CARD
from local.demo import between_nodes, changed_at_channels
from local.demo.steps import deliver, work_through
from local.demo.tale import Tale


def storefront_order(tale: Tale) -> None:
    """Shipped and delivered."""
    shop = tale.world.shop
    order = tale.begin(shop.place({"SKU-001": 2, "SKU-003": 1}, to=LOTTE), "placed in the web shop")
    deliver(tale, order)


def marketplace_batch(tale: Tale) -> None:
    """A marketplace batch, one order in it twice."""
    run = tale.world.new_id("A")
    carts = [{"SKU-005": 1}, {"SKU-011": 2}, {"SKU-005": 1, "SKU-012": 1}]
    orders = [amazon.order(f"{run}-{n}", cart, MIA) for n, cart in enumerate(carts)]
    ids = tale.world.marketplace.send(*orders, orders[0])[:3]
    for order in ids:
        tale.world.shop.wait(order, bool, waiting_for="it to come in")
        tale.begin(order, "came in from the marketplace")
    for order in ids:
        deliver(tale, order)


def shopify_order(tale: Tale) -> None:
    """A Shopify webhook, sent twice."""
    shopify, id = tale.world.shopify, tale.world.new_id("S")
    order = shopify.sell(id, {"SKU-004": 1, "SKU-010": 1}, JONAS)
    assert shopify.sell(id, {"SKU-004": 1, "SKU-010": 1}, JONAS) == order
    tale.begin(order, "reported by the Shopify shop")
    deliver(tale, order)


def split_order(tale: Tale) -> None:
    """Split: two nodes ship a part each."""
    order = tale.begin(
        tale.world.shop.place({"SKU-031": 1, "SKU-032": 1}, to=LOUIS),
        "placed; Lille has one line, Leipzig the other",
    )
    deliver(tale, order, parts=2)


def declined_payment(tale: Tale) -> None:
    """The payment is declined."""
    order = tale.world.shop.place({"SKU-013": 1}, to=LOUIS, pay_with=DECLINED_CARD)
    tale.begin(order, "placed with a card that will be declined")
    tale.ends_as(order, "CANCELLED", "payment declined, cancelled")


def rejection(tale: Tale) -> None:
    """A node rejects, another takes over."""
    staff = tale.world.staff
    order = tale.begin(tale.world.shop.place({"SKU-033": 1}, to=MIA), "placed")
    part = staff.wait_for_part(order)
    staff.do("reject", part, reason="NO_CAPACITY")
    tale.tell(order, "rejected: no capacity", part["node"])
    staff.wait_for_part(order, after=part["part"])
    deliver(tale, order)


def short_pick(tale: Tale) -> None:
    """Short pick, the rest from elsewhere."""
    staff = tale.world.staff
    order = tale.begin(tale.world.shop.place({"SKU-034": 3}, to=MIA), "placed")
    part = staff.do("accept", staff.wait_for_part(order))
    staff.do("pick", part, picked={"1": 2}, reasons={"1": "NOT_IN_STOCK"})
    tale.tell(order, "picked two, the third is not there", part["node"])
    deliver(tale, order, parts=2)


def backorder(tale: Tale) -> None:
    """Backorder, goes on when stock arrives."""
    world = tale.world
    order = world.shop.place({"SKU-036": 2}, to=CAMILLE, channel="patient")
    tale.begin(order, "placed, sold out: waits for stock")
    world.shop.wait(order, lambda seen: seen.status == "CONFIRMED", waiting_for="CONFIRMED")
    world.add_stock("SKU-036", "dc-lille", 10)
    tale.tell(order, "ten pieces arrive", "dc-lille")
    deliver(tale, order)


def cancelled_order(tale: Tale) -> None:
    """Cancelled in time."""
    world = tale.world
    order = tale.begin(world.shop.place({"SKU-014": 1}, to=GIULIA), "placed")
    world.staff.wait_for_part(order)
    world.service.cancel(order)
    tale.ends_as(order, "CANCELLED", "cancelled by customer service")


def agreed_cancel(tale: Tale) -> None:
    """Cancelled while a node works on it."""
    world = tale.world
    order = tale.begin(world.shop.place({"SKU-015": 1}, to=GIULIA), "placed")
    part = world.staff.do("accept", world.staff.wait_for_part(order))
    world.service.cancel(order)
    tale.tell(order, "cancellation asked for, the node works on it", part["node"])
    world.staff.do("cancel-answer", part, answer="AGREE")
    tale.ends_as(order, "CANCELLED", "the node agreed")


def click_and_collect(tale: Tale) -> None:
    """Click & collect."""
    world = tale.world
    order = world.shop.place({"SKU-009": 1}, to=CAMILLE, collect_at="store-paris")
    tale.begin(order, "placed, to be collected")
    [part] = work_through(tale, order)
    code = world.shop.see(order).parts[0]["pickup_code"]
    world.staff.do("collect", part, code=code)
    tale.ends_as(order, "PICKED_UP", "collected with the code")


def returned_order(tale: Tale) -> None:
    """Half of it returned and refunded."""
    world = tale.world
    order = tale.begin(world.shop.place({"SKU-017": 2}, to=JONAS), "placed")
    deliver(tale, order)
    back = world.service.request_return(order, {1: 1})
    tale.tell(order, "the customer sends one of two back")
    back = world.service.receive_return(back, "dc-leipzig")
    tale.tell(order, "received", "dc-leipzig")
    world.service.inspect_return(back, "dc-leipzig")
    tale.tell(order, "inspected: as new", "dc-leipzig")
    back = world.service.wait_for_refund(back)
    tale.ends_as(order, "DELIVERED", f"refunded {back['amount'] / 100:.2f} {back['currency']}")


def nobody_accepts(tale: Tale) -> None:
    """A node is silent, another takes over."""
    world = tale.world
    order = tale.begin(world.shop.place({"SKU-035": 1}, to=MIA, channel="quick"), "placed")
    part = world.staff.wait_for_part(order)
    tale.tell(order, "assigned, and nobody looks", part["node"])
    world.clock.sweep_until(lambda: world.service.see(order).part_numbers != [part["part"]])
    tale.tell(order, "too late, taken away", part["node"])
    part = world.staff.wait_for_part(order, after=part["part"])
    deliver(tale, order)


def nobody_collects(tale: Tale) -> None:
    """Nobody collects, back to stock."""
    world = tale.world
    order = world.shop.place(
        {"SKU-037": 1}, to=CAMILLE, collect_at="store-paris", channel="collect-now"
    )
    tale.begin(order, "placed, to be collected within seconds")
    work_through(tale, order)
    world.clock.sweep_until(lambda: world.shop.see(order).customer_status == "UNCOLLECTED")
    tale.ends_as(order, "UNCOLLECTED", "nobody came, back to stock")


def gift_and_parcel(tale: Tale) -> None:
    """A gift card by mail, the rest by parcel."""
    world, sku = tale.world, "GIFT-050"
    order = world.shop.place({sku: 1, "FILE-001": 1, "SKU-006": 1}, to=CAMILLE)
    tale.begin(order, "placed: a gift card, a file and a pen")
    world.code_room.load(sku, [world.new_id("GIFT-050")])
    world.shop.wait(
        order,
        lambda seen: any(part["status"] == "DELIVERED" for part in seen.parts),
        waiting_for="the digital part",
    )
    tale.tell(order, "code and link sent by mail, before anybody packs", "DIGITAL")
    deliver(tale, order)


def left_for_you(tale: Tale) -> None:
    """Left for you."""
    world = tale.world
    order = world.shop.place({"SKU-002": 1}, to=CAMILLE, collect_at="store-paris")
    tale.begin(order, "placed, to be collected")
    world.staff.wait_for_part(order)
    tale.ends_as(order, "SUPPORT_WAITING", "waits for the store to accept it: your turn")


SCENARIOS = (
    nobody_accepts,  # first: it takes longest
    nobody_collects,
    storefront_order,
    marketplace_batch,
    shopify_order,
    split_order,
    declined_payment,
    rejection,
    short_pick,
    backorder,
    cancelled_order,
    agreed_cancel,
    click_and_collect,
    returned_order,
    gift_and_parcel,
    *between_nodes.STORIES,
    *changed_at_channels.STORIES,
    left_for_you,
)
