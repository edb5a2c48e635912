"""Picking, rejecting and packing: counts, scans, reasons, packages."""

from __future__ import annotations

from typing import Any

import pytest

from oms.domain.errors import IllegalTransition, ValidationFailed
from oms.domain.model import fulfilment as fo
from oms.domain.model import units
from oms.domain.model.fulfilment import Package
from oms.domain.model.product import Product
from tests.usecases.staff_floor import floor_with

ALL = ["SKU-001"] * 3 + ["SKU-002"] + ["SKU-003"] * 2


def test_short_units_leave_the_part_with_their_reason() -> None:
    with floor_with(fo.PICKING) as floor:
        part = floor.act("pick", picked={1: 2, 3: 0}, reasons={3: "DAMAGED"})
        assert {no: units.text(which) for no, which in part.lines.items()} == {1: "0-1", 2: "0"}
        assert {no: units.text(which) for no, which in part.short.items()} == {1: "2", 3: "0-1"}
        assert part.reasons == {1: "NOT_IN_STOCK", 3: "DAMAGED"}
        assert (floor.kinds()[-1], part.status) == ("pick", fo.PICKED)


def test_a_repeated_short_pick_is_the_same_pick() -> None:
    with floor_with(fo.PICKING) as floor:
        arguments: dict[str, Any] = {"picked": {1: 2, 3: 0}, "reasons": {3: "DAMAGED"}}
        assert floor.act("pick", **arguments) == floor.act("pick", **arguments)


def test_another_count_after_the_pick_is_another_pick_and_refused() -> None:
    with floor_with(fo.PICKING) as floor:
        floor.act("pick", picked={1: 2})
        for other in ({1: 1}, {}, {9: 1}):
            with pytest.raises(IllegalTransition):
                floor.act("pick", picked=other)


def test_nothing_found_at_all_is_a_rejection() -> None:
    with floor_with(fo.PICKING) as floor:
        nothing = {1: 0, 2: 0, 3: 0}
        part = floor.act("pick", picked=nothing, scans=())
        assert (part.status, floor.kinds()[-1]) == (fo.REJECTED, "reject")
        assert part.reasons == dict.fromkeys(nothing, "NOT_IN_STOCK")
        assert floor.act("pick", picked=nothing) == part


# picked | scans                        | the field that is wrong ("" when it is accepted)
SCANS = [
    ({}, ALL, ""),
    ({}, [*reversed(ALL)], ""),
    ({}, [*ALL[:-1], "4006381333931"], ""),
    ({1: 1}, ["SKU-001", *ALL[3:]], ""),
    ({3: 0}, ALL[:4], ""),
    ({}, ALL[1:], "/scans"),
    ({1: 2}, ALL, "/scans"),
    ({}, [*ALL, "SKU-001"], "/scans"),
    ({}, ["SKU-001", "SKU-009"], "/scans/1"),
    ({1: 4}, ALL, "/picked/1"),
    ({9: 1}, ALL, "/picked/9"),
]


@pytest.mark.parametrize(("picked", "scans", "wrong"), SCANS)
def test_scans_have_to_agree_with_the_counts(picked: Any, scans: Any, wrong: str) -> None:
    with floor_with(fo.PICKING) as floor:
        floor.config.put("PRODUCT#SKU-003", Product("SKU-003", "Tea", 500, barcode="4006381333931"))
        if not wrong:
            assert floor.act("pick", picked=picked, scans=scans).status == fo.PICKED
            return
        with pytest.raises(ValidationFailed) as refused:
            floor.act("pick", picked=picked, scans=scans)
        assert list(refused.value.fields) == [wrong]
        assert floor.part.status == fo.PICKING


def test_a_reason_for_a_line_of_another_part_is_refused() -> None:
    with floor_with(fo.PICKING) as floor, pytest.raises(ValidationFailed) as refused:
        floor.act("pick", picked={1: 2}, reasons={4: "DAMAGED"})
    assert list(refused.value.fields) == ["/reasons/4"]


def test_a_rejection_keeps_a_reason_for_every_line() -> None:
    with floor_with(fo.ASSIGNED) as floor:
        part = floor.act("reject", reasons={2: "DAMAGED"}, reason="NO_CAPACITY")
        assert part.reasons == {1: "NO_CAPACITY", 2: "DAMAGED", 3: "NO_CAPACITY"}
        assert floor.act("reject", reasons={2: "DAMAGED"}, reason="NO_CAPACITY") == part
        with pytest.raises(IllegalTransition):
            floor.act("reject", reasons={}, reason="NO_CAPACITY")


def test_without_packages_everything_is_in_one_of_the_products_weight() -> None:
    with floor_with(fo.PICKED) as floor:
        assert floor.act("pack").packages == (Package(1, 6 * 500),)


def test_packages_keep_their_weights_and_sizes() -> None:
    with floor_with(fo.PICKED) as floor:
        two = (Package(1, 1200, 300, 200, 100), Package(2, 800))
        assert floor.act("pack", packages=two).packages == two
        assert floor.act("pack", packages=two).packages == two
        with pytest.raises(IllegalTransition):
            floor.act("pack", packages=two[:1])


def test_unpacking_undoes_the_packages() -> None:
    with floor_with(fo.PACKED) as floor:
        assert floor.act("unpack").packages == ()
