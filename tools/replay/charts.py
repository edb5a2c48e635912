"""Charts of the report as SVG text: what happened in grey, the rules in colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tools.replay.tally import Tally

HAPPENED, RULES = "What happened", "With these rules"
COLOURS = ("#9aa5b1", "#2563eb")
FLAT_LABELS = 4  # more are turned, to have room
MOST_NODES = 15  # the busiest; more bars nobody reads

LOOK = {
    "background": "transparent",
    "plot_background": "transparent",
    "colors": COLOURS,
    "font_family": "system-ui, sans-serif",
    "foreground": "#334155",
    "foreground_strong": "#0f172a",
    "foreground_subtle": "#cbd5e1",
    "label_font_size": 13,
    "legend_font_size": 13,
    "value_font_size": 12,
    "value_colors": ("#475569", "#1e3a8a"),
    "opacity": 1,
    "opacity_hover": 1,
    "guide_stroke_color": "#e2e8f0",
    "major_guide_stroke_color": "#e2e8f0",
    "guide_stroke_dasharray": "1,0",
    "major_guide_stroke_dasharray": "1,0",
}


def load(happened: Tally, rules: Tally, names: Mapping[str, str]) -> str:
    """Shipments of each node."""
    total = {
        node: happened.load.get(node, 0) + rules.load.get(node, 0)
        for node in {**happened.load, **rules.load}
    }
    busiest = sorted(total, key=lambda node: (-total[node], node))[:MOST_NODES]
    labels = [names.get(node, node) for node in busiest]
    return _bars(
        labels,
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
    import pygal
    from pygal.style import Style

    chart = pygal.Bar(
        style=Style(**LOOK),
        js=[],
        disable_xml_declaration=True,
        width=720,
        height=340,
        legend_at_bottom=True,
        print_values=True,
        print_values_position="top",
        truncate_label=-1,
        value_formatter=lambda value: f"{value:,.0f}",
        y_labels_major_every=1,
        x_label_rotation=25 if len(labels) > FLAT_LABELS else 0,
        margin=12,
    )
    chart.x_labels = list(labels)
    chart.add(HAPPENED, list(left))
    chart.add(RULES, list(right))
    return str(chart.render(is_unicode=True))
