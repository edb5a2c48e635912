"""Time-phased ATP: receipts and waiting demand by day, look-ahead, what is past due."""

from __future__ import annotations

from datetime import date

import pytest

from oms.domain.model.supply import Supply
from oms.domain.stock.availability import over_time
from oms.domain.stock.phased import phased_availability
from tests.fakes.networks import network, node

TODAY = date(2026, 6, 10)


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in table.strip().splitlines()]


def test_the_worked_example_keeps_what_a_later_demand_needs() -> None:
    supply, demand = [6, 4, 2, 4, 8, 4, 4, 4], [6, 2, 3, 6, 6, 1, 2, 2]
    assert over_time(supply, demand) == [0, 0, 0, 0, 1, 4, 6, 8]


# on hand | receipts: date=units@confidence    | waiting: date=units  | asked | served on
LOOKING = """
  0       | 06-15=5                            |                      | 5     | 2026-06-15
  0       | 06-15=5                            |                      | 6     |
  0       | 06-15=5 06-20=5                    |                      | 6     | 2026-06-20
  0       | 06-15=5@50                         |                      | 3     |
  0       | 06-15=5@50                         |                      | 2     | 2026-06-15
  0       | 06-15=5 06-20=5                    | 06-18=3              | 2     | 2026-06-15
  0       | 06-15=5 06-20=5                    | 06-18=3              | 3     | 2026-06-20
  0       | 06-15=5 06-20=5                    | 06-25=5              | 5     | 2026-06-15
  0       | 06-15=5 06-20=5                    | 06-25=5              | 6     |
  3       | 06-15=5                            | 06-18=3              | 5     | 2026-06-15
  0       | 06-15=5                            | 05-01=3              | 3     |
  0       | 06-15=5                            | =3                   | 2     | 2026-06-15
  0       | 06-08=5                            |                      | 5     | 2026-06-10
  0       | 06-01=5                            |                      | 5     |
"""


@pytest.mark.parametrize(("on_hand", "receipts", "waits", "asked", "served"), rows(LOOKING))
def test_the_first_day_on_which_it_can_be_had(on_hand, receipts, waits, asked, served) -> None:
    supplies = []
    for n, cell in enumerate(receipts.split()):
        day, _, rest = cell.partition("=")
        units, _, sure = rest.partition("@")
        supplies.append(Supply(f"po{n}", "A", "DC", int(units), f"2026-{day}", int(sure or 100)))
    dated = [cell.split("=") for cell in waits.split()]
    net = network(
        [node("DC")],
        f"DC: A{on_hand}",
        supplies=tuple(supplies),
        waiting={"A": sum(int(units) for _, units in dated)},
        wanted={("A", f"2026-{day}"): int(units) for day, units in dated if day},
    )
    found = phased_availability(net, "A", lambda _: "SHIP", TODAY).earliest(int(asked))
    assert (max(found.ready, TODAY.isoformat()) if found else "") == served


def test_receiving_days_of_a_supplier_count() -> None:
    supply = Supply("po", "A", "DC", 5, "2026-06-15", receive_days=2)
    ahead = phased_availability(
        network([node("DC")], "", supplies=(supply,)), "A", lambda _: "SHIP", TODAY
    )
    assert (ahead.until("2026-06-16"), ahead.until("2026-06-17")) == (0, 5)
