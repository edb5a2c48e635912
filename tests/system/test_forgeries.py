"""Who signs wrongly is nobody: forged webhooks and links. Who signs well may send nonsense."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import pytest

from local.actors.api import Problem
from local.actors.storefront import Storefront
from local.actors.world import World
from local.seed.secrets import SECRETS
from oms.domain.orders.guest_token import sign
from oms.gateways.signatures import TOLERANCE_S, hex_signature, timed_signature
from tests.system.evidence import refused

pytestmark = pytest.mark.system

CART = {"SKU-003": 1}
WEBHOOKS = ("shopify/shopify", "payments/sandbox", "carriers/swift")


@pytest.mark.parametrize("path", WEBHOOKS)
@pytest.mark.parametrize(
    "signature", ["", "é", "0" * 64, "t=1,v1=0", f"t={'9' * 5_000},v1=0", "t=-1", "t=١,v1=x"]
)
def test_a_forged_webhook_is_refused(world: World, path: str, signature: str) -> None:
    names = ("x-shopify-hmac-sha256", "sandbox-signature", "x-oms-signature")
    headers = {name: signature.encode().decode("latin-1") for name in names}
    body = b'{"id": 1, "events": []}'
    refused(
        lambda: world.api().call("POST", f"/webhooks/{path}", body, headers),
        401,
        "Unauthenticated",
    )


def test_nobody_signs_with_an_empty_secret(world: World) -> None:
    empty = {"x-oms-signature": hex_signature("", b"{}"), "stripe-signature": "t=1,v1=0"}
    post = world.api().call
    refused(lambda: post("POST", "/webhooks/carriers/swift", b"{}", empty), 401, "Unauthenticated")
    for provider in ("stripe", "nobody"):
        path = f"/webhooks/payments/{provider}"
        refused(lambda path=path: post("POST", path, b"{}", empty), 404, "NotFound")


def test_an_old_word_of_a_payment_provider_is_no_word(world: World) -> None:
    body, sent_at = b"{}", 1_000_000_000
    assert sent_at + TOLERANCE_S < 1_700_000_000
    old = {"sandbox-signature": timed_signature(SECRETS["sandbox"], body, sent_at)}
    path = "/webhooks/payments/sandbox"
    refused(lambda: world.api().call("POST", path, body, old), 401, "Unauthenticated")


@pytest.mark.parametrize("body", [[], "x", None, {}, {"events": 1}, {"events": [{}]}, {"id": [1]}])
def test_what_is_signed_may_be_nonsense_all_the_same(world: World, body: Any) -> None:
    raw = json.dumps(body).encode()
    secret = world.carrier.secret
    signed = {"x-oms-signature": hex_signature(secret, raw)}
    for call in (
        lambda: world.api().call("POST", "/webhooks/carriers/swift", raw, signed),
        lambda: world.shopify.send(body),
    ):
        with pytest.raises(Problem) as caught:
            call()
        assert caught.value.status == 422


def test_a_guests_link_cannot_be_changed(world: World, shop: Storefront) -> None:
    mine, other = shop.place(CART), shop.place(CART)
    token = shop.api.post(f"/orders/{mine}/link")["path"].rpartition("/")[2]
    payload, _, signature = token.partition(".")
    expiry = base64.urlsafe_b64decode(payload + "==").decode().partition(".")[2]
    moved = base64.urlsafe_b64encode(f"{other}.{expiry}".encode()).decode().rstrip("=")
    later = base64.urlsafe_b64encode(f"{mine}.{'9' * 12}".encode()).decode().rstrip("=")
    guest = world.api()
    assert guest.get(f"/track/{token}")["id"] == mine
    for forged in (
        f"{moved}.{signature}",
        f"{later}.{signature}",
        f"{payload}.{'0' * 64}",
        f"{payload}.",
        payload,
        f".{signature}",
        token[:-1],
        f"{token}0",
    ):
        refused(lambda link=forged: guest.get(f"/track/{link}"), 401, "Unauthenticated")


def test_a_guests_link_expires(world: World, shop: Storefront) -> None:
    order, guest, now = shop.place(CART), world.api(), int(time.time())
    old, fresh = (sign(order, now + ahead, SECRETS["link"]) for ahead in (-1, 3_600))
    assert guest.get(f"/track/{fresh}")["id"] == order
    refused(lambda: guest.get(f"/track/{old}"), 401, "Unauthenticated")
