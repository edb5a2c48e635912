"""Stories in which more than one node, or a supplier, has a say."""

from __future__ import annotations

from local.actors.drop_shipper import DropShipper, PurchaseInbox
from local.actors.patience import eventually
from local.actors.people import CAMILLE, JONAS, LOTTE, LOUIS
from local.actors.staff import Crew
from local.demo.steps import deliver, work_through
from local.demo.tale import Tale
from local.seed.network import NODES, WAREHOUSES
from local.seed.suppliers import QUEUE


def kit_order(tale: Tale) -> None:
    """A kit, sent as what it is made of."""
    order = tale.world.shop.place({"KIT-001": 1}, to=LOTTE)
    tale.begin(order, "placed: breakfast for two, which is two things from one shelf")
    deliver(tale, order)


def moved_order(tale: Tale) -> None:
    """Customer service moves it."""
    world = tale.world
    order = tale.begin(world.shop.place({"SKU-018": 1}, to=LOUIS), "placed")
    part = world.staff.wait_for_part(order)
    other = next(node for node in WAREHOUSES if node != part["node"])
    world.service.move(order, part["part"], other, note="the customer asked for it")
    tale.tell(order, f"moved from {part['node']} by customer service", other)
    deliver(tale, order)


def offered_order(tale: Tale) -> None:
    """Offered to two, the first to claim has it."""
    world = tale.world
    order = world.shop.place({"SKU-019": 1}, to=JONAS, channel="offered")
    tale.begin(order, "placed, to be offered to two nodes")

    def seen_by() -> list[Crew]:
        crews = (world.crew(node.id) for node in NODES)
        return [each for each in crews if any(w["order_id"] == order for w in each.work())]

    first, *_ = eventually(seen_by, lambda crews: len(crews) == 2, waiting_for="the offer")
    part = first.do("claim", order, 1)
    tale.tell(order, "claimed, the others see it no longer", part["node"])
    deliver(tale, order)


def to_the_store(tale: Tale) -> None:
    """Sent to a store, collected there."""
    world, store = tale.world, "store-paris"
    wishes = {"collect_at": store, "service": "ship_to_store"}
    order = world.shop.place({"SKU-032": 1}, to=CAMILLE, channel="to-store", **wishes)
    tale.begin(order, "placed, to be collected in Paris; only Leipzig has it")
    part = world.staff.wait_for_part(order)
    for action in ("accept", "pick", "pack", "label", "dispatch"):
        part = world.staff.do(action, part)
    tale.tell(order, "on its way to the store", "dc-leipzig")
    part = world.staff.do("arrive", part)
    tale.tell(order, "arrived", store)
    [part] = work_through(tale, order)
    code = world.shop.see(order).parts[0]["pickup_code"]
    world.staff.do("collect", part, code=code)
    tale.ends_as(order, "PICKED_UP", "collected with the code")


def drop_shipped(tale: Tale) -> None:
    """A supplier sends it to the customer."""
    world, milano = tale.world, "drop-milano"
    order = tale.begin(
        world.shop.place({"SKU-040": 1}, to=CAMILLE), "placed; only a supplier has it"
    )
    part = world.staff.wait_for_part(order)["part"]
    supplier = DropShipper(world.crew(milano), PurchaseInbox.of(world.stack, QUEUE))
    document = supplier.wait_for(order, part)
    tale.tell(order, f"purchase order {document['number']} came to the supplier's queue", milano)
    supplier.acknowledge(order, part)
    tracking = world.new_id("CORRIERE")
    supplier.ship(order, part, tracking)
    tale.tell(order, "shipped with the supplier's own carrier", milano)
    scan = {**world.carrier.event("DELIVERED", tracking), "reference": document["reference"]}
    world.carrier.send([scan])
    tale.ends_as(order, "DELIVERED", "delivered")


STORIES = (kit_order, moved_order, offered_order, to_the_store, drop_shipped)
