"""SMS through Amazon SNS. The text is the message alone: who has a phone only reads no subject."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError, HTTPClientError

from ...domain.errors import Fault, GatewayTimeout, Refused

MAX_TEXT = 1_600  # of one message, which SNS parts
HOPELESS = frozenset({"InvalidParameter", "InvalidParameterValue", "OptedOut"})


class SmsMessenger:
    leaves = True

    def __init__(self, client: Any, sender: str) -> None:
        """`client`: boto3 `sns`; `sender`: the name that is shown, at most 11 characters."""
        self._client, self._sender = client, sender

    def send(self, id: str, to: str, subject: str, body: str) -> None:
        kind = {"DataType": "String", "StringValue": "Transactional"}
        shown = {"DataType": "String", "StringValue": self._sender}
        try:
            self._client.publish(
                PhoneNumber=to,
                Message=body[:MAX_TEXT],
                MessageAttributes={"AWS.SNS.SMS.SMSType": kind, "AWS.SNS.SMS.SenderID": shown},
            )
        except HTTPClientError as error:
            raise GatewayTimeout("The SMS service did not answer") from error
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in HOPELESS:
                raise Refused(f"The SMS service refused the message: {code}") from error
            raise Fault(f"The SMS service did not take the message: {code}") from error
