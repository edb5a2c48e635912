"""Available to promise over time: what is expected, against the demand that waits for it.

Buckets are days. S(t): receipts on the day they can be sold, cut to what their supplier's record
lets us promise. D(t): waiting demand by the day it was promised, what stock on hand covers left
out. ATP(t) = max(0, smallest balance from t on): a unit that a later demand needs is not sold.

Past due: a receipt overdue by more than PAST_DUE_DAYS is not believed in any more, a lesser one is
expected today; demand whose day has passed, or that was promised none, is wanted today.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ..model.network import Network
from ..model.supply import Supply
from .availability import at_node, over_time

PAST_DUE_DAYS = 7
Methods = Callable[[str], str]  # node id → the method it would serve by


@dataclass(frozen=True, slots=True)
class PhasedAvailability:
    """One SKU's days, the first is today: ATP, and the last receipt of each day."""

    days: tuple[str, ...]
    units: tuple[int, ...]
    receipts: Mapping[str, Supply]

    def earliest(self, quantity: int) -> Supply | None:
        """The receipt with which `quantity` more can be served."""
        for day, units in zip(self.days, self.units, strict=True):
            if units >= quantity and day in self.receipts:
                return self.receipts[day]
        return None

    def until(self, day: str) -> int:
        """The most that can be promised up to a day."""
        pairs = zip(self.days, self.units, strict=True)
        return max((units for at, units in pairs if at <= day), default=0)


def phased_availability(
    network: Network, sku: str, method_at: Methods, today: date, node: str = ""
) -> PhasedAvailability:
    """Beyond what is on hand. `node` limits the receipts to one node's."""
    serving = {n.id for n in network.nodes if n.online and method_at(n.id) in n.methods}
    receipts = [
        each
        for each in _believed(network, sku, today)
        if each.node in serving and node in ("", each.node)
    ]
    wanted = _unmet(network, sku, method_at, today)
    days = sorted({today.isoformat(), *wanted, *(_on(each, today) for each in receipts)})
    arriving = [sum(each.sure for each in receipts if _on(each, today) == day) for day in days]
    atp = over_time(arriving, [wanted.get(day, 0) for day in days])
    return PhasedAvailability(
        tuple(days), tuple(atp), {_on(each, today): each for each in receipts}
    )


def _believed(network: Network, sku: str, today: date) -> list[Supply]:
    oldest = (today - timedelta(days=PAST_DUE_DAYS)).isoformat()
    found = [each for each in network.supplies if each.sku == sku and each.eta >= oldest]
    return sorted(found, key=lambda each: (each.ready, each.id))


def _on(supply: Supply, today: date) -> str:
    return max(supply.ready, today.isoformat())


def _unmet(network: Network, sku: str, method_at: Methods, today: date) -> dict[str, int]:
    """ISO date → units that wait and that nothing on hand covers."""
    left = sum(at_node(network, n, sku, method_at(n.id)) for n in network.nodes)
    dated = {day: units for (of, day), units in network.wanted.items() if of == sku}
    undated = network.waiting.get(sku, 0) - sum(dated.values())
    found: dict[str, int] = {}
    for day, units in sorted([("", undated), *dated.items()]):
        short = max(0, units - left)
        left = max(0, left - units)
        if short:
            at = max(day, today.isoformat())
            found[at] = found.get(at, 0) + short
    return found
