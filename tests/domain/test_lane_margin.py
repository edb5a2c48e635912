"""The margin of a lane that is late too often, as text tables beside the worked example."""

from __future__ import annotations

import pytest

from oms.domain.model.network import Network
from oms.domain.promising.promise import overall, promise
from tests.fakes.networks import at, demand, node, service

NOW = at("2026-06-10T10:00+02:00")
CHRISTMAS = Network((), {}, holidays={"DE": frozenset({"2026-12-25"})})


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in table.strip().splitlines()]


# ordered                | margin | of lane   | arrives
MARGINS = """
  2026-12-23T13:59+01:00 | 0      | DE-DE     | 2026-12-24
  2026-12-23T13:59+01:00 | 1      | DE-DE     | 2026-12-28
  2026-12-23T13:59+01:00 | 2      | DE-DE     | 2026-12-29
  2026-12-23T13:59+01:00 | 1      | DE-FR     | 2026-12-24
  2026-12-23T14:01+01:00 | 1      | DE-DE     | 2026-12-29
"""


@pytest.mark.parametrize(("ordered", "margin", "lane", "arrives"), rows(MARGINS))
def test_a_lane_that_is_late_too_often_is_promised_later(ordered, margin, lane, arrives) -> None:
    """By working days of the carrier: the margin does not end on a holiday or a Sunday."""
    carrier = service(days=1, margins={lane: int(margin)})
    found = promise(
        node("DC", holidays="DE"), carrier, demand("A1"), at(ordered), network=CHRISTMAS
    )
    assert found is not None
    says = int(margin) if lane == "DE-DE" else 0
    assert (found.deliver_by, found.margin_days) == (arrives, says)


def test_a_named_day_is_left_for_earlier_where_its_lane_is_late_too_often() -> None:
    asked = demand("A1", service="named_day", day="2026-06-18")
    plain = promise(node("N"), service(days=1), asked, NOW)
    careful = promise(node("N"), service(days=1, margins={"DE-DE": 1}), asked, NOW)
    assert plain is not None
    assert careful is not None
    assert (plain.ship_by, careful.ship_by) == ("2026-06-17", "2026-06-16")
    assert (plain.deliver_by, careful.deliver_by) == ("2026-06-18", "2026-06-18")


def test_goods_that_are_carried_to_a_store_take_the_margin_too() -> None:
    store = node("S", receive_days=1)
    asked = demand("A1", method="PICKUP", service="ship_to_store", node="S")
    around = Network((node("DC"), store), {})
    from oms.domain.sourcing.source import bound_for

    bound = bound_for(asked, around)
    plain = promise(node("DC"), service(days=1), bound, NOW, network=around)
    careful = promise(node("DC"), service(days=1, margins={"DE-DE": 1}), bound, NOW, network=around)
    assert plain is not None
    assert careful is not None
    assert (plain.ready_by[:10], careful.ready_by[:10]) == ("2026-06-12", "2026-06-15")
    assert (plain.margin_days, careful.margin_days) == (0, 1)
    both = overall([plain, careful])
    assert both is not None
    assert both.margin_days == 1
