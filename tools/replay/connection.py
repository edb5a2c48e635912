"""A running system to read the past from: the one of `make run`, or a stack in your account."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import boto3

from local.paths import BUILD
from oms.gateways.holidays import holiday_dates
from oms.stores.config.rules import RuleStore
from oms.stores.config.store import ConfigStore
from oms.stores.dynamo.table import Table
from oms.stores.lake.past_lake import PastLake
from oms.stores.stock.store import StockStore

CONNECTION = BUILD / "cloud.json"  # written by `make run` while it is up
NEEDED = ("LakeBucket", "ConfigTable", "StockTable")


class NoSystem(RuntimeError):
    """There is no system to read from; the text says what to do."""


def clients(stack: str) -> tuple[Callable[[str], Any], str]:
    """How to make a client, and the stack's name. `stack` is in the account of the environment."""
    if stack:
        return boto3.client, stack
    if not CONNECTION.exists():
        raise NoSystem("start the system with `make run`, or name a deployed one with STACK=…")
    found = json.loads(CONNECTION.read_text())
    return partial(boto3.client, **found["client"]), str(found["stack"])


def source(client: Callable[[str], Any], stack: str) -> tuple[PastLake, RuleStore]:
    physical = resources(client("cloudformation"), stack)
    dynamo = client("dynamodb")
    config = Table(dynamo, physical["ConfigTable"])
    store = ConfigStore(config, time.monotonic, holiday_dates)
    stock = StockStore(Table(dynamo, physical["StockTable"]))
    lake = PastLake(client("s3"), physical["LakeBucket"], store, stock, holiday_dates)
    return lake, RuleStore(config)


def resources(cloudformation: Any, stack: str) -> Mapping[str, str]:
    """Logical → physical id of what is read."""
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
    listed = [item for page in pages for item in page["StackResourceSummaries"]]
    found = {item["LogicalResourceId"]: item["PhysicalResourceId"] for item in listed}
    return {name: found[name] for name in NEEDED}
