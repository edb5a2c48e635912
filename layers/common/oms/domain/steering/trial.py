"""A basket to try rules on: what an order would be, without a customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..errors import ValidationFailed
from ..model.address import Address
from ..model.channel import Channel
from ..model.customer import Customer
from ..model.decision import DecisionRecord
from ..model.demand import Demand
from ..model.kits import taken_apart as pieces_of
from ..model.kits import unknown_in
from ..model.node import SHIP
from ..model.order import Order, OrderLine, OrderSnapshot, OrderState
from ..model.payment import PaymentMeans
from ..model.product import Product
from ..model.promise import Promise


@dataclass(frozen=True, slots=True)
class TrialLine:
    sku: str
    quantity: int
    excluded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Trial:
    """`profile` is the channel's unless said, `version` 0 the active one."""

    channel: str
    lines: tuple[TrialLine, ...]
    country: str
    postal_code: str = ""
    lat: str = ""
    lon: str = ""
    method: str = SHIP
    service: str = "standard"
    node: str = ""
    profile: str = ""
    version: int = 0
    attempt: int = 1
    tier: str = ""  # of the customer


@dataclass(frozen=True, slots=True)
class SimulatedSourcing:
    """`missing`: SKU → units that no node could serve."""

    record: DecisionRecord
    promise: Promise | None
    missing: Mapping[str, int]
    currency: str


def with_components(trial: Trial, products: Mapping[str, Product]) -> Trial:
    """With the components in place of the kits.

    Raises ValidationFailed for unknown SKUs, and when the components are too many.
    """
    unknown = [n for n, line in enumerate(trial.lines) if unknown_in(line.sku, products)]
    if unknown:
        fields = {f"/lines/{n}/sku": "there is no such product" for n in unknown}
        raise ValidationFailed("not every product is known", fields=fields)
    lines = tuple(
        TrialLine(piece.sku, piece.quantity, trial.lines[piece.no - 1].excluded)
        for piece in pieces_of([(line.sku, line.quantity) for line in trial.lines], products)
    )
    return replace(trial, lines=lines)


def order_of_trial(
    trial: Trial, channel: Channel, products: Mapping[str, Product], now: int
) -> Order:
    """The order it would be, at list prices; its kits are taken apart."""
    lines = tuple(
        _line(no, each, products[each.sku], channel) for no, each in enumerate(trial.lines, 1)
    )
    place = Address(
        "", "", "", trial.country, postal_code=trial.postal_code, lat=trial.lat, lon=trial.lon
    )
    snapshot = OrderSnapshot(
        id="",
        channel=channel.id,
        external_id="",
        placed_at=now,
        currency=channel.currency,
        customer=Customer("", tier=trial.tier),
        lines=lines,
        grand_total=sum(line.total for line in lines),
        shipping=0,
        means=PaymentMeans("", ""),
        method=trial.method,
        service=trial.service,
        node=trial.node,
        ship_to=place,
    )
    return Order(snapshot, OrderState())


def demand_of_trial(trial: Trial, demand: Demand) -> Demand:
    """The order's question, with what the trial takes for granted."""
    lines = tuple(
        replace(line, excluded=line.excluded | trial.lines[line.line - 1].excluded)
        for line in demand.lines
    )
    return replace(demand, lines=lines, attempt=trial.attempt)


def _line(no: int, each: TrialLine, product: Product, channel: Channel) -> OrderLine:
    price = product.price.get(channel.currency, 0)
    return OrderLine(
        no=no,
        sku=each.sku,
        quantity=each.quantity,
        total=price * each.quantity,
        unit_price=price,
        name=product.name,
        weight_g=product.weight_g,
        category=product.category,
        hazmat=product.hazmat,
        digital=product.digital,
    )
