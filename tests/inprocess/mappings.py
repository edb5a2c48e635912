"""Event source mappings: batches from streams and queues, delivered until they are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import deployed
from .patterns import matches

if TYPE_CHECKING:
    from .world import World

MAX_TRIES = 20


class StreamMapping:
    """In order. What fails comes again before anything after it."""

    def __init__(self, given: deployed.Mapping, world: World) -> None:
        self.given, self.world = given, world
        self.position = self.tries = 0

    def deliver(self) -> bool:
        stream = self.world.dynamo.streams.get(self.given.source, [])
        batch = stream[self.position : self.position + self.given.batch]
        wanted = [record for record in batch if self._wanted(record)]
        if not wanted:
            self.position += len(batch)
            return bool(batch)
        self.tries += 1
        assert self.tries <= MAX_TRIES, f"{self.given.name} is stuck: {self.world.died[-1:]}"
        failed = self._failed(wanted)
        if failed is None:
            self.position, self.tries = self.position + len(batch), 0
        elif failed > 0:
            self.position, self.tries = stream.index(wanted[failed], self.position), 0
        return True

    def _wanted(self, record: dict[str, Any]) -> bool:
        filters = self.given.filters
        return not filters or any(matches(each, record) for each in filters)

    def _failed(self, batch: list[dict[str, Any]]) -> int | None:
        """Index of the first record that failed; 0 when the function died."""
        from .world import Died

        try:
            answer = self.world.invoke(self.given.function, {"Records": batch})
        except Died:
            return 0
        items = (answer or {}).get("batchItemFailures", [])
        numbers = [record["dynamodb"]["SequenceNumber"] for record in batch]
        found = [numbers.index(item["itemIdentifier"]) for item in items]
        return min(found, default=None)


class QueueMapping:
    """What fails comes again later, up to the queue's limit."""

    def __init__(self, given: deployed.Mapping, world: World) -> None:
        self.given, self.world = given, world

    def deliver(self) -> bool:
        from .world import Died

        queues = self.world.queues
        letters = queues.take(self.given.source, self.given.batch)
        if not letters:
            return False
        try:
            answer = self.world.invoke(self.given.function, {"Records": self._records(letters)})
            failed = {item["itemIdentifier"] for item in answer["batchItemFailures"]}
        except Died:
            failed = {letter.id for letter in letters}
        for letter in letters:
            (queues.failed if letter.id in failed else queues.done)(self.given.source, letter)
        return True

    def _records(self, letters: list[Any]) -> list[dict[str, Any]]:
        arn = f"arn:aws:sqs:eu-west-1:123456789012:{self.given.source}"
        return [
            {
                "messageId": letter.id,
                "receiptHandle": f"{letter.id}/{letter.received}",
                "body": letter.body,
                "attributes": {"ApproximateReceiveCount": str(letter.received)},
                "messageAttributes": letter.attributes,
                "eventSource": "aws:sqs",
                "eventSourceARN": arn,
                "awsRegion": "eu-west-1",
            }
            for letter in letters
        ]
