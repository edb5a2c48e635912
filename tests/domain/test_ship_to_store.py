"""Goods that travel to the customer's store first: when they are ready, and who sends them."""

from __future__ import annotations

import pytest

from oms.domain.model.demand import Demand
from oms.domain.model.network import Network
from oms.domain.model.plan import Plan
from oms.domain.model.rules import SourcingRules
from oms.domain.promising.promise import promise
from oms.domain.sourcing.source import bound_for, source
from tests.fakes.networks import BERLIN, HAMBURG, MON_SAT, at, demand, hours, network, node, service

NOW = at("2026-06-10T10:00+02:00")  # a Wednesday
CARRIERS = (service(days=1, price=400),)
TO_STORE = {"method": "PICKUP", "service": "ship_to_store", "node": "S"}


def wanted(text: str) -> Demand:
    return demand(text, country="", **TO_STORE)


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in table.strip().splitlines()]


def net(stock: str, **store) -> Network:
    nodes = [node("DC", HAMBURG, methods="SHIP"), node("S", BERLIN, **store), node("T", BERLIN)]
    return network(nodes, stock)


def plan(text: str, around: Network) -> Plan:
    return source(wanted(text), around, SourcingRules(), CARRIERS, NOW)


# receive days | store closed          | ordered                | leaves     | ready at the store
READY = """
  0            |                       | 2026-06-10T10:00+02:00 | 2026-06-10 | 2026-06-11T19:00:00+02:00
  1            |                       | 2026-06-10T10:00+02:00 | 2026-06-10 | 2026-06-12T10:00:00+02:00
  1            |                       | 2026-06-10T14:01+02:00 | 2026-06-11 | 2026-06-13T10:00:00+02:00
  2            |                       | 2026-06-11T10:00+02:00 | 2026-06-11 | 2026-06-15T10:00:00+02:00
  1            | 2026-06-11            | 2026-06-10T10:00+02:00 | 2026-06-10 | 2026-06-13T10:00:00+02:00
  1            | 2026-06-11 2026-06-12 | 2026-06-10T10:00+02:00 | 2026-06-10 | 2026-06-15T10:00:00+02:00
  1            |                       | 2026-12-31T15:00+01:00 | 2027-01-01 | 2027-01-05T10:00:00+01:00
"""


@pytest.mark.parametrize(("days", "closed", "ordered", "leaves", "ready"), rows(READY))
def test_it_is_carried_received_and_then_ready(days, closed, ordered, leaves, ready) -> None:
    shop = node(
        "S",
        open=hours(MON_SAT, "10:00-19:00"),
        receive_days=int(days),
        closures=frozenset(closed.split()),
    )
    around = network([node("DC"), shop], "DC: A1")
    asked = bound_for(wanted("A1"), around)
    found = promise(node("DC"), service(days=1), asked, at(ordered), network=around)
    assert found is not None
    assert (found.method, found.service) == ("PICKUP", "ship_to_store")
    assert (found.ship_by, found.ready_by, found.deliver_by) == (leaves, ready, "")


def test_what_the_store_has_is_not_sent_for() -> None:
    (part,) = plan("A1", net("DC: A9\nS: A1")).parts
    assert (part.node, part.to) == ("S", "")
    assert part.promise is not None
    assert part.promise.ready_by == "2026-06-10T11:00:00+02:00"


def test_what_the_store_lacks_comes_from_another_node() -> None:
    (part,) = plan("A1", net("DC: A9", receive_days=1)).parts
    assert (part.node, part.to) == ("DC", "S")
    assert part.promise is not None
    assert (part.promise.ship_by, part.promise.ready_by[:10]) == ("2026-06-10", "2026-06-12")


def test_a_store_and_a_transfer_serve_one_order_together() -> None:
    found = plan("A1 B1", net("DC: A9\nS: B1"))
    assert {(part.node, part.to) for part in found.parts} == {("DC", "S"), ("S", "")}
    assert not found.unfilled


def test_another_store_that_ships_may_send() -> None:
    (part,) = plan("A1", net("T: A1")).parts
    assert (part.node, part.to) == ("T", "S")


def test_nobody_sends_to_a_store_that_never_opens() -> None:
    assert not plan("A1", net("DC: A9", open={})).parts


def test_an_express_pickup_is_served_by_its_store_alone() -> None:
    express = demand("A1", method="PICKUP", node="S")
    assert not source(express, net("DC: A9"), SourcingRules(), CARRIERS, NOW).parts
