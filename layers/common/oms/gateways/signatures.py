"""HMAC-SHA256 over webhook bodies: plain hex, and with a timestamp against replays.

The timestamped header reads `t=<epoch seconds>,v1=<hex>`; the hex signs `<t>.<body>`, so an
old body cannot be sent again under a new time. Comparison takes constant time.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

from ..domain.errors import Unauthenticated

TOLERANCE_S = 300
MAX_STAMP_DIGITS = 12


def header(headers: Mapping[str, str], name: str) -> str:
    """The header's value whatever the case of its name; empty when absent."""
    wanted = name.lower()
    return next((value for key, value in headers.items() if key.lower() == wanted), "")


def hex_signature(secret: str, body: bytes) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def require_signature(secret: str, body: bytes, given: str) -> None:
    """Raises Unauthenticated unless `given` is the hex signature of `body`."""
    _require_secret(secret)
    if not _same(hex_signature(secret, body), given):
        raise Unauthenticated("The signature does not match the body")


def timed_signature(secret: str, body: bytes, at: int) -> str:
    return f"t={at},v1={hex_signature(secret, _stamped(at, body))}"


def require_timed_signature(secret: str, body: bytes, given: str, *, now: int) -> None:
    """Raises Unauthenticated on a wrong signature or one beyond the tolerance, old or early."""
    _require_secret(secret)
    pairs = [pair.partition("=") for pair in given.split(",")]
    stamps = [value for key, _, value in pairs if key.strip() == "t"]
    if len(stamps) != 1 or not _is_stamp(stamps[0]):
        raise Unauthenticated("The signature header has no timestamp")
    at = int(stamps[0])
    expected = hex_signature(secret, _stamped(at, body))
    if not any(key.strip() == "v1" and _same(expected, value) for key, _, value in pairs):
        raise Unauthenticated("The signature does not match the body")
    if abs(now - at) > TOLERANCE_S:
        raise Unauthenticated("The signature is too old")


def _is_stamp(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MAX_STAMP_DIGITS


def _stamped(at: int, body: bytes) -> bytes:
    return str(at).encode() + b"." + body


def _require_secret(secret: str) -> None:
    """Everybody can sign with an empty secret."""
    if not secret:
        raise Unauthenticated("No webhook secret is configured")


def _same(expected: str, given: str) -> bool:
    """As bytes, because compare_digest refuses text beyond ASCII."""
    return hmac.compare_digest(expected.encode(), given.strip().encode("utf-8", "replace"))
