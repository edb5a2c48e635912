"""The model of a flash sale: whatever goes wrong, as many are sold as there were."""

from __future__ import annotations

import pytest

from benchmarks import flash, hot


@pytest.mark.parametrize("seed", range(4))
def test_each_unit_is_sold_once_though_one_in_five_dies(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flash, "CRASHES", 0.2)
    monkeypatch.setattr(hot, "DUPLICATES", 0.2)
    monkeypatch.setattr(hot, "LOST_REPLIES", 0.2)
    found = hot.sale(300, 1, seed=seed, per_s=1_000)
    assert len(found.orders) == 300
    assert (hot.oversold(found), hot.lost(found)) == (0, 0)


def test_who_is_refused_in_a_rush_costs_hardly_any_writes() -> None:
    found = hot.sale(300, 1, per_s=3_000)
    stock_units = sum(found.cloud.written[kind] for kind in hot.STOCK_KINDS)
    refused = len(found.arrived) - len(found.orders)
    assert refused > 2_500
    assert stock_units - len(found.orders) < refused / 5
