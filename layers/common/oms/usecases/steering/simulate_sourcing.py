"""What rules would decide for a basket with the stock there is now. Nothing is held."""

from __future__ import annotations

from ...domain.model.decision import SIMULATED, decision_record
from ...domain.model.rules import SourcingRules
from ...domain.orders.digital import plan_with_digital_part
from ...domain.promising.promise import promise_of
from ...domain.sourcing.source import source
from ...domain.steering.trial import (
    SimulatedSourcing,
    Trial,
    demand_of_trial,
    order_of_trial,
    with_components,
)
from ..sourcing.reading import Reading, products_with_components
from .deps import Steering
from .validate_rules import valid_rules


def simulate_sourcing(trial: Trial, *, deps: Steering) -> SimulatedSourcing:
    """Raises NotFound for an unknown channel or version, ValidationFailed for unknown SKUs and for
    a draft that is not valid.
    """
    config, now = deps.config, deps.now
    config.warm(trial.channel, (line.sku for line in trial.lines))
    channel = config.channel(trial.channel)
    rules = _rules(trial, trial.profile or channel.profile, deps)
    products = products_with_components([line.sku for line in trial.lines], config)
    trial = with_components(trial, products)
    order = order_of_trial(trial, channel, products, now)
    reading = Reading(deps.stock, config, channel, config.nodes(channel), now)
    network = reading.network(order.snapshot, consistent=False)
    demand = demand_of_trial(trial, order.demand(order.open, rules.most_parts))
    plan = source(demand, network, rules, config.services(), now)
    if digital := order.snapshot.digital(order.open):
        plan = plan_with_digital_part(plan, order.snapshot, digital, now, first_part=1)
    return SimulatedSourcing(
        decision_record(plan, 1, now, SIMULATED),
        promise_of(plan),
        order.snapshot.per_sku(plan.unfilled),
        channel.currency,
    )


def _rules(trial: Trial, profile: str, deps: Steering) -> SourcingRules:
    if trial.version:
        return valid_rules(deps.rules.version(profile, trial.version), deps)
    return deps.config.rules(profile)
