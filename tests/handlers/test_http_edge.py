"""What every HTTP function refuses before it asks anything: addresses, bodies, cursors."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from oms.domain.errors import Unauthenticated, ValidationFailed
from oms.domain.limits import MAX_PATH_VALUE_LENGTH
from oms.edge import cursor
from oms.edge.http import Response, serve
from oms.gateways.payments.stripe_gateway import StripePayments
from oms.gateways.signatures import require_timed_signature, timed_signature

KEY = {"pk": "O#x", "sk": "FO#01", "gn": "paris", "at": 1}


def ask(path: dict[str, str]) -> dict[str, Any]:
    event = {"routeKey": "GET /x", "pathParameters": path}
    return serve(event, {"GET /x": lambda request: Response(200, dict(request.path))})


def test_an_address_of_ours_is_handed_on() -> None:
    path = {"order_id": "0123456789ABCDEF", "sku": "😀" * MAX_PATH_VALUE_LENGTH}
    assert json.loads(ask(path)["body"]) == path


@pytest.mark.parametrize(
    "path",
    [
        {"sku": "a" * (MAX_PATH_VALUE_LENGTH + 1)},
        {"order_id": ""},
        {"order_id": "0123456789abcdef"},
        {"order_id": "0123456789ABCDEF\n"},
        {"order_id": "0123456789ABCDEFG"},
        {"order_id": "０" * 16},
    ],
)
def test_an_address_that_names_nothing_of_ours_is_not_found(path: dict[str, str]) -> None:
    assert ask(path)["statusCode"] == 404


def test_a_cursor_leads_on_where_it_was_made() -> None:
    assert cursor.decode(cursor.encode(KEY), index="gn", of="paris") == KEY
    assert cursor.decode("", index="gn") is None


@pytest.mark.parametrize(
    "start",
    [
        {**KEY, "gn": "lyon"},
        {**KEY, "cu": "web#1"},
        {**KEY, "at": 10**40},
        {**KEY, "at": -1},
        {**KEY, "at": True},
        {**KEY, "pk": 1},
        {**KEY, "pk": ""},
        {**KEY, "sk": "\ud800"},
        {name: KEY[name] for name in ("pk", "sk")},
        ["pk", "sk", "gn", "at"],
    ],
)
def test_a_cursor_that_leads_elsewhere_is_refused(start: Any) -> None:
    text = base64.urlsafe_b64encode(json.dumps(start).encode()).decode()
    with pytest.raises(ValidationFailed):
        cursor.decode(text, index="gn", of="paris")


@pytest.mark.parametrize("text", ["é", "a", base64.b64encode(b"[" * 100_000).decode()])
def test_a_cursor_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValidationFailed):
        cursor.decode(text, index="gn")


@pytest.mark.parametrize("stamp", ["9" * 5_000, "-1", "1.0", "١", ""])
def test_a_signature_of_no_time_is_refused(stamp: str) -> None:
    _, _, signature = timed_signature("secret", b"{}", 1).partition(",")
    with pytest.raises(Unauthenticated):
        require_timed_signature("secret", b"{}", f"t={stamp},{signature}", now=1)


def test_stripe_is_not_believed_without_a_webhook_secret() -> None:
    import stripe

    now = 1_795_508_400
    signature = stripe.WebhookSignature._compute_signature(f"{now}.{{}}", "")
    with pytest.raises(Unauthenticated):
        StripePayments("sk_test_x", "").event(
            {"stripe-signature": f"t={now},v1={signature}"}, b"{}"
        )
