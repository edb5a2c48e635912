"""Nothing waits in silence: executions that ended begin again, cases are one list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain.errors import NotFound, NotServed
from oms.domain.notifying.message_data import data_of
from oms.domain.notifying.messages import BACKORDERED, CustomerMessage
from oms.domain.timeline import Entry
from oms.stores.cases.store import CaseStore
from oms.stores.dynamo.table import Table
from oms.stores.stock.cases import StockCaseStore
from oms.usecases.casework.change_case import assign_case, close_case, note_case
from oms.usecases.casework.deps import Casework
from oms.usecases.casework.list_cases import CaseFilter, list_cases
from oms.usecases.executing.allocate_order import allocate_order
from oms.usecases.executing.deps import Executing
from oms.usecases.executing.park_execution import (
    park_execution,
    resume_executions,
    resume_parked,
)
from oms.usecases.sweeping.restart_ended import restart_ended
from tests.bundles import bundle
from tests.cloud import NOW, World, receive
from tests.fakes.networks import service
from tests.orders import PARIS, allocate, assigned, place


@pytest.fixture
def cases(world: World) -> CaseStore:
    return CaseStore(Table(world.client, "Orders"), Table(world.client, "Stock"))


@pytest.fixture
def deps(cases: CaseStore) -> Casework:
    return Casework(cases, NOW)


def both(world: World) -> str:
    """An order's case and one about stock; the order's id."""
    receive(world, "SKU-001", "dc-lille", 5)
    order_id = assigned(world, {"SKU-001": 2}).id
    world.orders.open_case(order_id, "SOURCING", 1, {"reason": "STRATEGY", "at": NOW - 50})
    stock = StockCaseStore(Table(world.client, "Stock"))
    stock.open_case("SKU-001", "dc-lille", "STOCK_SHORTAGE", {"at": NOW - 100, "short": 2})
    return order_id


def test_cases_about_orders_and_stock_are_one_list_the_oldest_first(
    world: World, deps: Casework
) -> None:
    order_id = both(world)
    world.orders.open_case(order_id, "PAYMENT", 1, {"reason": "NO_ANSWER", "at": NOW - 100})
    seen, start = [], None
    for _ in range(3):
        found, start = list_cases(CaseFilter(), limit=1, start=start, deps=deps)
        seen += [case["kind"] for case in found]
    assert (seen, start) == (["PAYMENT", "STOCK_SHORTAGE", "SOURCING"], None)


@pytest.mark.parametrize(
    ("wanted", "kinds"),
    [
        (CaseFilter(kind="SOURCING"), ["SOURCING"]),
        (CaseFilter(node="dc-lille"), ["STOCK_SHORTAGE"]),
        (CaseFilter(older_s=60), ["STOCK_SHORTAGE"]),
        (CaseFilter(owner="eve"), []),
        (CaseFilter("RESOLVED"), []),
    ],
)
def test_the_list_is_of_a_kind_a_node_an_owner_an_age(
    world: World, deps: Casework, wanted: CaseFilter, kinds: list[str]
) -> None:
    both(world)
    found, _ = list_cases(wanted, limit=10, start=None, deps=deps)
    assert [case["kind"] for case in found] == kinds


def test_a_person_takes_a_case_notes_and_closes_it(world: World, deps: Casework) -> None:
    both(world)
    for kind in ("SOURCING", "STOCK_SHORTAGE"):
        (case,), _ = list_cases(CaseFilter(kind=kind), limit=10, start=None, deps=deps)
        key = (case["pk"], case["sk"])
        for _ in range(2):
            assign_case(key, "eve", actor="bob", deps=deps)
            note_case(key, "asked the node", actor="eve", deps=deps)
        mine = CaseFilter("ASSIGNED", kind=kind, owner="eve")
        (held,), _ = list_cases(mine, limit=10, start=None, deps=deps)
        assert [note["text"] for note in held["notes"]] == ["asked the node"]
        for text in ("found them", "again"):
            closed = close_case(key, text, actor="eve", deps=deps)
            assert (closed["status"], closed["note"]) == ("RESOLVED", "found them")
        assert not list_cases(mine, limit=10, start=None, deps=deps)[0]
    with pytest.raises(NotFound):
        note_case(("O#X", "SNAPSHOT"), "x", actor="eve", deps=deps)


def test_a_parked_case_says_its_stage_and_closes_when_the_order_goes_on(
    world: World, deps: Casework, cases: CaseStore
) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    order_id = assigned(world, {"SKU-001": 2}).id
    executing = bundle(Executing, world)
    failed = {"stage": "Allocate", "error": {"Error": "x"}}
    park_execution(order_id, "ORDER", "parked", failed, executing)
    (case,) = world.orders.get(order_id).cases
    assert (case["stage"], case["status"]) == ("Allocate", "OPEN")
    assert resume_parked("Conclude", 0, None, cases, executing) == ([], None)
    assert resume_parked("Allocate", NOW + 1, None, cases, executing) == ([], None)
    for _ in range(2):
        assert resume_parked("Allocate", NOW, None, cases, executing) == ([order_id], None)
    assert world.workflows.resumed == {"parked": {"outcome": "RETRY"}}
    for _ in range(2):
        allocate_order(order_id, executing)
    (case,) = world.orders.get(order_id).cases
    assert case["status"] == "RESOLVED"


def test_an_execution_that_ended_unfinished_begins_again(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    order_id = assigned(world, {"SKU-001": 2}).id
    world.workflows.broken.add(f"order:{order_id}")
    done = [restart_ended(world.workflows, NOW) for _ in range(2)]
    assert [[each.event for each in found] for found in done] == [["restart"], []]
    world.workflows.broken.add(f"order:{order_id}")
    assert resume_executions(order_id, bundle(Executing, world)) == ["ORDER"]
    assert world.workflows.restarted == [f"order:{order_id}"] * 2


def test_what_nobody_expects_has_no_date_and_a_case_until_it_is_there(world: World) -> None:
    """A short pick that nobody else can make up for."""
    receive(world, "SKU-001", "dc-lille", 2)
    order = assigned(world, {"SKU-001": 2})
    waiting = {1: frozenset({1})}
    part = replace(order.parts[0], lines={1: frozenset({0})})
    world.orders.save_part(part, Entry(part.version + 1, "pick", NOW))
    state = replace(order.state, waiting=waiting)
    world.orders.save_state(order, state, Entry(state.version + 1, "backorder", NOW))
    for _ in range(2):
        allocate(world, order.id)
    order = world.orders.get(order.id)
    assert [(case["kind"], case["reason"]) for case in order.cases] == [("BACKORDER", "NO_SUPPLY")]
    channel = world.config.channel("web")
    told = data_of(order, CustomerMessage(BACKORDERED, 0), channel, None)
    assert "promise" not in told
    receive(world, "SKU-001", "dc-lille", 5, id="more")
    served = replace(order.state, waiting={})
    world.orders.save_state(order, served, Entry(served.version + 1, "route", NOW))
    allocate(world, order.id)
    assert [case["status"] for case in world.orders.get(order.id).cases] == ["RESOLVED"]


def test_where_no_carrier_goes_is_not_called_out_of_stock(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.config, "services", lambda: (service(zones="domestic"),))
    receive(world, "SKU-001", "dc-lille", 2)
    with pytest.raises(NotServed) as refused:
        place(world, {"SKU-001": 1}, ship_to=replace(PARIS, country="ES"))
    assert refused.value.extra["reason"] == "NO_CARRIER"
