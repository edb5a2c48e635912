"""Which orders a strategy is for, and what happens with what it leaves unfilled."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ..model.demand import Demand
from ..model.plan import Plan
from ..model.strategy import Strategy, When


def applies(when: When, demand: Demand, now: int) -> bool:
    return (
        _one_of(when.channels, demand.channel)
        and _one_of(when.countries, demand.country)
        and _one_of(when.methods, demand.method)
        and _one_of(when.services, demand.service)
        and _one_of(when.tiers, demand.tier)
        and any(_one_of(when.categories, line.category) for line in demand.lines)
        and when.value_from <= demand.value
        and (not when.value_below or demand.value < when.value_below)
        and (not when.promise_within_days or _promised(demand, now, when.promise_within_days))
        and when.attempt_from <= demand.attempt
        and (not when.attempt_to or demand.attempt <= when.attempt_to)
    )


def after_action(plan: Plan, strategy: Strategy) -> str:
    """The after-action, "" for a plan that leaves nothing unfilled."""
    if not plan.unfilled:
        return ""
    return strategy.on_partial if plan.parts else strategy.on_none


def _one_of(names: tuple[str, ...], name: str) -> bool:
    return not names or name in names


def _promised(demand: Demand, now: int, days: int) -> bool:
    """For at most so many days from today; what is promised for no day is not."""
    if not demand.promised:
        return False
    today = datetime.fromtimestamp(now, UTC).date()
    return (date.fromisoformat(demand.promised) - today).days <= days
