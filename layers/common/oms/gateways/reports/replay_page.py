"""The report: one HTML file that needs nothing else, to be opened and sent around."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from html import escape

from ...domain.model.rules import SourcingRules
from ...domain.replaying.history import ReplayHistory
from ...domain.replaying.replay import Both, ReplayedOrder
from ...ports.replaying import ReplayReport
from . import charts
from .compare import PRICED, ReplayComparison, compare, cost_of
from .figures import headline, rows

STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.55 system-ui, sans-serif; color: #0f172a; background: #f8fafc; margin: 0; }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1 { font-size: 1.9rem; margin: 0 0 .3rem; }
h2 { font-size: 1.2rem; margin: 2.4rem 0 .6rem; }
p.sub { color: #64748b; margin: 0; }
p.lead { font-size: 1.15rem; background: #fff; border-left: 4px solid #2563eb;
  padding: .9rem 1.2rem; }
table { border-collapse: collapse; width: 100%; background: #fff; }
th, td { text-align: right; padding: .5rem .8rem; border-bottom: 1px solid #e2e8f0; }
th:first-child, td:first-child { text-align: left; }
th { color: #64748b; font-weight: 600; font-size: .85rem; }
.good { color: #15803d; font-weight: 600; } .bad { color: #b91c1c; font-weight: 600; }
.same { color: #64748b; }
figure { margin: 0; background: #fff; padding: .5rem; } figure svg { width: 100%; height: auto; }
table.orders td:nth-child(2), table.orders td:nth-child(3), table.orders th:nth-child(2),
table.orders th:nth-child(3) { text-align: left; }
.note { color: #64748b; font-size: .9rem; }
"""
MAX_NODES_LISTED = 1_000
VERDICT = {1: "good", -1: "bad", 0: "same"}
Names = Mapping[str, str]


def report(
    history: ReplayHistory,
    rules: SourcingRules,
    title: str,
    names: Names,
    *,
    done: Callable[[int], None],
    more: Callable[[], bool],
) -> ReplayReport:
    """The page, and what it says as plain data."""
    found = compare(history, rules, done, more)
    figures = [asdict(row) for row in rows(found.happened, found.rules)]
    load = {
        node: [found.happened.load.get(node, 0), found.rules.load.get(node, 0)]
        for node in sorted({**found.happened.load, **found.rules.load})[:MAX_NODES_LISTED]
    }
    result = {
        "headline": headline(found.happened, found.rules),
        "orders": found.rules.orders,
        "moved": found.moved,
        "cut": found.cut,
        "figures": figures,
        "load": load,
    }
    return ReplayReport(page(found, title, names, stocked=history.stocked), result)


def page(found: ReplayComparison, title: str, names: Names, *, stocked: bool) -> str:
    """`title` says which rules; `stocked`: whether stock was known."""
    return "\n".join(_lines(found, title, names, stocked))


def _lines(found: ReplayComparison, title: str, names: Names, stocked: bool) -> Iterator[str]:
    yield "<!doctype html>"
    yield f'<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<style>{STYLE}</style></head><body><main>"
    yield f"<h1>{escape(title)}</h1>"
    yield (
        f'<p class="sub">{found.rules.orders:,} orders from {_day(found.first)} to '
        f"{_day(found.last)}; {found.moved:,} of them would go elsewhere.</p>"
    )
    if found.cut:
        yield f'<p class="sub">There was no time for the last {found.cut:,} orders.</p>'
    yield f'<p class="lead">{escape(headline(found.happened, found.rules))}</p>'
    yield from _figures(found)
    yield "<h2>Shipments by node</h2>"
    yield f"<figure>{charts.load(found.happened, found.rules, names)}</figure>"
    yield "<h2>Shipments of an order</h2>"
    yield f"<figure>{charts.parts(found.happened, found.rules)}</figure>"
    yield from _changed(found, names)
    yield f'<h2>How to read this</h2><p class="note">{_how(found, stocked)}</p>'
    yield "</main></body></html>"


def _figures(found: ReplayComparison) -> Iterator[str]:
    yield "<h2>Side by side</h2><table><thead><tr><th></th>"
    yield f"<th>{charts.HAPPENED}</th><th>{charts.RULES}</th><th>Change</th></tr></thead><tbody>"
    for row in rows(found.happened, found.rules):
        yield (
            f"<tr><td>{escape(row.name)}</td><td>{escape(row.happened)}</td>"
            f"<td>{escape(row.rules)}</td>"
            f'<td class="{VERDICT[row.verdict]}">{escape(row.change)}</td></tr>'
        )
    yield "</tbody></table>"


def _changed(found: ReplayComparison, names: Names) -> Iterator[str]:
    if not found.changed:
        return
    yield '<h2>Orders that change most</h2><table class="orders"><thead><tr><th>Order</th>'
    yield f"<th>{charts.HAPPENED}</th><th>{charts.RULES}</th><th>Cost</th></tr></thead><tbody>"
    for both in found.changed:
        yield _order(both, names)
    yield "</tbody></table>"


def _order(both: Both, names: Names) -> str:
    was, would_be = both
    difference = (cost_of(would_be) - cost_of(was)) / 100
    verdict = VERDICT[(difference < 0) - (difference > 0)]
    return (
        f"<tr><td>{escape(was.order.id)}</td><td>{escape(_went(was, names))}</td>"
        f"<td>{escape(_went(would_be, names))}</td>"
        f'<td class="{verdict}">{difference:+.2f}</td></tr>'
    )


def _went(outcome: ReplayedOrder, names: Names) -> str:
    shipped = [f"{names.get(each.node, each.node)} {each.units}" for each in outcome.shipments]
    missing = [f"{outcome.missing} not served"] if outcome.missing else []
    return ", ".join([*shipped, *missing]) or "nothing"


def _how(found: ReplayComparison, stocked: bool) -> str:
    stock = (
        "The rules start from the stock of that time and use it up order by order; deliveries, "
        "counts and corrections come in when they came in."
        if stocked
        else "<strong>The history has no stock, so every node is taken to have everything.</strong>"
    )
    return (
        f"{stock} {_prices(found)}"
        "Both sides are priced with the same tariff (handling of the node and carriage), "
        "today's nodes, hours and carriers, and distances as the crow flies. A promise counts as "
        "kept when the order is, or would be, complete by the day the customer was told; what "
        "has not arrived yet counts by the day it is due. Nodes that refuse an order are not "
        "foreseen by the replay; what nodes sell, how old their stock is and how often they give "
        "parts back is taken as it is known today."
    )


def _prices(found: ReplayComparison) -> str:
    """Whether scarcity was counted, where the rules ask for it."""
    asked = sum(found.shadows.values())
    if not asked:
        return ""
    priced = found.shadows[PRICED]
    return (
        f"Scarcity prices, as published at the time, counted in {priced:,} of {asked:,} decisions "
        "that ask for them; in the others plain cost did. "
    )


def _day(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()
