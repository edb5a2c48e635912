"""Why an order went where it went, as data and as a sentence; and what would happen: trials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated

from pydantic import Field

from ..domain.limits.orders import MAX_LINES
from ..domain.limits.sourcing import MAX_NODES
from ..domain.model.decision import DecisionRecord
from ..domain.model.promise import Promise
from ..domain.sourcing import vocabulary
from ..domain.steering.sentence import sentence
from ..domain.steering.trial import SimulatedSourcing, Trial, TrialLine
from .availability import PromiseAnswer
from .fields import Country, Degrees, Identifier, Quantity, Sku, Text
from .parse import Contract, View
from .steering import Number

Names = Mapping[str, str]  # node id → its name


class GivenView(View):
    """What a node got by the decision; `part` is the number of its fulfilment order."""

    part: int
    node: str
    node_name: str
    units: int


class NodeView(View):
    """A node that was looked at: the fence it stopped at, or its values by criterion."""

    node: str
    node_name: str
    fence: str = Field(description='reason code, "" when it passed')
    why: str
    values: dict[str, int]


class CriterionView(View):
    name: str
    says: str
    unit: str


class DecisionView(View):
    """`lost_on` is the first comparison that the runner-up lost, `winner_value` and
    `runner_up_value` what was compared there. Big networks: the best candidates and the first
    nodes of each fence are listed, `not_listed` counts the others by reason code ("" passed).
    """

    number: int
    at: str = Field(description="ISO instant")
    cause: str = Field(description="PLACED, RESOURCED, ALLOCATED, MOVED, SIMULATED")
    sentence: str
    profile: str
    rules_version: int = Field(description="0: built in")
    strategy: str = Field(description="of the rules")
    how: str = Field(
        description="SINGLE, MIN_SPLIT, BEST_SUBSET, GREEDY, PICKUP, ALLOCATED, DIGITAL, NONE"
    )
    given: list[GivenView]
    unfilled: int = Field(description="units that no node got")
    digital: int = Field(description="units of digital lines, which need no node")
    after: str = Field(description="what the rules do with those")
    winner: list[str]
    runner_up: list[str]
    lost_on: str
    winner_value: int
    runner_up_value: int
    exact: bool
    bound: int
    prices: str = Field(description="version of the prices that looked ahead, if any")
    uncounted: dict[str, str] = Field(
        description="criterion → ABSENT or STALE, where what it compares was not known or too old"
    )
    criteria: list[CriterionView]
    candidates: int
    nodes: list[NodeView]
    not_listed: dict[str, int]


class DecisionsAnswer(View):
    """`promise_decision`: which of them made the promise, 0 when a channel made it."""

    order_id: str
    promise_decision: int
    decisions: list[DecisionView]


def decision_view(record: DecisionRecord, names: Names, currency: str) -> DecisionView:
    why = record.why

    def name(node: str) -> str:
        return names.get(node, node)

    return DecisionView(
        number=record.number,
        at=datetime.fromtimestamp(record.at, UTC).isoformat(),
        cause=record.cause,
        sentence=sentence(record, name, currency),
        profile=why.profile,
        rules_version=why.version,
        strategy=why.strategy,
        how=record.how,
        given=[
            GivenView(part=each.part, node=each.node, node_name=name(each.node), units=each.units)
            for each in record.given
        ],
        unfilled=record.unfilled,
        digital=record.digital,
        after=why.after,
        winner=list(why.winner),
        runner_up=list(why.runner_up),
        lost_on=why.lost_on,
        winner_value=why.winner_value,
        runner_up_value=why.runner_up_value,
        exact=why.exact,
        bound=why.bound,
        prices=why.shadow,
        uncounted=dict(why.uncounted),
        criteria=[_criterion(each) for each in record.criteria],
        candidates=record.candidates,
        nodes=_nodes(record, names),
        not_listed=_not_listed(record),
    )


def _criterion(name: str) -> CriterionView:
    measure = vocabulary.CRITERIA.get(name)
    if measure is None:
        return CriterionView(name=name, says=name, unit="")
    return CriterionView(name=name, says=measure.says, unit=measure.unit)


def _nodes(record: DecisionRecord, names: Names) -> list[NodeView]:
    passed = [
        NodeView(
            node=each.node,
            node_name=names.get(each.node, each.node),
            fence="",
            why="",
            values=dict(zip(record.criteria, each.values, strict=True)),
        )
        for each in record.weighed
    ]
    return passed + [
        NodeView(
            node=node,
            node_name=names.get(node, node),
            fence=code,
            why=vocabulary.WHY.get(code, code),
            values={},
        )
        for code, nodes in record.fenced.items()
        for node in nodes
    ]


def _not_listed(record: DecisionRecord) -> dict[str, int]:
    hidden = record.candidates - len(record.weighed)
    return {**({"": hidden} if hidden > 0 else {}), **record.uncounted}


def decisions_answer(
    order_id: str,
    promise: Promise | None,
    records: Sequence[DecisionRecord],
    names: Names,
    currency: str,
) -> DecisionsAnswer:
    return DecisionsAnswer(
        order_id=order_id,
        promise_decision=promise.decision if promise else 0,
        decisions=[decision_view(each, names, currency) for each in records],
    )


class SimulatedLine(Contract):
    """`excluded`: nodes that may not serve this line, as if they had given it back."""

    sku: Sku
    quantity: Quantity
    excluded: list[Identifier] = Field(default_factory=list, max_length=MAX_NODES)


class SimulateBody(Contract):
    """A basket. `version`: of the rules of `profile`, a draft too; the active one unless said.

    `attempt`: which sourcing round it would be, 1 unless said.
    """

    channel: Identifier
    lines: Annotated[list[SimulatedLine], Field(min_length=1, max_length=MAX_LINES)]
    country: Country
    postal_code: Text = ""
    lat: Degrees = ""
    lon: Degrees = ""
    method: Annotated[str, Field(pattern="^(SHIP|PICKUP)$")] = "SHIP"
    service: Identifier = "standard"
    node: Identifier | None = None
    profile: Identifier | None = None
    version: Number | None = None
    attempt: Annotated[int, Field(ge=1, le=99)] = 1
    tier: Text = ""

    def to_domain(self) -> Trial:
        return Trial(
            channel=self.channel,
            lines=tuple(
                TrialLine(line.sku, line.quantity, frozenset(line.excluded)) for line in self.lines
            ),
            country=self.country,
            postal_code=self.postal_code,
            lat=self.lat,
            lon=self.lon,
            method=self.method,
            service=self.service,
            node=self.node or "",
            profile=self.profile or "",
            version=self.version or 0,
            attempt=self.attempt,
            tier=self.tier,
        )


class SimulatedAnswer(View):
    """What the rules would decide now; nothing was held."""

    decision: DecisionView
    promise: PromiseAnswer | None
    missing: dict[str, int] = Field(description="SKU → units that no node could serve")

    @classmethod
    def of(cls, found: SimulatedSourcing, names: Names) -> SimulatedAnswer:
        return cls(
            decision=decision_view(found.record, names, found.currency),
            promise=PromiseAnswer.of(found.promise) if found.promise else None,
            missing=dict(found.missing),
        )
