"""Identifiers that are functions of what they name, so that doing a thing again finds it."""

from __future__ import annotations

import hashlib

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U to misread
ORDER_ID_LENGTH = 16


def digest(*parts: str, length: int = ORDER_ID_LENGTH) -> str:
    """`length` characters of 5 bits each from the SHA-256 of the parts (unambiguous join)."""
    number = number_of(*parts)
    return "".join(ALPHABET[number >> (5 * i) & 31] for i in range(length))


def number_of(*parts: str) -> int:
    """SHA-256 of the parts: as good as chance, and the same again for the same parts."""
    joined = "\x1f".join(f"{len(part)}:{part}" for part in parts).encode()
    return int.from_bytes(hashlib.sha256(joined).digest(), "big")


def order_id(channel: str, external_id: str) -> str:
    """80 bits of (channel, external id). A collision is caught by comparing the stored pair."""
    return digest("order", channel, external_id)


def claim_id(order: str, part: int) -> str:
    return f"{order}.{part}"


def reservation_id(channel: str, key: str) -> str:
    return digest("reservation", channel, key)


def cart_claim(reservation: str) -> str:
    """Part 0: what a cart holds is no part of an order yet."""
    return claim_id(reservation, 0)


def part_of_claim(claim: str) -> tuple[str, int]:
    order, _, part = claim.rpartition(".")
    return order, int(part)


def operation_id(order: str, *steps: object) -> str:
    """Idempotency key of an effect: `operation_id(o, "capture", 2)` → "<o>:capture:2"."""
    return ":".join([order, *map(str, steps)])
