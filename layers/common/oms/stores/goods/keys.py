"""Keys of the table Goods: pools of codes by SKU, and what orders were given.

| access pattern | how |
|---|---|
| free codes of a digital SKU, from a place of the order's own | Query Goods pk, sk between FREE#… |
| how many codes of a SKU are left | Query Goods pk, begins_with(sk, FREE#), counted |
| whether a code was ever given | condition on Goods (CODES#<sku>, TAKEN#<fingerprint>) |
| parts that wait for codes of a SKU, the longest first | Query Goods pk, sk between WAITS#… |
| what the units of an order were given | Query Goods pk = O#<order>, GIVEN# |
"""

from __future__ import annotations

from ...domain.ids import digest

FREE, TAKEN, WAITS, GIVEN = "FREE#", "TAKEN#", "WAITS#", "GIVEN#"
AFTER_ALL = "~"  # sorts after every digest
FINGERPRINT_LENGTH = 26  # 130 bits: no two codes have the same


def codes_pk(sku: str) -> str:
    return f"CODES#{sku}"


def sku_of_codes(pk: str) -> str:
    return pk.removeprefix("CODES#")


def fingerprint(sku: str, code: str) -> str:
    """Names a code without saying it."""
    return digest("code", sku, code, length=FINGERPRINT_LENGTH)


def waits_sk(at: int, order_id: str, number: int) -> str:
    return f"{WAITS}{at:011d}#{order_id}#{number:02d}"


def waits_of(sk: str) -> tuple[str, int, int]:
    """Order id, part number, since when."""
    _, at, order_id, number = sk.split("#")
    return order_id, int(number), int(at)


def given_pk(order_id: str) -> str:
    return f"O#{order_id}"


def given_sk(line: int, unit: int) -> str:
    return f"{GIVEN}{line:03d}#{unit:03d}"


def unit_of(sk: str) -> tuple[int, int]:
    _, line, unit = sk.split("#")
    return int(line), int(unit)
