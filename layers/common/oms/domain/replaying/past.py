"""What is known of the past: orders, where they went, and how stock changed beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..model import units
from ..model.carriage import CarrierService
from ..model.demand import Demand, DemandLine
from ..model.node import SHIP, Node
from ..model.signals import NO_SIGNALS, Signals


@dataclass(frozen=True, slots=True)
class PastLine:
    """`value` of the whole line in minor units."""

    sku: str
    quantity: int
    weight_g: int = 0
    value: int = 0
    category: str = ""
    hazmat: bool = False
    together: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A part that went to the customer, or still may. `lines`: line number → units; `due`: ISO
    date it was promised for; `done`: ISO date it arrived or was ready, "" while it is not known.
    """

    node: str
    lines: Mapping[int, int]
    due: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True)
class PastOrder:
    """`at` in epoch seconds; `promised`: ISO date the customer was told, "" for none. The
    destination is as coarse as the lake keeps it (docs/sourcing.md).
    """

    id: str
    at: int
    channel: str
    lines: tuple[PastLine, ...]
    country: str
    lat: str = ""
    lon: str = ""
    method: str = SHIP
    service: str = "standard"
    node: str = ""
    promised: str = ""
    tier: str = ""  # of the customer
    sent: tuple[Sent, ...] = ()

    def demand(self, max_parts: int) -> Demand:
        """The question as it was asked first: nothing is promised or excluded yet."""
        lines = tuple(
            DemandLine(
                no,
                line.sku,
                units.of(line.quantity),
                line.weight_g,
                value=line.value // line.quantity,
                category=line.category,
                hazmat=line.hazmat,
                together=line.together,
            )
            for no, line in enumerate(self.lines, 1)
            if line.quantity
        )
        return Demand(
            lines=lines,
            country=self.country,
            lat=self.lat,
            lon=self.lon,
            method=self.method,
            service=self.service,
            node=self.node,
            max_parts=max_parts,
            channel=self.channel,
            tier=self.tier,
            value=sum(line.value for line in self.lines),
        )


@dataclass(frozen=True, slots=True)
class StockChange:
    """Units that came or went at a node for another reason than these orders."""

    at: int
    sku: str
    node: str
    units: int


@dataclass(frozen=True, slots=True)
class ReplayNetwork:
    """The network as it is now: the past is sourced with today's nodes and carriers, and with what
    they sell, how old their stock is and how often they give parts back as known today.
    """

    nodes: tuple[Node, ...]
    services: tuple[CarrierService, ...]
    holidays: Mapping[str, frozenset[str]] = field(default_factory=dict)
    signals: Signals = NO_SIGNALS

    def node(self, id: str) -> Node | None:
        return next((node for node in self.nodes if node.id == id), None)
