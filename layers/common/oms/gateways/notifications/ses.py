"""Mail through Amazon SES (API v2).

SES knows no idempotency key: the stored MSG row keeps a message from being sent twice, and a
crash between sending and recording may repeat one. The id travels as a tag, so a repeated one
can be told.
"""

from __future__ import annotations

import re
from typing import Any

from botocore.exceptions import ClientError, HTTPClientError

from ...domain.errors import Fault, GatewayTimeout, Refused
from .html_page import page

MAX_TAG = 256
# this message will never leave, however often it is tried
HOPELESS = frozenset({"MessageRejected", "BadRequestException"})


class SesMessenger:
    leaves = True

    def __init__(self, client: Any, sender: str) -> None:
        """`client`: boto3 `sesv2`; `sender`: a verified address, `Shop <orders@shop.example>`."""
        self._client, self._sender = client, sender

    def send(self, id: str, to: str, subject: str, body: str) -> None:
        tag = re.sub(r"[^A-Za-z0-9_.@-]", "-", id)[:MAX_TAG]
        try:
            self._client.send_email(
                FromEmailAddress=self._sender,
                Destination={"ToAddresses": [to]},
                Content={"Simple": {"Subject": _text(subject), "Body": _both(subject, body)}},
                EmailTags=[{"Name": "message", "Value": tag}],
            )
        except HTTPClientError as error:
            raise GatewayTimeout("The mail service did not answer") from error
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in HOPELESS:
                raise Refused(f"The mail service refused the message: {code}") from error
            raise Fault(f"The mail service did not take the message: {code}") from error


def _both(subject: str, body: str) -> dict[str, dict[str, str]]:
    """SES sends multipart/alternative."""
    return {"Text": _text(body), "Html": _text(page(subject, body))}


def _text(data: str) -> dict[str, str]:
    return {"Data": data, "Charset": "UTF-8"}
