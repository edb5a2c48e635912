"""Keys of the table of stock, and of the auditor's."""

from __future__ import annotations

MOVE, PAGE = "MOVE", "PAGE"
NODE = "NODE#"  # a SKU's stock at one node
BACKORDER = "BACKORDER"
WAITING = "WAIT#"  # of a SKU: demand that waits for it
NO_DAY = "9999-12-31"  # sorts after every day that was promised
BY_CASE = "by_case"
SHOWN, IN_SHOWN = "shown", "sx"  # the index that quotes read; only rows with `sx` are in it
SHOWN_OF_ROWS = ("sh", "fa", "hot", "q", "node", "id", "eta", "conf", "days")  # beside the keys
CASE, OPEN_CASES = "CASE#", "OPEN"
LEDGER, SUSPECTS, PACES = "LEDGER", "SUSPECTS", "PACES"
SIGNALS = "SIGNALS"  # of a SKU: what its ledgers tell; of the configuration: of nodes
LEVEL, CAMPAIGN = "LEVEL#", "CAMPAIGN"


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


def by_day(day: int, sku: str) -> str:
    """`day`: number since 1970, of five digits until the year 2243."""
    return f"{day:05d}#{sku}"


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
