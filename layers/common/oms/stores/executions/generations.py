"""The executions of an order or a return: one, and a successor for each that ended unfinished.

The first is named by the order or the return, its successors `<name>_2`, `<name>_3`, …
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ENDED_UNFINISHED = ("FAILED", "TIMED_OUT", "ABORTED")


def named(name: str, generation: int) -> str:
    return name if generation == 1 else f"{name}_{generation}"


def first_of(name: str) -> str:
    """The name of the first, from that of any."""
    return name.partition("_")[0]


def latest(client: Any, machine: str, name: str) -> tuple[Mapping[str, Any] | None, int]:
    """The last execution as Step Functions describes it, None where none ever began; and which
    generation it is.
    """
    found, generation = None, 0
    while following := _described(client, machine, named(name, generation + 1)):
        found, generation = following, generation + 1
    return found, generation


def _described(client: Any, machine: str, name: str) -> Mapping[str, Any] | None:
    from botocore.exceptions import ClientError

    executions = machine.replace(":stateMachine:", ":execution:")
    try:
        answer: Mapping[str, Any] = client.describe_execution(executionArn=f"{executions}:{name}")
    except ClientError as error:
        if error.response["Error"]["Code"] == "ExecutionDoesNotExist":
            return None
        raise
    return answer
