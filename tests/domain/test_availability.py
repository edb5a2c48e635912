"""Available to promise: the worked numbers of the field, and what they must never do."""

from hypothesis import given
from hypothesis import strategies as st

from oms.domain.stock.availability import at_node, over_time, to_sell, unclaimed
from tests.fakes.networks import network, node

NUMBERS = st.lists(st.integers(0, 20), min_size=8, max_size=8)


def test_a_node_promises_what_is_available_beyond_its_safety_stock() -> None:
    available = 20 - 5 - 1 - 2 - 2  # on hand − allocated − soft − unavailable − staged
    net = network([node("S", safety=3)], f"S: A{available}")
    assert at_node(net, net.nodes[0], "A", "SHIP") == 7


def test_a_network_sells_what_waiting_demand_and_the_buffer_leave() -> None:
    nodes = [node("DC"), node("S1"), node("S2", safety=4)]
    net = network(nodes, "DC: A120\nS1: A7\nS2: A2", waiting={"A": 9})
    assert unclaimed(net, "A", lambda _: "SHIP") == 118
    assert to_sell(net, "A", "SHIP", buffer=5, buffer_percent=10) == 106
    assert to_sell(net, "A", "SHIP", buffer=20, buffer_percent=10) == 98
    assert to_sell(net, "A", "SHIP", buffer=500) == 0


def test_the_larger_safety_stock_counts() -> None:
    store = node("S", safety=2, safety_by_sku={"A": 5, "B": 1})
    net = network([store], "S: A6 B6 C1")
    assert [at_node(net, store, sku, "SHIP") for sku in "ABCD"] == [1, 4, 0, 0]


def test_a_node_that_is_offline_or_without_the_method_promises_nothing() -> None:
    nodes = [node("off", online=False), node("shop", methods="PICKUP"), node("dc", methods="SHIP")]
    net = network(nodes, "off: A5\nshop: A3\ndc: A2")
    assert unclaimed(net, "A", lambda _: "SHIP") == 2
    assert unclaimed(net, "A", lambda _: "PICKUP") == 3


def test_a_negative_balance_takes_nothing_from_other_nodes() -> None:
    net = network([node("S1"), node("S2")], "S1: A-4\nS2: A3")
    assert unclaimed(net, "A", lambda _: "SHIP") == 3


def test_over_time_keeps_what_a_later_demand_still_needs() -> None:
    supply, demand = [6, 4, 2, 4, 8, 4, 4, 4], [6, 2, 3, 6, 6, 1, 2, 2]
    assert over_time(supply, demand) == [0, 0, 0, 0, 1, 4, 6, 8]


@given(NUMBERS, NUMBERS)
def test_selling_what_is_promised_over_time_never_leaves_a_later_demand_short(
    supply: list[int], demand: list[int]
) -> None:
    for period, sold in enumerate(over_time(supply, demand)):
        after = [d + (sold if n == period else 0) for n, d in enumerate(demand)]
        balances = [sum(supply[: n + 1]) - sum(after[: n + 1]) for n in range(8)]
        if sold:
            assert all(balance >= 0 for balance in balances[period:])
