"""Why an order cannot be promised as it is, and what could be had instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...domain.errors import Fault, NotServed, OutOfStock, Refused, StockUnsettled, ValidationFailed
from ...domain.model.carriage import cheapest, level
from ...domain.model.network import Network
from ...domain.model.node import SHIP
from ...domain.model.order import Order
from ...domain.model.units import LineUnits
from ...domain.orders.kits import kits_short, short_fields
from ...ports import Stock
from .reading import Reading


def refusal(
    order: Order, unfilled: LineUnits, network: Network, reading: Reading
) -> Refused | Fault:
    """Sold out is said when it is certain; until then buyers of a hot SKU are to ask again."""
    missing = order.snapshot.per_sku(unfilled)
    return unsettled(missing, network, reading.stock) or shortage(order, unfilled, network, reading)


def unsettled(missing: Mapping[str, int], network: Network, stock: Stock) -> StockUnsettled | None:
    """Of these SKUs, whether it is not certain yet that they are sold out; it is found out then."""
    places = sorted(place for place in network.unsettled if place[0] in missing)
    for sku, node in places:
        stock.heat.ask_to_settle(sku, node)
    named = ", ".join(missing)
    return StockUnsettled(f"the last units of {named} are being claimed") if places else None


def shortage(order: Order, unfilled: LineUnits, network: Network, reading: Reading) -> Refused:
    """Says what is missing, what could be had at once, and from when the rest."""
    if order.snapshot.day and _on_another_day(order, network, reading):
        wrong = {"/delivery/day": "not a day on which it can be delivered"}
        return ValidationFailed("it cannot be delivered on that day", fields=wrong)
    if why := _not_served(order, unfilled, reading):
        return NotServed("no carrier takes it there", reason=why)
    later = reading.later(order, unfilled, network)
    lines = order.snapshot.lines
    at_once = {line.sku: 0 for line in lines}
    for line in lines:
        at_once[line.sku] += line.quantity - len(unfilled.get(line.no, ()))
    kits = kits_short(lines, unfilled)
    return OutOfStock(
        "not all of it can be promised",
        fields=short_fields(lines, unfilled),
        missing=order.snapshot.per_sku(unfilled),
        alternatives={
            "available_now": at_once,
            "backorder_deliver_by": later.deliver_by if later else None,
        },
        **({"kits": kits} if kits else {}),
    )


def _not_served(order: Order, unfilled: LineUnits, reading: Reading) -> str:
    """Why no carrier brings it from any node; "" when one does, or it is collected."""
    demand = order.demand(unfilled, 1)
    if demand.method != SHIP or not demand.country:
        return ""
    services, name = reading.config.services(), level(demand.service)
    origins = {node.address.country for node in reading.nodes}
    if not (services and origins):  # nothing is known of who might carry it, or from where
        return ""
    for piece_g, why in ((0, "NO_CARRIER"), (demand.piece_g, "TOO_HEAVY")):
        if not any(cheapest(services, name, at, demand.country, 0, piece_g) for at in origins):
            return why
    return ""


def _on_another_day(order: Order, network: Network, reading: Reading) -> bool:
    whenever = replace(order, snapshot=replace(order.snapshot, day=""))
    return not reading.plan(whenever, order.open, network).unfilled
