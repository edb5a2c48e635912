"""What the two sides come to, as rows of text with the verdict of which is better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .tally import ReplayTally

LESS, MORE = -1, 1  # what is better
NOTEWORTHY = 0.0005  # of the value: smaller differences are none


@dataclass(frozen=True, slots=True)
class Figure:
    """`better`: LESS or MORE; `share`: shown as a percentage, compared in points."""

    name: str
    of: Callable[[ReplayTally], float]
    better: int
    decimals: int = 2
    unit: str = ""
    share: bool = False

    def text(self, value: float) -> str:
        if self.share:
            return f"{value * 100:.1f} %"
        return f"{value:,.{self.decimals}f}{' ' + self.unit if self.unit else ''}"


@dataclass(frozen=True, slots=True)
class Row:
    """`verdict`: 1 the rules are better, -1 worse, 0 the same."""

    name: str
    happened: str
    rules: str
    change: str
    verdict: int


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


FIGURES = (
    Figure("Shipments per order", lambda t: _ratio(t.shipments, t.sent), LESS, 3),
    Figure("Orders that are split", lambda t: _ratio(t.split, t.sent), LESS, share=True),
    Figure("Cost per order", lambda t: _ratio(t.cost, t.sent) / 100, LESS),
    Figure("Distance per shipment", lambda t: _ratio(t.km, t.measured), LESS, 0, "km"),
    Figure("Promises kept", lambda t: _ratio(t.kept, t.promised), MORE, share=True),
    Figure("Orders not served in full", lambda t: float(t.short_orders), LESS, 0),
    Figure("Nodes at work", lambda t: float(len(t.load)), LESS, 0),
    Figure("Busiest day of any node", lambda t: float(max(t.peak.values(), default=0)), LESS, 0,
           "shipments"),
)  # fmt: skip


def rows(happened: ReplayTally, rules: ReplayTally) -> list[Row]:
    return [_row(figure, figure.of(happened), figure.of(rules)) for figure in FIGURES]


def _row(figure: Figure, happened: float, rules: float) -> Row:
    difference = rules - happened
    same = abs(difference) <= NOTEWORTHY * max(abs(happened), abs(rules))
    if same:
        change = "="
    elif figure.share:
        change = f"{difference * 100:+.1f} points"
    elif happened:
        change = f"{difference / happened * 100:+.1f} %"
    else:
        change = f"{difference:+,.{figure.decimals}f}"
    verdict = 0 if same else 1 if (difference > 0) == (figure.better == MORE) else -1
    return Row(figure.name, figure.text(happened), figure.text(rules), change, verdict)


def headline(happened: ReplayTally, rules: ReplayTally) -> str:
    """The one sentence that a merchant takes along."""
    by_name = {row.name: row for row in rows(happened, rules)}
    cost, split = by_name["Cost per order"], by_name["Orders that are split"]
    kept = by_name["Promises kept"]
    return (
        f"{rules.orders:,} orders sourced again: {cost.rules} per order instead of {cost.happened} "
        f"({cost.change}), {split.rules} of them split instead of {split.happened}, "
        f"{kept.rules} of the promises kept instead of {kept.happened}."
    )
