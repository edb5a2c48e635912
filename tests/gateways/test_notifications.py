"""What customers read, and how it is sent."""

from __future__ import annotations

from string import Template
from typing import Any

import boto3
import pytest
from botocore.exceptions import ReadTimeoutError
from botocore.stub import Stubber

from oms.domain.errors import Fault, GatewayTimeout, Refused
from oms.gateways.notifications.html_page import page
from oms.gateways.notifications.outbox import Outbox
from oms.gateways.notifications.ses import SesMessenger
from oms.gateways.notifications.templates import (
    DATES,
    FIELDS,
    LANGUAGES,
    MAX_VALUE,
    STATUSES,
    render,
)

FULL = {field: f"<{field}>" for field in FIELDS} | dict.fromkeys(DATES, "2026-11-26")


@pytest.mark.parametrize("status", sorted(STATUSES))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_renders_with_everything_and_with_the_order_alone(
    language: str, status: str
) -> None:
    for data in (FULL, {"order": "10045"}):
        subject, body = render(status, language, data)
        assert data["order"] in subject
        assert "$" not in subject + body
        assert "\n" not in subject
        assert "\n\n\n" not in body
        assert data["order"] in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_say_the_same_things(language: str) -> None:
    texts = LANGUAGES[language].TEXTS
    assert set(texts) == STATUSES
    for status, (subject, body) in texts.items():
        assert Template(subject).get_identifiers() == ["order"]
        used = set(Template(body).get_identifiers())
        assert used <= FIELDS
        assert used == set(Template(LANGUAGES["en"].TEXTS[status][1]).get_identifiers())


def test_statuses_asked_for_are_all_there() -> None:
    asked = "SUPPORT_WAITING IN_PREPARATION READY_FOR_PICKUP READY_TO_SHIP PICKED_UP SHIPPED"
    also = "DELIVERED CANCELLED PAYMENT_DECLINED DELAYED UNCOLLECTED PICKUP_REMINDER BACKORDERED"
    assert {*asked.split(), *also.split(), "REFUNDED", "RETURN_REQUESTED"} <= STATUSES


def test_a_shipment_names_carrier_and_tracking() -> None:
    data = {"order": "10045", "name": "Zoë", "carrier": "Swift", "tracking": "SW1", "shop": "Ada"}
    subject, body = render("SHIPPED", "en-GB", data)
    assert subject == "Your order 10045 is on its way"
    assert body == (
        "Hello Zoë,\n\nYour order 10045 has left us.\n\n"
        "Carrier: Swift\nTracking number: SW1\n\nAda\n"
    )


WAITING = [
    ("en", "awaiting preparation"),
    ("de-CH", "wartet nun auf die Vorbereitung"),
    ("fr_FR", "en attente de préparation"),
    ("DE", "wartet nun auf die Vorbereitung"),
    ("pt", "awaiting preparation"),
    ("", "awaiting preparation"),
]


@pytest.mark.parametrize(("locale", "words"), WAITING)
def test_the_locale_chooses_the_language_and_english_serves_the_rest(
    locale: str, words: str
) -> None:
    assert words in render("SUPPORT_WAITING", locale, {"order": "1"})[1]


def test_a_pickup_tells_the_code() -> None:
    _, body = render("READY_FOR_PICKUP", "de", {"order": "1", "node": "Mitte", "code": "4711"})
    assert "Abholcode: 4711" in body


def test_values_are_neither_templates_nor_headers() -> None:
    data = {"order": "1\r\nBcc: all@shop.example", "name": "$order ${code} $", "items": "x" * 999}
    subject, body = render("SHIPPED", "en", data)
    assert subject == "Your order 1 Bcc: all@shop.example is on its way"
    assert body.startswith("Hello $order ${code} $,\n")
    assert "x" * MAX_VALUE in body
    assert "x" * (MAX_VALUE + 1) not in body


def test_an_unknown_status_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        render("NO_SUCH_STATUS", "en", {"order": "1"})


def test_the_outbox_sends_nothing() -> None:
    Outbox().send("m1", "zoe@mail.example", "subject", "body")


@pytest.fixture
def mail() -> Any:
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return boto3.client("sesv2", region_name="eu-central-1", **keys)


def test_a_mail_carries_its_id(mail: Any) -> None:
    text = {"Data": "Grüße", "Charset": "UTF-8"}
    html = {"Data": page("Grüße", "Grüße"), "Charset": "UTF-8"}
    expected = {
        "FromEmailAddress": "orders@shop.example",
        "Destination": {"ToAddresses": ["zoe@mail.example"]},
        "Content": {"Simple": {"Subject": text, "Body": {"Text": text, "Html": html}}},
        "EmailTags": [{"Name": "message", "Value": "o1-SHIPPED-1"}],
    }
    with Stubber(mail) as stub:
        stub.add_response("send_email", {"MessageId": "1"}, expected)
        messenger = SesMessenger(mail, "orders@shop.example")
        messenger.send("o1#SHIPPED#1", "zoe@mail.example", "Grüße", "Grüße")
        stub.assert_no_pending_responses()


REFUSALS = [
    ("MessageRejected", Refused),
    ("BadRequestException", Refused),
    ("TooManyRequestsException", Fault),
    ("SendingPausedException", Fault),
]


@pytest.mark.parametrize(("code", "expected"), REFUSALS)
def test_a_refused_mail_is_told_from_one_to_try_again(
    mail: Any, code: str, expected: type[Exception]
) -> None:
    with Stubber(mail) as stub:
        stub.add_client_error("send_email", code)
        with pytest.raises(expected):
            SesMessenger(mail, "a@shop.example").send("m", "b@mail.example", "s", "b")


def test_no_answer_from_the_mail_service_is_in_doubt() -> None:
    class Silent:
        def send_email(self, **_: Any) -> None:
            raise ReadTimeoutError(endpoint_url="https://mail.example")

    with pytest.raises(GatewayTimeout):
        SesMessenger(Silent(), "a@shop.example").send("m", "b@mail.example", "s", "b")


def test_html_says_what_the_text_says_and_escapes_it() -> None:
    body = 'Hello <b>"Zoë"</b>,\n\nSee: https://t.example/?x=<1>\nSee: https://t.example/?a=1&b=2\nTracking: SW&1\n'
    html = page("1 < 2", body)
    assert "<title>1 &lt; 2</title>" in html
    assert "Hello &lt;b&gt;&quot;Zoë&quot;&lt;/b&gt;," in html
    assert '<a href="https://t.example/?a=1&amp;b=2">See</a>' in html
    assert "?x=</a>&lt;1&gt;" in html
    assert "Tracking: <strong>SW&amp;1</strong>" in html


@pytest.mark.parametrize(
    ("locale", "day"),
    [("en", "26 November 2026"), ("de", "26. November 2026"), ("fr", "26 novembre")],
)
def test_dates_are_written_as_people_write_them(locale: str, day: str) -> None:
    assert day in render("SHIPPED", locale, {"order": "1", "promise": "2026-11-26"})[1]


def test_a_reason_without_words_is_left_out() -> None:
    known = render("CANCELLED", "en", {"order": "1", "reason": "CHANGED_MIND"})[1]
    unknown = render("CANCELLED", "en", {"order": "1", "reason": "XYZ_INTERNAL"})[1]
    assert "Reason: you changed your mind" in known
    assert "Reason" not in unknown
