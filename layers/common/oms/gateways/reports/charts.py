"""Charts of the report as SVG text: what happened in grey, the rules in colour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from .tally import Tally

HAPPENED, RULES = "What happened", "With these rules"
COLOURS = ("#9aa5b1", "#2563eb")
INK, MUTED, LINE = "#334155", "#64748b", "#e2e8f0"
MOST_NODES = 15  # the busiest; more bars nobody reads
WIDTH, TOP, BAR, GAP = 720, 8, 16, 14  # pixels; the bars lie, so that names have room
LABELS, NUMBERS = 230, 70
LONGEST = 30  # characters of a name


def load(happened: Tally, rules: Tally, names: Mapping[str, str]) -> str:
    """Shipments of each node."""
    total = {
        node: happened.load.get(node, 0) + rules.load.get(node, 0)
        for node in {**happened.load, **rules.load}
    }
    busiest = sorted(total, key=lambda node: (-total[node], node))[:MOST_NODES]
    return _bars(
        [names.get(node, node) for node in busiest],
        [happened.load.get(node, 0) for node in busiest],
        [rules.load.get(node, 0) for node in busiest],
    )


def parts(happened: Tally, rules: Tally) -> str:
    """How many orders go out in one shipment, in two, …"""
    most = max([1, *happened.parts, *rules.parts])
    counts = range(1, most + 1)
    labels = [f"{n} shipment" if n == 1 else f"{n} shipments" for n in counts]
    return _bars(labels, [happened.parts[n] for n in counts], [rules.parts[n] for n in counts])


def _bars(labels: Sequence[str], left: Sequence[int], right: Sequence[int]) -> str:
    """Two bars for each label, both to the same scale, with their numbers."""
    most = max([1, *left, *right])
    step = 2 * BAR + GAP
    legend = TOP + step * len(labels)
    height = legend + 2 * BAR
    return "".join(
        [
            f'<svg viewBox="0 0 {WIDTH} {height}" role="img" font-family="system-ui, sans-serif" '
            f'font-size="13" fill="{INK}">',
            f'<path d="M{LABELS} 0V{legend - GAP // 2}" stroke="{LINE}"/>',
            *(
                _pair(label, pair, most, TOP + step * n)
                for n, (label, pair) in enumerate(
                    zip(labels, zip(left, right, strict=True), strict=True)
                )
            ),
            *_legend(legend),
            "</svg>",
        ]
    )


def _pair(label: str, pair: tuple[int, int], most: int, top: int) -> str:
    short = label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"
    room = WIDTH - LABELS - NUMBERS
    bars = "".join(
        f'<rect x="{LABELS}" y="{top + n * BAR}" width="{value * room // most}" height="{BAR - 2}" '
        f'fill="{colour}"/>'
        f'<text x="{LABELS + value * room // most + 6}" y="{top + n * BAR + 12}" font-size="12" '
        f'fill="{MUTED}">{value:,}</text>'
        for n, (value, colour) in enumerate(zip(pair, COLOURS, strict=True))
    )
    name = f'<text x="{LABELS - 10}" y="{top + BAR + 4}" text-anchor="end">{escape(short)}</text>'
    return name + bars


def _legend(top: int) -> Iterator[str]:
    for n, (name, colour) in enumerate(zip((HAPPENED, RULES), COLOURS, strict=True)):
        x = LABELS + n * 160
        yield f'<rect x="{x}" y="{top}" width="12" height="12" fill="{colour}"/>'
        yield f'<text x="{x + 18}" y="{top + 11}">{name}</text>'
