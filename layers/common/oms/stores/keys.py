"""Every key and every access pattern. Nothing else in the code builds a key.

| access pattern | how |
|---|---|
| an order with all its parts, payments, returns, messages, cases | Query Orders pk = O#<order> |
| one item of an order | GetItem (pk, sk) |
| a customer's orders, newest first | GSI by_customer: cu = <channel>#<customer>, at |
| what a node has to do or may claim, oldest first | GSI by_node: gn = <node>, at; then BatchGetItem |
| whether a node takes orders | GetItem Orders (NODE#<node>, NODE) |
| the part that a carrier's scan is about | its reference names order and part: GetItem |
| what is due | GSI by_due: ds = shard, due ≤ now; one Query per shard |
| a cart's reservation | GetItem Orders (R#<id>, RESERVATION) |
| reservations that ran out | GSI by_due in shards of their own: a rush of carts delays no order |
| what nodes with a capacity took on for a day | Query Stock pk = DAY#<ISO date> |
| a SKU's whole network: stock, supply, waiting demand | Query Stock pk = SKU#<sku> |
| stock of many (SKU, node) pairs | BatchGetItem Stock (SKU#<sku>, NODE#<node>) |
| further pages of a hot SKU at a node, numbered | BatchGetItem pk = PAGE#<n>#<node>#<sku>, PAGE |
| whether a movement without a claim happened | condition on Stock (MOVE#<id>, MOVE) |
| units of a SKU sold beyond stock, and by which order | condition on Stock (SKU#<sku>, BACKORDER) |
| waiting demand of a SKU in priority order | Query Stock pk, begins_with(sk, WAIT#) |
| a purchase order, an advance notice, a transfer | GetItem Stock (PO#… NOTICE#… TRANSFER#<id>, DOC) |
| the documents that a node has something to do with, by date | Query Stock pk = DOCS#<node> |
| a count session | GetItem Stock (COUNT#<id>, SESSION) |
| the open count sessions of a node | Query Stock pk = COUNTS#<node> |
| drops of a file of stock lines, with their progress | Query Stock pk = FILE#<name> |
| which chunks of a drop are booked, and of which lines were refused | Query Stock pk = LOAD#<id> |
| cases about a SKU | Query Stock pk, begins_with(sk, CASE#) |
| the levels of a SKU that were told, and its campaigns | Query Stock pk = LEVEL#<sku> |
| open cases about stock, the oldest first | GSI by_case: cq = OPEN, at |
| where the ledger of a (SKU, node) stands | GetItem Audit (LEDGER#<sku>#<node>, LEDGER) |
| what the auditor suspects | Query Audit pk = SUSPECTS |
| configuration | BatchGetItem Config on known keys |
| versions of a profile's rules, newest first | Query Config pk = RULES#<profile>, VERSION# |
"""

from __future__ import annotations

from ..domain.ids import ALPHABET, digest
from ..domain.limits import MAX_NODES

SNAPSHOT, STATE, MOVE, PAGE = "SNAPSHOT", "STATE", "MOVE", "PAGE"
RESERVATION = "RESERVATION"
NODE = "NODE#"  # a SKU's stock at one node
DUE_SHARDS = 8
BACKORDER = "BACKORDER"
WAITING = "WAIT#"  # of a SKU: demand that waits for it
NO_DAY = "9999-12-31"  # sorts after every day that was promised
BY_CUSTOMER, BY_NODE, BY_DUE, BY_CASE = "by_customer", "by_node", "by_due", "by_case"
CASE, OPEN_CASES = "CASE#", "OPEN"
LEDGER, SUSPECTS = "LEDGER", "SUSPECTS"
LEVEL, CAMPAIGN = "LEVEL#", "CAMPAIGN"


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


def sku_pk(sku: str) -> str:
    return f"SKU#{sku}"


def stock_sk(node: str) -> str:
    return f"{NODE}{node}"


def page_pk(sku: str, node: str, page: int) -> str:
    """Each page is a partition of its own: one partition's limit is none for the SKU."""
    return f"PAGE#{page}#{node}#{sku}"


def stock_key(sku: str, node: str, page: int) -> tuple[str, str]:
    """(pk, sk) of a SKU's item at a node, or of a further page of it."""
    return (page_pk(sku, node, page), PAGE) if page else (sku_pk(sku), stock_sk(node))


