"""The days on which one node ships with one carrier service, and when what it ships arrives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..model import calendar
from ..model.calendar import (
    ONE_DAY,
    Holidays,
    WorkingTime,
    first_day,
    nth_day_after,
    nth_day_before,
)
from ..model.carriage import CarrierService, delivers, delivery_day, margin_days


@dataclass(frozen=True, slots=True)
class Lane:
    """From a node to a country."""

    work: WorkingTime
    service: CarrierService
    country: str
    holidays: Holidays

    def collects(self, day: date) -> bool:
        """The node works and the carrier comes."""
        weekday, node = day.weekday(), self.work.node
        comes = weekday in node.pickup_weekdays and weekday in self.service.pickup_weekdays
        return comes and self.work.works_on(day)

    def ship_day(self, start: date) -> date | None:
        """Prepared from `start` on, handed over on a day of collection."""
        ready = nth_day_after(start, self.work.node.prep_days, self.work.works_on)
        return first_day(ready, self.collects) if ready else None

    def delivered(self, shipped: date) -> date | None:
        return delivery_day(self.service, self.work.node, self.country, shipped, self.holidays)

    @property
    def margin_days(self) -> int:
        """Of what `delivered` says."""
        return margin_days(self.service, self.work.node.address.country, self.country)

    def latest(self, delivered: date) -> date | None:
        """The last day of the window that begins on `delivered`."""
        rest_days = self.holidays.get(self.country, calendar.NO_DATES)
        return nth_day_after(
            delivered,
            self.service.spread_days,
            lambda day: delivers(self.service, day, rest_days),
        )

    def ship_day_for(self, day: date, earliest: date) -> date | None:
        """The last day of collection, not before `earliest`, of which the parcel arrives on `day`.

        What ships later never arrives earlier, so the search ends where it arrives too early.
        """
        shipped = day
        while shipped >= earliest:
            if self.collects(shipped):
                arrives = self.delivered(shipped)
                if arrives == day:
                    return shipped
                if arrives and arrives < day:
                    return None
            shipped -= ONE_DAY
        return None

    def start_for(self, shipped: date) -> date:
        """The last day on which work may begin that is to be handed over on `shipped`."""
        return nth_day_before(shipped, self.work.node.prep_days, self.work.works_on)

    def order_by(self, start: date) -> str:
        """The cut-off of the day work begins, as a local instant."""
        return calendar.iso(self.work.cutoff(start), self.work.node.timezone)
