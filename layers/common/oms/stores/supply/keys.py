"""Keys of goods on their way, in the table Stock.

| access pattern | how |
|---|---|
| a purchase order, an advance notice, a transfer | GetItem Stock (PO#… NOTICE#… TRANSFER#<id>, DOC) |
| the documents that a node has something to do with, by date | Query Stock pk = DOCS#<node> |
| supply of a SKU that is expected | in the SKU's partition, begins_with(sk, SUPPLY#) |
"""

from __future__ import annotations

DOCUMENT = "DOC"
DOCUMENTS = {"PURCHASE_ORDER": "PO#", "NOTICE": "NOTICE#", "TRANSFER": "TRANSFER#"}


def supply_sk(eta: str, id: str) -> str:
    return f"SUPPLY#{eta}#{id}"


def document_pk(kind: str, id: str) -> str:
    """Also the name by which its supply rows and movements know it."""
    return f"{DOCUMENTS[kind]}{id}"


def is_document(name: str) -> bool:
    return name.startswith(tuple(DOCUMENTS.values()))


def documents_pk(node: str) -> str:
    return f"DOCS#{node}"


def by_date(eta: str, name: str) -> str:
    return f"{eta}#{name}"
