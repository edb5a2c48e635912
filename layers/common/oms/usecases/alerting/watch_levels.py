"""Look at how well a SKU is stocked, and tell what changed since it was last told.

    level of each site ─► its case opened, the others closed ─► the level's row: one event each
    level of the network ─► campaigns paused or resumed: one event

The level's row is written last and under its version: whoever dies before it does the rest again,
which changes nothing that was done; whoever comes second loses the race, and finds nothing to tell.

What is sold in a day is measured against, and falls without a movement: a SKU that was sold lately
is looked at again on the next day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...domain.model import stock_levels as lv
from ...domain.model.node import DROP_SHIPPER
from ...domain.model.stock_levels import NETWORK, StockAlerts
from ...domain.stock import planning
from ...domain.stock.ledger import SECONDS_A_DAY
from ...domain.stock.planning import DailyDemand, PlanningTerms, Position
from ...domain.stock_lifecycles import CampaignStatus, StockLevel
from ...ports import Row
from ...ports.stock_levels import KnownLevels
from ..planning.positions import positions_of
from ..retrying import retrying
from .deps import Alerting

ACTOR = "stock-watch"


@dataclass(frozen=True, slots=True)
class _Measure:
    """A site's level, and what it was measured by."""

    level: StockLevel
    available: int
    low: int
    target_days: int

    @property
    def values(self) -> Row:
        return {"available": self.available, "low": self.low, "target_days": self.target_days}


def watch_levels(sku: str, deps: Alerting) -> int:
    """How many changes of level were told. Stock of drop shippers is not ours to plan.

    Whoever else tells of the SKU at the same time has told it: a second look finds the rest.
    """
    return retrying(lambda: _watch(sku, deps))


def _watch(sku: str, deps: Alerting) -> int:
    nodes = {node.id for node in deps.config.every_node() if node.kind != DROP_SHIPPER}
    items = deps.stock.as_stored(sku)
    positions, total = positions_of(items, nodes, deps.books, deps.now)
    if not positions:
        return 0
    product = deps.config.products([sku]).get(sku)
    alerts = product.alerts if product else StockAlerts()
    known = deps.levels.of_sku(sku)
    measured = _measures(positions, total, alerts)
    unwatched = {site: _Measure(lv.OK, 0, 0, 0) for site in known.levels if site not in measured}
    _follow_campaigns(sku, measured[NETWORK].level, alerts, known, deps)
    news = sum(
        _raise_alerts(sku, site, measure, known.levels.get(site), deps)
        for site, measure in sorted((measured | unwatched).items())
    )
    if total.mean and (alerts.low_stock is None or alerts.target_days):
        deps.paces.look_on(deps.now // SECONDS_A_DAY + 1, sku)
    return news


def _raise_alerts(sku: str, site: str, measure: _Measure, row: Row | None, deps: Alerting) -> int:
    before, version = (StockLevel(row["level"]), row["v"]) if row else (lv.OK, 0)
    steps = lv.steps(before, measure.level)
    if steps:
        _follow_cases(sku, site, measure, deps)
    for number, (event, level) in enumerate(steps):
        last = _last(event, before, deps)
        deps.levels.put_level(sku, site, level, last, measure.values, version + number)
    return len(steps)


def _follow_cases(sku: str, site: str, measure: _Measure, deps: Alerting) -> None:
    for level, kind in lv.CASES.items():
        if level == measure.level:
            content = {"reason": f"stock is {level}", "at": deps.now, "by": ACTOR}
            deps.cases.open_case(sku, site, kind, content | measure.values)
        else:
            note = f"stock is {measure.level}"
            content = {"note": note, "resolved_by": ACTOR, "resolved_at": deps.now}
            deps.cases.close_case(sku, site, kind, content)


def _follow_campaigns(
    sku: str, level: StockLevel, alerts: StockAlerts, known: KnownLevels, deps: Alerting
) -> None:
    row, running = known.campaign, CampaignStatus.RUNNING
    status, version = (CampaignStatus(row["status"]), row["v"]) if row else (running, 0)
    if step := lv.campaign_step(status, level, alerts):
        event, after = step
        last = _last(event, level, deps)
        deps.levels.put_campaign(sku, after, last, alerts.channels, version)


def _last(event: str, cause: str, deps: Alerting) -> Row:
    return {"k": event, "at": deps.now, "by": ACTOR, "cause": cause}


def _measures(
    positions: Sequence[Position], total: DailyDemand, alerts: StockAlerts
) -> dict[str, _Measure]:
    """The network's, and that of each watched node, be it without an item of the SKU."""
    available = sum(position.available for position in positions)
    point = planning.reorder(total, PlanningTerms(), available=available, incoming=0).reorder_point
    low = point if alerts.low_stock is None else alerts.low_stock
    found = {NETWORK: _measured(available, low, total, alerts.target_days)}
    at = {position.node: position for position in positions}
    for node, units in alerts.nodes.items():
        here = at.get(node, Position(node, 0, planning.demand_of({}, 1)))
        found[node] = _measured(here.available, units, here.demand, alerts.target_days)
    return found


def _measured(available: int, low: int, demand: DailyDemand, target_days: int) -> _Measure:
    return _Measure(lv.level(available, low, demand.mean, target_days), available, low, target_days)
