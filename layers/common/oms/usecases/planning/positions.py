"""What each node has of a SKU and sells of it in a day, by its ledger's last four weeks."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ...domain.model.stock_item import StockItem
from ...domain.stock import planning
from ...domain.stock.ledger import DEMAND_DAYS, SECONDS_A_DAY
from ...domain.stock.planning import DailyDemand, Position
from ...ports.auditing import AuditBooks


def positions_of(
    items: Iterable[StockItem], nodes: Collection[str], books: AuditBooks, now: int
) -> tuple[list[Position], DailyDemand]:
    """Of items at these nodes, and the demand of all of them together."""
    today = now // SECONDS_A_DAY
    positions, shipped = [], dict[int, int]()
    for item in items:
        if item.node not in nodes:
            continue
        recent = {
            day: units
            for day, units in books.ledger(item.sku, item.node).shipped.items()
            if day > today - DEMAND_DAYS
        }
        for day, units in recent.items():
            shipped[day] = shipped.get(day, 0) + units
        demand = planning.demand_of(recent, DEMAND_DAYS)
        positions.append(Position(item.node, item.available, demand))
    return positions, planning.demand_of(shipped, DEMAND_DAYS)
