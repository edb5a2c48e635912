"""What every HTTP function refuses before it asks anything: addresses, bodies, cursors."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from oms.contracts.parse import Contract
from oms.domain.errors import Unauthenticated, ValidationFailed
from oms.domain.limits.aws import MAX_BODY_BYTES, MAX_PATH_VALUE_LENGTH
from oms.edge import cursor
from oms.edge.api import Api, Router
from oms.edge.params import IdempotencyKey, Limit, Name, OrderId, PartNumber, RawBody
from oms.gateways.payments.stripe_gateway import StripePayments
from oms.gateways.signatures import require_timed_signature, timed_signature

KEY = {"pk": "O#x", "sk": "FO#01", "gn": "paris", "at": 1}


router = Router()


class Text(Contract):
    text: str = ""


@router.get("/orders/<order_id>/parts/<part>/<sku>")
def read(order_id: OrderId, part: PartNumber, sku: Name, limit: Limit = 20) -> dict[str, Any]:
    return {"order_id": order_id, "part": part, "sku": sku, "limit": limit}


@router.post("/texts")
def write(body: Text) -> dict[str, str]:
    if body.text == "bug":
        raise RuntimeError("secret")
    return {"text": body.text}


@router.post("/hooks")
def hear(body: RawBody) -> dict[str, int]:
    return {"bytes": len(body)}


@router.post("/keys")
def name(key: IdempotencyKey = "") -> dict[str, str]:
    return {"key": key}


@router.delete("/texts", status_code=204)
def forget() -> None:
    """Nothing to say."""


API = Api(router)
READ = "GET /orders/{order_id}/parts/{part}/{sku}"
OURS = {"order_id": "0123456789ABCDEF", "part": "1", "sku": "a"}


def call(key: str, **more: Any) -> tuple[int, Any]:
    event = {"version": "2.0", "routeKey": key, "requestContext": {}, **more}
    answer = API.resolve(event, None)
    return answer["statusCode"], json.loads(answer["body"])


def ask(path: dict[str, str], **query: str) -> tuple[int, Any]:
    return call(READ, pathParameters={**OURS, **path}, queryStringParameters=query)


def send(text: str, **more: Any) -> tuple[int, Any]:
    return call("POST /texts", body=text, **more)


def test_an_address_of_ours_is_handed_on() -> None:
    sku = "😀/" * (MAX_PATH_VALUE_LENGTH // 2)
    assert ask({"sku": sku}, limit="7") == (200, {**OURS, "part": 1, "sku": sku, "limit": 7})


def test_a_body_is_json_whatever_its_type_says_and_none_is_an_empty_object() -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert send('{"text": "é"}', headers=form) == (200, {"text": "é"})
    assert send("") == (200, {"text": ""})
    encoded = base64.b64encode(b'{"text": "x"}').decode()
    assert send(encoded, isBase64Encoded=True) == (200, {"text": "x"})


@pytest.mark.parametrize(
    "text", ["{", "[" * 100_000, '{"text": NaN}', "[]", "null", '[{"text": ""}]']
)
def test_a_body_that_is_no_json_object_is_refused(text: str) -> None:
    status, problem = send(text)
    assert (status, [error["pointer"] for error in problem["errors"]]) == (422, [""])


def test_a_body_that_is_too_large_is_not_read() -> None:
    assert send(" " * (MAX_BODY_BYTES + 1))[0] == 413


def test_what_is_wrong_is_named_by_pointer_and_never_repeated() -> None:
    status, problem = send('{"text": 7, "a/b": "secret"}')
    assert status == 422
    assert {error["pointer"] for error in problem["errors"]} == {"/text", "/a~1b"}
    assert "secret" not in json.dumps(problem)


@pytest.mark.parametrize("limit", ["0", "101", "x", "1.0", "+1", "1,2", ""])
def test_a_limit_is_a_decimal_number_within_its_bounds(limit: str) -> None:
    status, problem = ask({}, limit=limit)
    assert (status, problem["errors"][0]["pointer"]) == (422, "/limit")


def test_a_bug_is_a_problem_that_tells_nothing() -> None:
    status, problem = send('{"text": "bug"}')
    assert (status, problem["type"].rpartition("/")[2]) == (500, "OmsError")
    assert "secret" not in json.dumps(problem)


def test_a_signed_body_is_taken_as_it_came() -> None:
    encoded = base64.b64encode(b"\xff\x00").decode()
    assert call("POST /hooks", body=encoded, isBase64Encoded=True) == (200, {"bytes": 2})


@pytest.mark.parametrize("key", ["a\tb", "a" * 129])
def test_a_header_that_stands_for_a_field_is_named_as_the_field(key: str) -> None:
    status, problem = call("POST /keys", headers={"Idempotency-Key": key})
    assert (status, [error["pointer"] for error in problem["errors"]]) == (422, ["/key"])


def test_nothing_to_say_is_an_empty_body() -> None:
    event = {"version": "2.0", "routeKey": "DELETE /texts", "requestContext": {}}
    answer = API.resolve(event, None)
    assert (answer["statusCode"], answer["body"]) == (204, "")


def test_an_unknown_route_is_not_found() -> None:
    assert call("PUT /texts")[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        {"sku": "a" * (MAX_PATH_VALUE_LENGTH + 1)},
        {"part": "x"},
        {"part": "+1"},
        {"part": "100"},
        {"part": "１"},
        {"order_id": ""},
        {"order_id": "0123456789abcdef"},
        {"order_id": "0123456789ABCDEF\n"},
        {"order_id": "0123456789ABCDEFG"},
        {"order_id": "０" * 16},
    ],
)
def test_an_address_that_names_nothing_of_ours_is_not_found(path: dict[str, str]) -> None:
    assert ask(path)[0] == 404


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
