"""The whole product in one process: real handlers, real state machines, one thing at a time.

    HTTP ─► handlers ─► tables ─► streams ─► follow_orders, follow_stock, publish ─► bus ─► queues ─► pay, notify
                                                └─► executions ─► allocate, pay, refund

Everything is delivered at least once, as AWS does: a handler that raises or dies gets the same
batch, message, task or request again. `settle` goes on until nothing is left to deliver.
"""

from __future__ import annotations

from typing import Any

from local.seed.carriers import TARIFF
from oms.stores.config.store import ConfigStore
from oms.stores.dynamo.table import Table, from_wire
from oms.stores.orders.store import OrderStore
from oms.stores.stock.store import StockStore
from tests.cloud import NOW, seed
from tests.dynamo import Dynamo
from tests.fakes.memory import InMemory

from . import deployed
from .faults import Faults, Killed
from .machine import StepFunctions, TaskFailed
from .mappings import QueueMapping, StreamMapping
from .services import Bucket, Bus, Post, Queues, Vault
from .worker import Worker, module, running

MAX_ROUNDS = 500
SCHEMA = ("TableName", "KeySchema", "AttributeDefinitions", "BillingMode")
EXTRA = ("GlobalSecondaryIndexes", "StreamSpecification")


class Died(Exception):
    """A handler raised or was killed; whoever called it delivers again."""


class World:
    """`twice`: each delivery is made again at once, and has to change nothing. `patient`: callers
    who got no answer ask again when all that followed has happened.
    """

    def __init__(self) -> None:
        self.now = NOW
        self.faults = Faults()
        self.twice = self.patient = False
        self.unlike: list[str] = []  # what a second delivery answered or changed
        self.died: list[str] = []
        self.delivered: list[tuple[str, dict[str, Any]]] = []
        self.workers: dict[str, Worker] = {}
        self.sandbox, self.post = InMemory(), Post()
        self.dynamo = Dynamo(lambda: self.now)
        self.queues = Queues(lambda: self.now)
        self.bus, self.bucket = Bus(self.queues), Bucket()
        self.steps = StepFunctions(self.task, self.later)
        self.clients: dict[str, Any] = {
            "dynamodb": self.dynamo,
            "sqs": self.queues,
            "events": self.bus,
            "s3": self.bucket,
            "secretsmanager": Vault(),
            "stepfunctions": self.steps,
        }
        self._create()
        self.mappings = [self._mapping(each) for each in deployed.mappings()]

    def _create(self) -> None:
        for name, given in deployed.of_type("AWS::DynamoDB::Table").items():
            properties = {key: given[key] for key in (*SCHEMA, *EXTRA) if key in given}
            if "StreamSpecification" in properties:
                properties["StreamSpecification"] |= {"StreamEnabled": True}
            self.dynamo.create_table(TableName=name, **properties)
        self.orders = OrderStore(Table(self.dynamo, "OrdersTable"))  # type: ignore[arg-type]
        self.stock = StockStore(Table(self.dynamo, "StockTable"))  # type: ignore[arg-type]
        self.config = ConfigStore(Table(self.dynamo, "ConfigTable"), lambda: 0.0)  # type: ignore[arg-type]
        seed(self.config)
        self.config.put("CARRIER#tariff", TARIFF)

    def _mapping(self, each: deployed.Mapping) -> StreamMapping | QueueMapping:
        kind = StreamMapping if each.source.endswith("Table") else QueueMapping
        return kind(each, self)

    def arm(self, faults: Faults) -> None:
        """From here on calls are counted, and may be fatal."""
        self.faults = faults
        self.workers.clear()

    # --- time ----------------------------------------------------------------------------------

    def later(self, seconds: int) -> None:
        self.now += seconds

    def sweep(self) -> None:
        """What the schedule does every minute."""
        self.persist("sweep", {"source": "aws.scheduler"})
        self.settle()

    # --- calling a handler ---------------------------------------------------------------------

    def invoke(self, function: str, event: dict[str, Any]) -> Any:
        """The handler's answer; raises Died. Its worker goes with it."""
        answer = self._run(function, event)
        self.delivered.append((function, event))
        if self.twice:
            self._again(function, event, answer)
        return answer

    def _run(self, function: str, event: dict[str, Any]) -> Any:
        self.later(1)
        worker = self.workers.setdefault(function, Worker(self))
        with running(function, worker):
            self.faults.active, self.faults.for_people = True, "routeKey" in event
            try:
                return module(function).handler(event, Context())
            except (Exception, Killed) as error:
                self.workers.pop(function)
                self.died.append(f"{function}: {error!r}")
                raise Died(repr(error)) from None
            finally:
                self.faults.active = False

    def _again(self, function: str, event: dict[str, Any], answer: Any) -> None:
        before = self.picture()
        try:
            second = self._run(function, event)
        except Died as error:
            second = str(error)
        if answer != second:
            self.unlike.append(f"{function} answered {answer} and then {second} to {event}")
        if changed := different(before, self.picture()):
            self.unlike.append(f"{function} again changed {changed} by {event}")

    def persist(self, function: str, event: dict[str, Any]) -> Any:
        """Call until it answers: for callers who repeat what got no answer."""
        for _ in range(3):
            try:
                return self.invoke(function, event)
            except Died:
                if self.patient:
                    self.settle()
        raise AssertionError(f"{function} dies each time: {self.died[-1]}")

    def task(self, function: str, payload: dict[str, Any]) -> Any:
        try:
            return self.invoke(function, payload)
        except Died as error:
            raise TaskFailed(str(error)) from None

    # --- delivering ------------------------------------------------------------------------------

    def settle(self) -> None:
        for _ in range(MAX_ROUNDS):
            if not any([*(each.deliver() for each in self.mappings), self.steps.step()]):
                return
        raise AssertionError(f"no end after {MAX_ROUNDS} rounds: {self.died[-3:]}")

    def picture(self) -> dict[tuple[str, str, str], Any]:
        """Every item of the tables that orders, stock and codes live in."""
        found = {}
        for table in ("OrdersTable", "StockTable", "GoodsTable"):
            for wire in self.dynamo.items(table):
                item = from_wire(wire)
                item.pop("ttl", None)  # counted from the last write of a token
                found[table, item["pk"], item["sk"]] = item
        return found


class Context:
    """Of Lambda, as far as loggers look at it."""

    function_name = "inprocess"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:inprocess"
    aws_request_id = "00000000-0000-0000-0000-000000000000"


def different(before: dict[Any, Any], after: dict[Any, Any]) -> list[Any]:
    return sorted(key for key in before | after if before.get(key) != after.get(key))
