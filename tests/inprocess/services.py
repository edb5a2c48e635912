"""The other services that handlers call, each as small as its use: queues, bus, bucket, secrets."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from local.seed.secrets import SECRETS

from . import deployed
from .patterns import matches


@dataclass
class Letter:
    """A message in a queue."""

    id: str
    body: str
    attributes: dict[str, Any] = field(default_factory=dict)
    visible_at: int = 0
    received: int = 0


class Queues:
    """The client of SQS; an address is the queue's name."""

    def __init__(self, now: Callable[[], int]) -> None:
        self.now = now
        self.waiting: dict[str, list[Letter]] = {name: [] for name in deployed.queues()}
        self.sent = 0

    def send_message(self, **sent: Any) -> dict[str, str]:
        due = self.now() + sent.get("DelaySeconds", 0)
        given = sent.get("MessageAttributes", {})
        attributes = {name: {"stringValue": each["StringValue"]} for name, each in given.items()}
        self.put(sent["QueueUrl"], sent["MessageBody"], attributes, due)
        return {"MessageId": f"m-{self.sent}"}

    def send_message_batch(self, **sent: Any) -> dict[str, Any]:
        assert 0 < len(sent["Entries"]) <= 10, "as many as SQS takes"
        for entry in sent["Entries"]:
            self.send_message(QueueUrl=sent["QueueUrl"], **entry)
        return {"Successful": [], "Failed": []}

    def get_queue_attributes(self, **asked: Any) -> dict[str, Any]:
        waiting = len(self.waiting[asked["QueueUrl"]])
        return {"Attributes": {"ApproximateNumberOfMessages": str(waiting)}}

    def put(self, queue: str, body: str, attributes: dict[str, Any], due: int = 0) -> None:
        self.sent += 1
        self.waiting[queue].append(Letter(f"m-{self.sent}", body, attributes, due))

    def take(self, queue: str, limit: int) -> list[Letter]:
        """Visible ones, the oldest first. They stay until `done`."""
        ready = [letter for letter in self.waiting[queue] if letter.visible_at <= self.now()]
        for letter in ready[:limit]:
            letter.received += 1
        return ready[:limit]

    def done(self, queue: str, letter: Letter) -> None:
        self.waiting[queue].remove(letter)

    def failed(self, queue: str, letter: Letter) -> None:
        """Behind the others, or dead when it came too often."""
        self.done(queue, letter)
        most = deployed.queues()[queue]
        dead = f"{queue.removesuffix('Queue')}DeadLetters"
        self.waiting[dead if most and letter.received >= most else queue].append(letter)

    def dead(self) -> list[tuple[str, str]]:
        return [
            (name, letter.body)
            for name, letters in self.waiting.items()
            for letter in letters
            if name.endswith("DeadLetters") or name == "StreamFailures"
        ]


class Bus:
    """The client of EventBridge: the template's rules carry events to its queues."""

    def __init__(self, queues: Queues) -> None:
        self.queues = queues
        self.events: list[dict[str, Any]] = []

    def put_events(self, **sent: Any) -> dict[str, Any]:
        for entry in sent["Entries"]:
            self._route(entry)
        return {"FailedEntryCount": 0, "Entries": [{} for _ in sent["Entries"]]}

    def _route(self, entry: dict[str, Any]) -> None:
        event = {
            "version": "0",
            "id": f"e-{len(self.events)}",
            "detail-type": entry["DetailType"],
            "source": entry["Source"],
            "account": "123456789012",
            "time": entry["Time"].isoformat(),
            "region": "eu-west-1",
            "resources": [],
            "detail": json.loads(entry["Detail"]),
        }
        self.events.append(event)
        for rule in deployed.rules():
            if matches(rule.pattern, event):
                for queue in rule.queues:
                    self.queues.put(queue, json.dumps(event), {})


class Bucket:
    """The client of S3."""

    def __init__(self) -> None:
        self.objects: dict[tuple[str, str], bytes] = {}

    def put_object(self, **sent: Any) -> dict[str, Any]:
        self.objects[sent["Bucket"], sent["Key"]] = sent["Body"]
        return {}

    def generate_presigned_url(self, _: str, **sent: Any) -> str:
        return f"https://s3.example/{sent['Params']['Key']}"


class Vault:
    """The client of Secrets Manager."""

    def get_secret_value(self, **_: Any) -> dict[str, str]:
        return {"SecretString": json.dumps(SECRETS)}


class Post:
    """The mail provider: keeps what was sent."""

    leaves = True

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str]] = []

    def send(self, id: str, to: str, subject: str, body: str) -> None:
        self.sent.append((id, to, body))
