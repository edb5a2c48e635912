"""Sourcing: what holds of any plan, whatever the stock, the order and the rules."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from oms.domain.model.demand import Demand
from oms.domain.model.network import Network
from oms.domain.model.plan import Plan
from oms.domain.model.rules import SourcingRules
from oms.domain.model.strategy import AFTER, COMPLETE, MINIMISE, SPLITS, Criterion, Limits, Strategy
from oms.domain.sourcing.source import source
from oms.domain.stock.availability import at_node
from tests.fakes.networks import (
    BERLIN,
    HAMBURG,
    MUNICH,
    POTSDAM,
    at,
    demand,
    network,
    node,
    service,
)

NOW = at("2026-06-10T10:00+02:00")
CARRIERS = (service(price=400),)
SKUS, NODES = "ABC", ("N1", "N2", "N3", "N4")
PLACES = dict(zip(NODES, (BERLIN, POTSDAM, HAMBURG, MUNICH), strict=True))
STOCKS = st.fixed_dictionaries({key: st.integers(-1, 4) for key in product(SKUS, NODES)})
ORDERS = st.lists(st.tuples(st.sampled_from(SKUS), st.integers(1, 4)), min_size=1, max_size=4)
EXCLUDED = st.dictionaries(
    st.integers(1, 4), st.frozensets(st.sampled_from(NODES), max_size=2), max_size=2
)


def plan(wanted: Demand, net: Network, rules: SourcingRules) -> Plan:
    return source(wanted, net, rules, CARRIERS, NOW)


def given_world(stock, order, excluded, safety) -> tuple[Network, Demand]:
    nodes = [node(id, PLACES[id], safety=safety) for id in NODES]
    rows = "\n".join(f"{id}: {sku}{held}" for (sku, id), held in stock.items())
    wanted = demand(" ".join(f"{sku}{count}" for sku, count in order), excluded=excluded)
    return network(nodes, rows), wanted


@given(STOCKS, ORDERS, EXCLUDED, st.integers(0, 2), st.booleans(), st.integers(1, 4))
def test_nothing_is_lost_and_no_node_gives_more_than_it_has(
    stock, order, excluded, safety, split_lines, max_parts
) -> None:
    net, wanted = given_world(stock, order, excluded, safety)
    rules = SourcingRules(split_lines=split_lines, max_parts=max_parts)
    found = plan(wanted, net, rules)
    assert found == plan(wanted, net, rules)
    assert len(found.parts) <= max_parts
    for line in wanted.lines:
        held = [part.lines[line.line] for part in found.parts if line.line in part.lines]
        held.append(found.unfilled.get(line.line, frozenset()))
        assert sorted(unit for some in held for unit in some) == sorted(line.units)
        assert split_lines or len([some for some in held if some]) == 1
    sku_of = {line.line: line.sku for line in wanted.lines}
    for place, sku in product(net.nodes, SKUS):
        taken = sum(
            len(which)
            for part in found.parts
            for no, which in part.lines.items()
            if (part.node, sku_of[no]) == (place.id, sku)
        )
        assert taken <= at_node(net, place, sku, "SHIP")


@given(STOCKS, ORDERS, EXCLUDED, st.integers(0, 2), st.booleans())
def test_one_node_is_enough_whenever_one_has_it_all(
    stock, order, excluded, safety, split_lines
) -> None:
    net, wanted = given_world(stock, order, excluded, safety)
    found = plan(wanted, net, SourcingRules(split_lines=split_lines))
    need = {sku: sum(count for own, count in order if own == sku) for sku in SKUS}
    alone = [
        place.id
        for place in net.nodes
        if all(at_node(net, place, sku, "SHIP") >= need[sku] for sku in SKUS)
        and not any(place.id in line.excluded for line in wanted.lines)
    ]
    assert (found.how == "SINGLE" and not found.unfilled) == bool(alone)
    assert not alone or found.parts[0].node in alone


@given(STOCKS, ORDERS, st.integers(0, 2))
def test_as_much_as_the_network_has_is_served_with_the_fewest_parts(stock, order, safety) -> None:
    net, wanted = given_world(stock, order, {}, safety)
    found = plan(wanted, net, SourcingRules())
    need = {sku: sum(count for own, count in order if own == sku) for sku in SKUS}
    have = {sku: sum(at_node(net, place, sku, "SHIP") for place in net.nodes) for sku in SKUS}
    served = sum(len(which) for part in found.parts for which in part.lines.values())
    assert served == sum(min(need[sku], have[sku]) for sku in SKUS)
    smaller = [
        chosen
        for bits in range(2 ** len(NODES))
        if len(chosen := [p for n, p in enumerate(net.nodes) if bits >> n & 1]) < len(found.parts)
    ]
    for chosen in smaller:
        own = {sku: sum(at_node(net, place, sku, "SHIP") for place in chosen) for sku in SKUS}
        assert any(own[sku] < min(need[sku], have[sku]) for sku in SKUS)


LIMITS = st.builds(
    Limits,
    minimise=st.sampled_from(MINIMISE),
    max_parts=st.integers(1, 4),
    line_split=st.sampled_from(SPLITS),
    complete=st.sampled_from(COMPLETE),
    together=st.sampled_from(("group", "category", "no")),
    min_value=st.sampled_from((0, 150, 400)),
    candidates=st.integers(1, 4),
)
GROUPS = st.lists(st.sampled_from(("", "", "gift")), min_size=4, max_size=4)


@given(STOCKS, ORDERS, EXCLUDED, LIMITS, GROUPS, st.sampled_from(AFTER))
def test_whatever_the_limits_are_they_are_kept(
    stock, order, excluded, limits, groups, action
) -> None:
    """What every plan must keep is asserted where plans are made (checks.py)."""
    net, wanted = given_world(stock, order, excluded, 0)
    lines = tuple(
        replace(line, value=100, together=group, category=group)
        for line, group in zip(wanted.lines, groups, strict=False)
    )
    criteria = (Criterion("distance_band"), Criterion("full_cost"))
    only = Strategy("s", criteria=criteria, limits=limits, on_partial=action, on_none=action)
    rules = SourcingRules(strategies=(only,))
    wanted = replace(wanted, lines=lines)
    found = plan(wanted, net, rules)
    assert found == plan(wanted, net, rules)
    assert found.decision.bound <= found.decision.value or not found.decision.measure
    whole = limits.complete == "order"
    assert not (whole and found.parts and found.unfilled)
    assert bool(found.decision.after) == bool(found.unfilled)
    if limits.together == "group":
        homes = [p.node for p in found.parts for no in p.lines if lines[no - 1].together]
        assert len(set(homes)) <= 1
