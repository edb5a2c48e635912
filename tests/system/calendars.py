"""Days of nodes and carriers counted by hand, to compare promises with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from local.seed.carriers import TARIFF
from local.seed.network import NODES
from oms.domain.model.node import Node
from oms.gateways.holidays import holiday_dates

BY_ID = {node.id: node for node in NODES}


def is_holiday(calendar: str, day: date) -> bool:
    return day.isoformat() in holiday_dates(calendar, (day.year,))


def works(node: Node, day: date) -> bool:
    return bool(node.hours.get(day.weekday())) and not is_holiday(node.holidays, day)


def following(day: date, fits: Callable[[date], bool]) -> date:
    """The next day after `day` that fits."""
    while not fits(day := day + timedelta(days=1)):
        pass
    return day


def on_or_after(day: date, fits: Callable[[date], bool]) -> date:
    return day if fits(day) else following(day, fits)


def delivery(node_id: str, service: str, country: str, at: datetime) -> tuple[date, date]:
    """When an order of this moment is shipped by the node and delivered: cut-off, preparation,
    the carrier's collection, its transit, its delivery days.
    """
    node, terms = BY_ID[node_id], TARIFF["services"][service]
    local = at.astimezone(ZoneInfo(node.timezone))
    day = local.date() + timedelta(days=local.strftime("%H:%M:%S") > f"{node.cutoff}:00")
    day = on_or_after(day, lambda d: works(node, d))
    for _ in range(node.prep_days):
        day = following(day, lambda d: works(node, d))
    collected = node.pickup_weekdays & set(terms["pickup_weekdays"])
    shipped = on_or_after(day, lambda d: d.weekday() in collected and works(node, d))
    day = shipped
    domestic = node.address.country == country
    for _ in range(terms["zones"]["domestic" if domestic else "region"]["transit_days"]):
        day = following(
            day,
            lambda d: (
                d.weekday() in terms["pickup_weekdays"]
                and not is_holiday(node.holidays, d)
                and not is_holiday(country, d)
            ),
        )
    delivered = on_or_after(
        day, lambda d: d.weekday() in terms["delivery_weekdays"] and not is_holiday(country, d)
    )
    return shipped, delivered
