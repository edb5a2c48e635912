"""Keys of an order's partition in the table Orders.

| access pattern | how |
|---|---|
| an order with all its parts, payments, returns, messages, cases | Query Orders pk = O#<order> |
| one item of an order | GetItem (pk, sk) |
| a customer's orders, newest first | GSI by_customer: cu = <channel>#<customer>, at |
| what a node has to do or may claim, oldest first | GSI by_node: gn = <node>, at; then BatchGetItem |
| the part that a carrier's scan is about | its reference names order and part: GetItem |
| what is due | GSI by_due: ds = shard, due ≤ now; one Query per shard |
"""

from __future__ import annotations

SNAPSHOT, STATE = "SNAPSHOT", "STATE"
CHANNEL = "CHANNEL"  # what was taken last of what a foreign order's channel says
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


def wait_sk(what: str) -> str:
    """`what`: ORDER, or the sort key of the return whose execution waits."""
    return f"WAIT#{what}"


def decision_sk(number: int) -> str:
    return f"DEC#{number:02d}"


def change_sk(number: int) -> str:
    return f"CHANGE#{number:02d}"


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
