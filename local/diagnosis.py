"""Why an order is where it is, and what went wrong in functions. Text for a person."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from local.paths import ROOT
from local.stack import Stack
from oms.stores.dynamo.table import Table
from oms.stores.orders.keys import order_pk

LAST_STATES = 4
LAST_FRAMES = 2
MOST_TEXT = 600


def diagnosis(stack: Stack, order_id: str) -> str:
    """The order's items with what happened to each, and the state of its execution."""
    lines = [f"order {order_id}", *_items(stack, order_id), *_execution(stack, order_id)]
    return "\n    ".join(lines)


def trouble(stack: Stack) -> str:
    """Each error that functions logged, once, with how often it came; empty when there is none."""
    seen: Counter[str] = Counter()
    for function in functions(stack):
        seen.update(f"{function}: {told}" for told in _errors(printed(stack, function)))
    return "\n".join(f"{count} × {told}" for told, count in seen.most_common())


def functions(stack: Stack) -> list[str]:
    """Logical ids: functions/ingest_order is IngestOrderFunction."""
    folders = sorted(path.name for path in (ROOT / "functions").iterdir() if path.is_dir())
    names = ["".join(map(str.capitalize, name.split("_"))) + "Function" for name in folders]
    return [name for name in names if name in stack.deployment.physical]


def _items(stack: Stack, order_id: str) -> Iterator[str]:
    table = Table(stack.client("dynamodb"), stack.physical("OrdersTable"))
    for item in table.query(order_pk(order_id)):
        happened = [entry.split("|")[1] for entry in item.get("tl", [])]
        last = item.get("last", {}).get("k", "")
        yield f"{item['sk']:14} {item.get('status', ''):16} {' → '.join(happened) or last}"


def _execution(stack: Stack, order_id: str) -> Iterator[str]:
    machine = stack.physical("OrderMachine")
    arn = f"{machine.replace(':stateMachine:', ':execution:')}:{order_id}"
    client = stack.client("stepfunctions")
    try:
        yield f"execution {client.describe_execution(executionArn=arn)['status']}"
        history = client.get_execution_history(executionArn=arn, reverseOrder=True)
    except ClientError as error:
        yield f"execution: {error.response['Error']['Code']}"
        return
    for event in history["events"][:LAST_STATES]:
        details: Any = next((v for k, v in event.items() if k.endswith("EventDetails")), {})
        yield f"  {event['type']} {str(details)[:MOST_TEXT]}"


def printed(stack: Stack, function: str) -> list[str]:
    """Each line that a function wrote."""
    try:
        return stack.logs(function)
    except ClientError:  # it never ran
        return []


def _errors(lines: list[str]) -> Iterator[str]:
    """What each error line says in short."""
    for about, traceback in errors(lines):
        yield f"{about}\n    {_ending(traceback)}" if about else _ending(traceback)


def errors(lines: list[str]) -> Iterator[tuple[str, str]]:
    """What each error was about, and its traceback; those that Python itself printed, too."""
    for place, line in enumerate(lines):
        if line.startswith("Traceback"):
            yield "", _traceback(lines[place:])
            continue
        record = _record(line)
        if record.get("level") in ("ERROR", "CRITICAL"):
            about = {k: record[k] for k in ("route", "task", "message_id") if k in record}
            yield f"{record.get('message')} {about or ''}", str(record.get("exception", ""))


def _traceback(lines: list[str]) -> str:
    """From its first line to the one that names the error."""
    end = next((n for n, line in enumerate(lines) if n and line[:1].strip()), len(lines))
    return "\n".join(line.rstrip() for line in lines[: end + 1])


def _record(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _ending(traceback: str) -> str:
    """The last frames of ours and the error itself."""
    lines = traceback.splitlines()
    ours = [line.strip() for line in lines if "File" in line and "/oms/" in line]
    error = next((line for line in reversed(lines) if line[:1].strip()), "")
    return "\n    ".join([*ours[-LAST_FRAMES:], error[:MOST_TEXT]])
