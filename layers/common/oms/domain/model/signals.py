"""Signals: what is known of (SKU, node) and of nodes beside stock, as the auditor and the lake tell
it. Criteria use them; what is absent or stale counts as 0, and the decision says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

At = tuple[str, str]  # SKU, node
_NONE: Mapping[At, int] = MappingProxyType({})
_FRESH: Mapping[str, str] = MappingProxyType({})
ABSENT, STALE = "ABSENT", "STALE"
SOLD, AGE, REJECTED = "sold", "age", "rejected"

SOLD_DAYS, WEEK, SECONDS_A_DAY = 28, 7, 86_400
HOLDS_S = 3600  # the auditor runs every five minutes
RATES_HOLD_S = 4 * 3600  # rates of rejection are computed every hour


class Pace(NamedTuple):
    """Of a SKU at a node, by its ledger: units sold in the 28 days until `until`, and the day on
    which the oldest unit came, 0 for none. Days are numbered since 1970.
    """

    sold: int
    since: int
    until: int


Lately = Mapping[str, Mapping[str, Pace]]  # SKU → node → pace


@dataclass(frozen=True, slots=True)
class Reports:
    """`folded_at`: when the auditor had last folded all that happened. `rejected`: node → permille
    of its parts that it gave back in 30 days, as of `rated_at`; None before it was ever computed.
    """

    folded_at: int = 0
    rated_at: int = 0
    rejected: Mapping[str, int] | None = None


NO_REPORTS = Reports()


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of (SKU, node) beside its stock; what is absent counts as 0.

    `sold`: units a week the node sells of it. `age`: days the oldest unit lies there. `markdown`:
    permille of the price that a markdown would take. `rejected`: node → permille of its parts that
    it gave back; None: nobody told, the node's configured rate counts. `states`: signal → STALE.
    `shadow`: worth of a unit to later orders in minor units (the dual price of its stock), None
    when there are no prices; `shadow_version` names them.
    """

    sold: Mapping[At, int] = field(default_factory=lambda: _NONE)
    age: Mapping[At, int] = field(default_factory=lambda: _NONE)
    markdown: Mapping[At, int] = field(default_factory=lambda: _NONE)
    rejected: Mapping[str, int] | None = None
    states: Mapping[str, str] = field(default_factory=lambda: _FRESH)
    shadow: Mapping[At, int] | None = None
    shadow_version: str = ""


NO_SIGNALS = Signals()


@dataclass(frozen=True, slots=True)
class Sold(Mapping[At, int]):
    """Units a week. Nothing was sold there since it was told, or it would have been told again: the
    28 days go on without sales.
    """

    lately: Lately
    today: int

    def __getitem__(self, at: At) -> int:
        pace = self.lately[at[0]][at[1]]
        left = SOLD_DAYS - min(SOLD_DAYS, max(0, self.today - pace.until))
        return pace.sold * left * WEEK // (SOLD_DAYS * SOLD_DAYS)

    def __iter__(self) -> Iterator[At]:
        return _places(self.lately)

    def __len__(self) -> int:
        return sum(map(len, self.lately.values()))


@dataclass(frozen=True, slots=True)
class Age(Mapping[At, int]):
    """Days since the oldest unit came."""

    lately: Lately
    today: int

    def __getitem__(self, at: At) -> int:
        since = self.lately[at[0]][at[1]].since
        return max(0, self.today - since) if since else 0

    def __iter__(self) -> Iterator[At]:
        return _places(self.lately)

    def __len__(self) -> int:
        return sum(map(len, self.lately.values()))


def _places(lately: Lately) -> Iterator[At]:
    return ((sku, node) for sku, nodes in lately.items() for node in nodes)
