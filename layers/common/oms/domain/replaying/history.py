"""A history: the network, and what happened in it, in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..model.carriage import CarrierService
from ..model.node import Node
from ..model.signals import NO_SIGNALS, Signals
from ..sourcing.scarcity import ScarcityPrices
from .past import PastOrder, ReplayNetwork, StockChange

SECONDS_A_YEAR = 31_556_952
Event = PastOrder | StockChange | ScarcityPrices
Calendar = Callable[[str, tuple[int, ...]], frozenset[str] | None]


@dataclass(frozen=True, slots=True)
class ReplayHistory:
    """`past` in the order of time; `stocked`, `priced`: whether it tells of stock, of scarcity
    prices.
    """

    place: ReplayNetwork
    past: tuple[Event, ...]
    stocked: bool
    priced: bool = False

    @property
    def orders(self) -> int:
        return sum(isinstance(each, PastOrder) for each in self.past)


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What is taken where a history does not say: nodes, services, and public holidays."""

    nodes: tuple[Node, ...]
    services: tuple[CarrierService, ...]
    calendar: Calendar
    signals: Signals = field(default=NO_SIGNALS)


def collect(found: Iterable[tuple[str, Any]], otherwise: Otherwise) -> ReplayHistory:
    """From (kind, value) pairs in any order: node, service, calendar, stock, prices, order."""
    kinds = ("node", "service", "calendar", "stock", "prices", "order")
    sorts: dict[str, list[Any]] = {name: [] for name in kinds}
    for kind, value in found:
        sorts[kind].append(value)
    past = sorted([*sorts["stock"], *sorts["prices"], *sorts["order"]], key=_moment)
    nodes = tuple(sorts["node"]) or otherwise.nodes
    carried = tuple(sorts["service"]) or otherwise.services
    recorded = {each["code"]: frozenset(each["days"]) for each in sorts["calendar"]}
    calendars = recorded or _calendars(nodes, sorts["order"], otherwise.calendar)
    place = ReplayNetwork(nodes, carried, calendars, otherwise.signals)
    return ReplayHistory(place, tuple(past), bool(sorts["stock"]), bool(sorts["prices"]))


def _moment(each: Event) -> tuple[int, bool]:
    """Of the same second, orders come last."""
    return each.at, isinstance(each, PastOrder)


def _calendars(
    nodes: Iterable[Node], orders: Iterable[PastOrder], calendar: Calendar
) -> Mapping[str, frozenset[str]]:
    """Public holidays of all countries in it, in its years and the one after."""
    codes = {node.holidays or node.address.country for node in nodes}
    codes |= {order.country for order in orders}
    years = {1970 + order.at // SECONDS_A_YEAR for order in orders}
    span = tuple(sorted(years | {year + 1 for year in years}))
    return {code: calendar(code, span) or frozenset() for code in sorted(codes) if code}
