"""Keys of the table of orders: orders, what belongs to them, carts and the nodes' states."""

from __future__ import annotations

SNAPSHOT, STATE = "SNAPSHOT", "STATE"
RESERVATION = "RESERVATION"
STANDING = "NODE#"  # whether a node takes orders
DUE_SHARDS = 8
BY_CUSTOMER, BY_NODE, BY_DUE = "by_customer", "by_node", "by_due"


def order_pk(order_id: str) -> str:
    return f"O#{order_id}"


def order_of(pk: str) -> str:
    return pk.removeprefix("O#")


def part_sk(number: int) -> str:
    return f"FO#{number:02d}"


def offer_sk(number: int, node: str) -> str:
    """An offered part in the work list of another node than the one that holds its stock."""
    return f"OFFER#{number:02d}#{node}"


def payment_sk(number: int) -> str:
    return f"PAY#{number:02d}"


def return_sk(number: int) -> str:
    return f"RETURN#{number:02d}"


def node_pk(node: str) -> str:
    """Whether a node takes orders, in the table of the orders."""
    return f"NODE#{node}"


def node_of(pk: str) -> str:
    return pk.removeprefix("NODE#")


def wait_sk(what: str) -> str:
    """`what`: ORDER, or the sort key of the return whose execution waits."""
    return f"WAIT#{what}"


def decision_sk(number: int) -> str:
    return f"DEC#{number:02d}"


def message_sk(status: str, part: int) -> str:
    return f"MSG#{status}#{part:02d}"


def case_sk(kind: str, part: int) -> str:
    return f"CASE#{kind}#{part:02d}"


def number_of(sk: str) -> int:
    return int(sk.rpartition("#")[2])


def customer_key(channel: str, customer: str) -> str:
    return f"{channel}#{customer}"


def due_shard(order_id: str) -> str:
    return f"D#{sum(order_id.encode()) % DUE_SHARDS}"


def due_shards() -> list[str]:
    return [f"D#{n}" for n in range(DUE_SHARDS)]


def reservation_pk(id: str) -> str:
    return f"R#{id}"


def reservation_of(pk: str) -> str:
    return pk.removeprefix("R#")


def reservation_shard(id: str) -> str:
    return f"R#{sum(id.encode()) % DUE_SHARDS}"


def reservation_shards() -> list[str]:
    return [f"R#{n}" for n in range(DUE_SHARDS)]
