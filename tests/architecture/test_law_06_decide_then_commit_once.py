"""Law 6: load → pure decision → one write. With an outside party: the intent's id is the key.

What can be seen in the text: only stores write, and every call that moves money or buys a label
is given the idempotency key first. That a crash at any arrow is healed is tested by running.
"""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import FUNCTIONS, OMS, Source, parsed, report, sources

WRITES = (
    "put_item update_item delete_item transact_write_items batch_write_item execute_statement"
).split()
KEYED = {"authorise", "capture", "void", "refund", "buy_label", "send"}
KEYS = {"id", "key", "operation", "request"}
WAITS = ("sleep",)  # waiting is for Step Functions and SQS: a sleeping function is paid for


def writes_elsewhere(source: Source) -> list[str]:
    if source.path.is_relative_to(OMS / "stores"):
        return []
    return [
        f"{source.at(call)} writes to DynamoDB: give a store in oms/stores a method for it"
        for call in source.calls(*WRITES)
    ]


def unkeyed(source: Source) -> list[str]:
    """Methods of ports that have an effect outside and are not given its idempotency key."""
    return [
        f"{source.at(method)} {port.name}.{method.name}: its first argument has to be the intent's"
        f" id (one of {sorted(KEYS)}), so that calling again is the same call"
        for port in source.nodes
        if isinstance(port, ast.ClassDef)
        for method in port.body
        if isinstance(method, ast.FunctionDef) and method.name in KEYED
        if not {argument.arg for argument in method.args.args[1:2]} & KEYS
    ]


def sleeps(source: Source) -> list[str]:
    return [
        f"{source.at(call)} sleeps: raise a Fault and let the caller's machinery try again"
        for call in source.calls(*WAITS)
    ]


def test_only_stores_write() -> None:
    assert sources(OMS / "stores"), "no store was found"
    problems = [line for source in sources(OMS, FUNCTIONS) for line in writes_elsewhere(source)]
    assert not problems, report("6: decide, then commit once", problems)


def test_effects_outside_carry_their_key() -> None:
    assert sources(OMS / "ports"), "no port was found"
    problems = [line for source in sources(OMS / "ports") for line in unkeyed(source)]
    assert not problems, report("6: an effect outside carries the intent's id", problems)


def test_nothing_sleeps() -> None:
    folders = [OMS / "domain", OMS / "usecases", OMS / "stores", OMS / "edge", FUNCTIONS]
    problems = [line for source in sources(*folders) for line in sleeps(source)]
    assert not problems, report("6: waiting belongs to the machinery", problems)


def test_a_write_outside_the_stores_is_found() -> None:
    code = "client.put_item(TableName=t, Item=i)"
    assert writes_elsewhere(parsed(code, "usecases/a.py"))
    assert not writes_elsewhere(parsed(code, "stores/a.py"))


@pytest.mark.parametrize(
    ("signature", "broken"),
    [("self, id: str, ref: str", False), ("self, ref: str, id: str", True), ("self", True)],
)
def test_a_missing_key_is_found(signature: str, broken: bool) -> None:
    code = f"class Gateway(Protocol):\n    def capture({signature}): ..."
    assert bool(unkeyed(parsed(code, "ports/a.py"))) == broken


def test_a_sleep_is_found() -> None:
    assert sleeps(parsed("time.sleep(1)"))
