"""Criteria: numbers that compare candidates. Where a strategy gives bands, the band is compared.

The library; what each measures and in which unit is said in `vocabulary.py`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from ..model.calendar import local
from ..model.carriage import transit_days
from ..model.promise import Promise
from ..model.strategy import BANDS_KM, DISTANCE_BAND, Criterion
from ..promising.work_day import work_day
from .fences import NodeFacts
from .need import SourcingRequest
from .vocabulary import CRITERIA as MEASURES
from .vocabulary import WEIGHTED_SUM

LASTS_FOR_EVER = 9_999  # days of cover of what does not sell


@dataclass(frozen=True, slots=True)
class Facts:
    """What the criteria measure: one node's answer to one demand."""

    asked: SourcingRequest
    standing: NodeFacts

    @property
    def promise(self) -> Promise:
        assert self.standing.promise is not None, "who promises nothing is fenced"
        return self.standing.promise

    def most_of(self, signal: Mapping[tuple[str, str], int]) -> int:
        """The largest over what the node has of the SKUs asked."""
        id = self.standing.node.id
        return max((signal.get((sku, id), 0) for sku in self.standing.stock), default=0)

    def sum_of(self, signal: Mapping[tuple[str, str], int]) -> int:
        id = self.standing.node.id
        return sum(signal.get((sku, id), 0) for sku in self.standing.stock)


def transit(facts: Facts) -> int:
    carried = facts.standing.carriage
    return transit_days(carried.service, carried.origin, carried.destination) if carried else 0


def delivery_days(facts: Facts) -> int:
    """Days from the order until it is delivered or ready, in the node's time zone."""
    today = local(facts.asked.now, facts.standing.node.timezone).date()
    return (done(facts.promise) - today).days


def cost(facts: Facts) -> int:
    """Minor units for all of the demand as one shipment of this node."""
    carried = facts.standing.carriage
    return facts.standing.node.handling_cost + (carried.price if carried else 0)


def shadow_cost(facts: Facts) -> int:
    """For all of the demand, as `cost`; 0 while there are no prices."""
    prices, id = facts.asked.network.signals.shadow or {}, facts.standing.node.id
    return sum(units * prices.get((sku, id), 0) for sku, units in facts.asked.need.items())


def full_cost(facts: Facts) -> int:
    return cost(facts) + shadow_cost(facts)


def split_count(facts: Facts) -> int:
    """1 when it has all that is asked, else 2: at least one more must serve."""
    stock = facts.standing.stock
    return 1 if all(stock.get(s, 0) >= units for s, units in facts.asked.need.items()) else 2


def load(facts: Facts) -> int:
    node = facts.standing.node
    if not node.daily_capacity:
        return 0
    taken = facts.asked.network.load.get((node.id, work_day(facts.promise)), 0)
    return taken * 1000 // node.daily_capacity


def stock_depth(facts: Facts) -> int:
    need = facts.asked.need
    return sum(max(0, held - need[sku]) for sku, held in facts.standing.stock.items())


def days_of_cover(facts: Facts) -> int:
    sold = facts.sum_of(facts.asked.network.signals.sold)
    return sum(facts.standing.stock.values()) * 7 // sold if sold else LASTS_FOR_EVER


def ageing(facts: Facts) -> int:
    return facts.most_of(facts.asked.network.signals.age)


def sales_velocity(facts: Facts) -> int:
    return facts.sum_of(facts.asked.network.signals.sold)


def markdown_risk(facts: Facts) -> int:
    return facts.most_of(facts.asked.network.signals.markdown)


def reject_rate(facts: Facts) -> int:
    """As the last 30 days tell; as configured where they tell nothing."""
    node, rates = facts.standing.node, facts.asked.network.signals.rejected or {}
    return rates.get(node.id, node.reject_rate)


def co2_g(facts: Facts) -> int:
    carried, node = facts.standing.carriage, facts.standing.node
    return node.co2_g + (carried.service.co2_g_km * facts.standing.km if carried else 0)


def abroad(facts: Facts) -> int:
    return int(facts.standing.node.address.country != facts.asked.demand.country)


def coverage(facts: Facts) -> int:
    need = facts.asked.need
    held = sum(min(units, need[sku]) for sku, units in facts.standing.stock.items())
    return held * 100 // max(1, facts.asked.units)


LIBRARY: Mapping[str, Callable[[Facts], int]] = {
    "distance_km": lambda facts: facts.standing.km,
    "transit_days": transit,
    "delivery_days": delivery_days,
    # days after the date promised already; 0 while nothing is promised
    "lateness": lambda facts: facts.standing.late_days,
    "cost": cost,
    "shadow_cost": shadow_cost,
    "full_cost": full_cost,
    "split_count": split_count,
    "priority": lambda facts: facts.standing.node.priority,
    "load": load,
    "stock_depth": stock_depth,
    "days_of_cover": days_of_cover,
    "ageing": ageing,
    "sales_velocity": sales_velocity,
    "markdown_risk": markdown_risk,
    "reject_rate": reject_rate,
    "co2_g": co2_g,
    "abroad": abroad,
    "coverage": coverage,
}


def value_of(facts: Facts, criterion: Criterion) -> int:
    """What the criterion measures."""
    if criterion.by == DISTANCE_BAND:  # 0 up to the first limit, inclusive, and so on
        return bisect_left(criterion.bands or BANDS_KM, facts.standing.km)
    if criterion.by == WEIGHTED_SUM:
        weighted = ((w, by, LIBRARY[by](facts)) for by, w in criterion.weights.items())
        return sum(-w * value if MEASURES[by].more else w * value for w, by, value in weighted)
    return LIBRARY[criterion.by](facts)


def rank_of(value: int, criterion: Criterion) -> int:
    """What is compared: lower is better."""
    if criterion.bands and criterion.by != DISTANCE_BAND:
        value = bisect_left(criterion.bands, value)
    return -value if MEASURES[criterion.by].more else value


def done(promise: Promise) -> date:
    """The day it is delivered or ready."""
    return date.fromisoformat((promise.deliver_by or promise.ready_by)[:10])
