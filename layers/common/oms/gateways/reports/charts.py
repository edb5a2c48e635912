"""Charts of the report as SVG text: what happened in grey, the rules in colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .tally import ReplayTally

HAPPENED, RULES = "What happened", "With these rules"
COLOURS = ("#9aa5b1", "#2563eb")
FONT, SIZE = "Helvetica", 12
MOST_NODES = 15  # the busiest; more bars nobody reads
WIDTH, LABELS, NUMBERS = 720, 230, 70  # pixels; the bars lie, so that names have room
NEAR = 24  # pixels from a name to its bars: where Helvetica is missing, names are wider
PAIR, LEGEND = 46, 30  # pixels of height: of a label's two bars, of what the colours mean
LONGEST = 30  # characters of a name


def load(happened: ReplayTally, rules: ReplayTally, names: Mapping[str, str]) -> str:
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


def parts(happened: ReplayTally, rules: ReplayTally) -> str:
    """How many orders go out in one shipment, in two, …"""
    most = max([1, *happened.parts, *rules.parts])
    counts = range(1, most + 1)
    labels = [f"{n} shipment" if n == 1 else f"{n} shipments" for n in counts]
    return _bars(labels, [happened.parts[n] for n in counts], [rules.parts[n] for n in counts])


def _bars(labels: Sequence[str], left: Sequence[int], right: Sequence[int]) -> str:
    """Two bars for each label, both to the same scale, with their numbers."""
    from reportlab.graphics import renderSVG
    from reportlab.graphics.shapes import Drawing
    from reportlab.lib.colors import HexColor

    colours = [HexColor(colour) for colour in COLOURS]
    drawing = Drawing(WIDTH, PAIR * len(labels) + LEGEND)
    drawing.add(_chart(labels, [list(left), list(right)], colours))
    drawing.add(_legend(colours))
    svg = str(renderSVG.drawToString(drawing))
    for nothing in ("<title>...</title>", "<desc>...</desc>"):  # browsers show them as a tip
        svg = svg.replace(nothing, "")
    return svg[svg.index("<svg") :]


def _chart(labels: Sequence[str], data: list[list[int]], colours: Sequence[Any]) -> Any:
    from reportlab.graphics.charts.barcharts import HorizontalBarChart

    chart = HorizontalBarChart()
    chart.x, chart.width = LABELS, WIDTH - LABELS - NUMBERS
    chart.y, chart.height = LEGEND, PAIR * len(labels)
    chart.data, chart.reversePlotOrder = data, 1
    chart.groupSpacing, chart.barSpacing = 14, 2  # in parts of a bar's own width
    for n, colour in enumerate(colours):
        chart.bars[n].fillColor, chart.bars[n].strokeColor = colour, None
    chart.barLabelFormat, chart.barLabels.nudge = "{:,}".format, 8
    chart.barLabels.boxAnchor, chart.barLabels.textAnchor = "w", "start"
    chart.valueAxis.valueMin, chart.valueAxis.valueMax = 0, max([1, *data[0], *data[1]])
    chart.valueAxis.visible = 0
    names = chart.categoryAxis
    names.categoryNames = [_short(label) for label in labels]
    names.reverseDirection, names.visibleTicks, names.visibleAxis = 1, 0, 0
    names.labels.boxAnchor, names.labels.textAnchor = "e", "end"
    names.labels.dx, names.labels.dy = -NEAR, -4
    for text in (chart.barLabels, names.labels):
        text.fontName, text.fontSize = FONT, SIZE
    return chart


def _legend(colours: Sequence[Any]) -> Any:
    from reportlab.graphics.charts.legends import Legend

    legend = Legend()
    legend.x, legend.y, legend.alignment, legend.columnMaximum = LABELS, LEGEND - 10, "right", 1
    legend.fontName, legend.fontSize, legend.deltax = FONT, SIZE, 130
    legend.strokeColor = None
    legend.colorNamePairs = list(zip(colours, (HAPPENED, RULES), strict=True))
    return legend


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"
