"""Whom we talk to: providers, carriers, customers, the bus, queues of what failed."""

from __future__ import annotations

import json
import os
from functools import cached_property
from typing import TYPE_CHECKING

from .audit_stores import AuditStores
from .payments import Gateways
from .watching import WatchingStores

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

    from ..gateways.bus import EventBus
    from ..gateways.claim_checks import SqsClaimChecks
    from ..gateways.dead_letters import DeadLetterQueues
    from ..gateways.digital_queue import SqsDigitalQueue
    from ..gateways.inbox import S3Inbox, SqsChunkQueue
    from ..gateways.lake import S3Lake
    from ..gateways.lake_history import LakeHistory
    from ..gateways.supplier_queues import SupplierQueues
    from ..ports import Carrier, Documents, LabelPrinter, Messenger, Renderer
    from ..stores.config.replays import ReplayStore
    from ..stores.lake.past_lake import PastLake

MAX_ATTRIBUTES = 10  # of an SQS message


class Outside(AuditStores, WatchingStores):
    _carrier: tuple[dict[str, str], Carrier] | None = None

    @cached_property
    def gateways(self) -> Gateways:
        return Gateways(self)

    @property
    def carrier(self) -> Carrier:
        from ..gateways.carriers.tariff import TariffCarrier

        secrets = self.secrets
        if self._carrier is None or self._carrier[0] is not secrets:
            made = TariffCarrier(self.config.carrier(), self.sandbox, secrets["carrier"])
            self._carrier = (secrets, made)
        return self._carrier[1]

    @cached_property
    def documents(self) -> Documents:
        from ..gateways.documents.s3 import S3Documents

        return S3Documents(self.client("s3"), self.env("DOCUMENTS_BUCKET"))

    @cached_property
    def claim_checks(self) -> SqsClaimChecks:
        from ..gateways.claim_checks import SqsClaimChecks

        return SqsClaimChecks(self.client("sqs"), self.env("CLAIM_CHECK_QUEUE_URL"))

    @cached_property
    def inbox(self) -> S3Inbox:
        from ..gateways.inbox import S3Inbox

        return S3Inbox(self.client("s3"), self.env("INBOX_BUCKET"))

    @cached_property
    def chunks(self) -> SqsChunkQueue:
        from ..gateways.inbox import SqsChunkQueue

        return SqsChunkQueue(self.client("sqs"), self.env("FEED_QUEUE_URL"))

    @cached_property
    def printer(self) -> LabelPrinter:
        from ..gateways.documents.printer import DocumentPrinter

        return DocumentPrinter()

    def codes(self) -> str:
        """A fresh collection code, unpredictable."""
        from secrets import randbelow

        return f"{randbelow(1_000_000):06d}"

    @cached_property
    def messenger(self) -> Messenger:
        sender = os.environ.get("MAIL_SENDER", "")
        if not sender:
            from ..gateways.notifications.outbox import Outbox

            return Outbox()
        from ..gateways.notifications.ses import SesMessenger

        return SesMessenger(self.client("sesv2"), sender)

    @cached_property
    def texts(self) -> Messenger:
        sender = os.environ.get("SMS_SENDER", "")
        if not sender:
            from ..gateways.notifications.outbox import Outbox

            return Outbox()
        from ..gateways.notifications.sms import SmsMessenger

        return SmsMessenger(self.client("sns"), sender)

    @cached_property
    def bus(self) -> EventBus:
        from ..gateways.bus import EventBus

        return EventBus(self.client("events"), self.env("BUS_NAME"))

    @cached_property
    def dead_letter_queues(self) -> DeadLetterQueues:
        from ..gateways.dead_letters import DeadLetterQueues

        return DeadLetterQueues(self.client("sqs"), self.env("DEAD_LETTER_QUEUES").split(","))

    @cached_property
    def lake(self) -> S3Lake:
        from ..gateways.lake import S3Lake

        return S3Lake(self.client("s3"), self.env("LAKE_BUCKET"))

    @cached_property
    def history(self) -> LakeHistory:
        from ..gateways.lake_history import LakeHistory

        return LakeHistory(self.client("s3"), self.env("LAKE_BUCKET"))

    @cached_property
    def replays(self) -> ReplayStore:
        from ..stores.config.replays import ReplayStore

        return ReplayStore(self.table("CONFIG_TABLE"))

    @cached_property
    def past(self) -> PastLake:
        from ..stores.lake.past_lake import PastLake

        s3, lake, inbox = self.client("s3"), self.env("LAKE_BUCKET"), self.env("INBOX_BUCKET")
        return PastLake(s3, lake, self.config, self.stock, self._holidays, inbox)

    def begin_replay(self, name: str) -> None:
        """Run it beside the request, in a function of its own."""
        self.client("lambda").invoke(
            FunctionName=self.env("RUN_REPLAY_FUNCTION"),
            InvocationType="Event",
            Payload=json.dumps({"replay": name}).encode(),
        )

    @cached_property
    def render(self) -> Renderer:
        from ..gateways.notifications.templates import render

        return render

    @cached_property
    def digital_queue(self) -> SqsDigitalQueue:
        from ..gateways.digital_queue import SqsDigitalQueue

        return SqsDigitalQueue(self.client("sqs"), self.env("DIGITAL_QUEUE_URL"))

    @cached_property
    def supplier_post(self) -> SupplierQueues:
        from ..gateways.supplier_queues import SupplierQueues

        return SupplierQueues(self.client("sqs"))

    def dead_letters(self, record: SQSRecord, reason: str) -> None:
        """Where a message goes that can never work: as it came, so that it can be redriven, and
        with the reason as one more attribute.
        """
        from ..edge.queues import attributes

        given = {**attributes(record), "reason": reason[:1000]}
        self.client("sqs").send_message(
            QueueUrl=self.env("DEAD_LETTERS_URL"),
            MessageBody=record.body,
            MessageAttributes={
                name: {"DataType": "String", "StringValue": text}
                for name, text in list(given.items())[-MAX_ATTRIBUTES:]
                if text
            },
        )
