"""What moving parts, opening nodes and the sweep work with."""

from __future__ import annotations

from .. import wiring
from ..usecases.outages.deps import Outages
from ..usecases.rerouting.deps import Rerouting
from ..usecases.sweeping.deps import Sweeping


def rerouting() -> Rerouting:
    made = wiring.live()
    return Rerouting(orders=made.orders, stock=made.stock, config=made.config, now=made.now())


def outages() -> Outages:
    made = wiring.live()
    return Outages(nodes=made.nodes, orders=made.orders, config=made.config, now=made.now())


def sweeping() -> Sweeping:
    made = wiring.live()
    return Sweeping(
        orders=made.orders,
        stock=made.stock,
        config=made.config,
        outages=outages(),
        rerouting=rerouting(),
        now=made.now(),
    )
