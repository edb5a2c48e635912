"""The token of a guest's link: `base64url(<order id>.<expiry>).<HMAC-SHA256 in hex>`.

Nothing is stored: who can present it may see the order's progress until it expires.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from ..errors import Unauthenticated

MAX_TOKEN_LENGTH = 200
PURPOSE = (
    b"guest-link:"  # the secret may sign other things; this signature is good for nothing else
)


def sign(order_id: str, expires_at: int, secret: str) -> str:
    payload = base64.urlsafe_b64encode(f"{order_id}.{expires_at}".encode()).decode().rstrip("=")
    return f"{payload}.{_signature(payload, secret)}"


def order_of(token: str, secret: str, now: int) -> str:
    """The order the token is for; raises Unauthenticated when it is not ours or too old.

    The signature is compared in constant time, before anything in the token is believed.
    """
    payload, _, given = token[: MAX_TOKEN_LENGTH + 1].partition(".")
    expected = _signature(payload, secret)
    if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace")):
        raise Unauthenticated("the link is not valid")
    text = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode()
    order_id, _, expires_at = text.rpartition(".")
    if now >= int(expires_at):
        raise Unauthenticated("the link has expired")
    return order_id


def _signature(payload: str, secret: str) -> str:
    assert secret, "everybody can sign with an empty secret"
    message = PURPOSE + payload.encode("utf-8", "replace")
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
