"""What is booked beside a claim says which part it was for: the ledger has a cause for each line."""

from __future__ import annotations

import pytest

from oms.domain.model.stock_item import Movement, StockItem
from oms.domain.stock import movements

CLAIM, SKU, NODE = "ORDER1.2", "SKU-1", "n"
SHORT = Movement("s", "SHORT_NOT_IN_STOCK", SKU, NODE, 1, claim=CLAIM, actor="ann")


@pytest.mark.parametrize(
    "movement",
    [
        movements.first_of(CLAIM, SKU, NODE),
        movements.arrive(CLAIM, SKU, NODE, 1),
        movements.late_ship(CLAIM, SKU, NODE, 1),
        movements.empty_shelf(SHORT, StockItem(SKU, NODE, on_hand=3)),
    ],
    ids=lambda movement: movement.kind,
)
def test_it_names_the_part_and_who_did_it(movement: Movement) -> None:
    assert movement.because == "order:ORDER1/2"
    assert movement.actor


def test_an_empty_shelf_is_told_by_whom_picked() -> None:
    assert movements.empty_shelf(SHORT, StockItem(SKU, NODE, on_hand=3)).actor == "ann"