def move_pk(movement_id: str) -> str:
    """Apart from the SKU's partition, so that old markers do not weigh on every read of it."""
    return f"MOVE#{movement_id}"


def day_pk(day: str) -> str:
    return f"DAY#{day}"


def work_sk(node: str) -> str:
    return f"WORK#{node}"


def node_of_work(sk: str) -> str:
    return sk.removeprefix("WORK#")


def stock_case_sk(kind: str, node: str) -> str:
    return f"{CASE}{kind}#{node}"


def level_key(of: str) -> str:
    """pk of a SKU, apart from its partition: whoever promises stock reads that one; sk of a site"""
    return f"{LEVEL}{of}"


def ledger_pk(sku: str, node: str) -> str:
    return f"LEDGER#{sku}#{node}"


def supply_sk(eta: str, id: str) -> str:
    return f"SUPPLY#{eta}#{id}"


def waiting_sk(priority: int, pickup: bool, promise: str, placed_at: int, order_id: str) -> str:
    """Sorts by priority, pickups before shipments, then promise date, then order date: whoever
    comes to a store cannot be served from another one.
    """
    rank = f"{priority:05d}-{0 if pickup else 1}"
    return f"WAIT#{rank}#{promise or NO_DAY}#{placed_at:011d}#{order_id}"


def promised_of(sk: str) -> str:
    """The ISO date of a waiting demand, "" when none was promised."""
    day = sk.split("#")[2]
    return "" if day == NO_DAY else day


# --- goods on their way ---------------------------------------------------------------------------

DOCUMENT = "DOC"
DOCUMENTS = {"PURCHASE_ORDER": "PO#", "NOTICE": "NOTICE#", "TRANSFER": "TRANSFER#"}


def document_pk(kind: str, id: str) -> str:
    """Also the name by which its supply rows and movements know it."""
    return f"{DOCUMENTS[kind]}{id}"


def is_document(name: str) -> bool:
    return name.startswith(tuple(DOCUMENTS.values()))


def documents_pk(node: str) -> str:
    return f"DOCS#{node}"


def by_date(eta: str, name: str) -> str:
    return f"{eta}#{name}"


# --- cycle counts ---------------------------------------------------------------------------------

SESSION = "SESSION"


def session_pk(id: str) -> str:
    return f"COUNT#{id}"


def sessions_pk(node: str) -> str:
    return f"COUNTS#{node}"


# --- files of stock lines ------------------------------------------------------------------------

LOAD, CHUNK = "LOAD#", "CHUNK#"


def file_pk(name: str) -> str:
    return f"FILE#{name}"


def load_sk(id: str) -> str:
    return f"{LOAD}{id}"


def load_pk(id: str) -> str:
    """Apart from the file's partition, so that a file's drops are read without their chunks."""
    return f"{LOAD}{id}"


def chunk_sk(number: int) -> str:
    return f"{CHUNK}{number:05d}"


# --- configuration: one row per key, sort key ACTIVE ------------------------------------------

ACTIVE, CARRIERS, CALENDARS, SAFETY = "ACTIVE", "CARRIERS", "CALENDARS", "SAFETY"
SCARCITY = "SCARCITY"  # scarcity prices, published by the function of that name
NODE_ROWS = 4  # the network in few rows, so that it is one read; a row holds about 600 nodes
NETWORK = [f"NODES#{n}" for n in range(NODE_ROWS)]
assert NODE_ROWS * 600 > MAX_NODES


def channel_pk(id: str) -> str:
    return f"CHANNEL#{id}"


def product_pk(sku: str) -> str:
    return f"PRODUCT#{sku}"


def rules_pk(profile: str) -> str:
    return f"RULES#{profile}"


VERSION = "VERSION#"


def rule_version_sk(number: int) -> str:
    return f"{VERSION}{number:05d}"


def supplier_pk(id: str) -> str:
    return f"SUPPLIER#{id}"


def carrier_pk(id: str) -> str:
    return f"CARRIER#{id}"


def network_pk(node: str) -> str:
    """The row that holds this node."""
    return NETWORK[ALPHABET.index(digest("node", node, length=1)) % NODE_ROWS]
