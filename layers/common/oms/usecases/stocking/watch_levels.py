"""Look at how well a SKU is stocked, and tell what changed since it was last told.

    level of each site ─► its case opened, the others closed ─► the level's row: one event each
    level of the network ─► campaigns paused or resumed: one event

The level's row is written last and under its version: whoever dies before it does the rest again,
which changes nothing that was done; whoever comes second loses the race, and finds nothing to tell.

What is sold in a day is measured against, and falls without a movement: a SKU that was sold lately
is looked at again on the next day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...domain.model import stock_levels as lv
from ...domain.model.node import DROP_SHIPPER
from ...domain.model.stock_levels import NETWORK, StockAlerts
from ...domain.stock import planning
from ...domain.stock.ledger import SECONDS_A_DAY
from ...domain.stock.planning import DailyDemand, PlanningTerms, Position
from ...ports import ConfigReader
from ...ports.auditing import AuditBooks, Paces, StockCases
from ...ports.stock_levels import StockLevels, Told
from ...ports.stock_raw import RawStock
from ..retrying import retrying
from .positions import positions_of

ACTOR = "stock-watch"


@dataclass(frozen=True, slots=True)
class _Seen:
    """A site's level, and what it was measured by."""

    level: str
    available: int
    low: int
    target_days: int

    @property
    def measured(self) -> dict[str, int]:
        return {"available": self.available, "low": self.low, "target_days": self.target_days}


@dataclass(frozen=True, slots=True)
class Watcher:
    stock: RawStock
    books: AuditBooks
    paces: Paces
    config: ConfigReader
    levels: StockLevels
    cases: StockCases
    now: int

    def watch(self, sku: str) -> int:
        """How many changes of level were told. Stock of drop shippers is not ours to plan.

        Whoever else tells of the SKU at the same time has told it: a second look finds the rest.
        """
        return retrying(lambda: self._look(sku))

    def _look(self, sku: str) -> int:
        nodes = {node.id for node in self.config.every_node() if node.kind != DROP_SHIPPER}
        items = self.stock.as_stored(sku)
        positions, total = positions_of(items, nodes, books=self.books, now=self.now)
        if not positions:
            return 0
        product = self.config.products([sku]).get(sku)
        alerts = product.alerts if product else StockAlerts()
        told = self.levels.told(sku)
        seen = _seen(positions, total, alerts)
        unwatched = {site: _Seen(lv.OK, 0, 0, 0) for site in told.levels if site not in seen}
        self._campaigns(sku, seen[NETWORK].level, alerts, told)
        news = sum(
            self._tell(sku, site, found, told.levels.get(site))
            for site, found in sorted((seen | unwatched).items())
        )
        if total.mean and (alerts.low_stock is None or alerts.target_days):
            self.paces.look_on(self.now // SECONDS_A_DAY + 1, sku)
        return news

    def _tell(self, sku: str, site: str, found: _Seen, row: Mapping[str, Any] | None) -> int:
        before, version = (row["level"], row["v"]) if row else (lv.OK, 0)
        steps = lv.steps(before, found.level)
        if steps:
            self._cases(sku, site, found)
        for number, (event, level) in enumerate(steps):
            last = self._last(event, cause=before)
            self.levels.put_level(sku, site, level, last, found.measured, version + number)
        return len(steps)

    def _cases(self, sku: str, site: str, found: _Seen) -> None:
        for level, kind in lv.CASES.items():
            if level == found.level:
                content = {"reason": f"stock is {level}", "at": self.now, "by": ACTOR}
                self.cases.open_case(sku, site, kind, content | found.measured)
            else:
                note = f"stock is {found.level}"
                said = {"note": note, "resolved_by": ACTOR, "resolved_at": self.now}
                self.cases.close_case(sku, site, kind, said)

    def _campaigns(self, sku: str, level: str, alerts: StockAlerts, told: Told) -> None:
        row = told.campaign
        status, version = (row["status"], row["v"]) if row else (lv.RUNNING, 0)
        if step := lv.campaign_step(status, level, alerts):
            event, after = step
            last = self._last(event, cause=level)
            self.levels.put_campaign(sku, after, last, alerts.channels, version)

    def _last(self, event: str, *, cause: str) -> dict[str, Any]:
        return {"k": event, "at": self.now, "by": ACTOR, "cause": cause}


def _seen(
    positions: Sequence[Position], total: DailyDemand, alerts: StockAlerts
) -> dict[str, _Seen]:
    """The network's, and that of each watched node, be it without an item of the SKU."""
    available = sum(position.available for position in positions)
    point = planning.reorder(total, PlanningTerms(), available=available, incoming=0).reorder_point
    low = point if alerts.low_stock is None else alerts.low_stock
    found = {NETWORK: _measure(available, low, total, alerts.target_days)}
    at = {position.node: position for position in positions}
    for node, units in alerts.nodes.items():
        here = at.get(node, Position(node, 0, planning.demand_of({}, 1)))
        found[node] = _measure(here.available, units, here.demand, alerts.target_days)
    return found


def _measure(available: int, low: int, demand: DailyDemand, target_days: int) -> _Seen:
    return _Seen(lv.level(available, low, demand.mean, target_days), available, low, target_days)
