"""The simulators' memory: one contract for the dictionary of the tests and the Sandbox table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from oms.domain.errors import LostRace
from oms.ports import Memory
from tests.contract.payment_worlds import TableWorld
from tests.fakes.memory import InMemory


@pytest.fixture(params=[InMemory, TableWorld])
def memory(request: pytest.FixtureRequest) -> Iterator[Memory]:
    if request.param is InMemory:
        yield InMemory()
        return
    world = TableWorld()
    yield world.memory
    world.close()


def test_what_was_never_put_is_absent_at_version_zero(memory: Memory) -> None:
    assert memory.get("k") == (None, 0)


def test_each_put_is_the_next_version(memory: Memory) -> None:
    values = [{"a": 1}, {"a": {"b": ["ü", None, True]}}, {}]
    for version, value in enumerate(values):
        memory.put("k", value, expected_version=version)
        assert memory.get("k") == (value, version + 1)


@pytest.mark.parametrize("expected_version", [0, 2, 7])
def test_a_put_at_another_version_loses_and_changes_nothing(
    memory: Memory, expected_version: int
) -> None:
    memory.put("k", {"kept": 1}, expected_version=0)
    with pytest.raises(LostRace):
        memory.put("k", {"kept": 2}, expected_version=expected_version)
    assert memory.get("k") == ({"kept": 1}, 1)


def test_an_absent_key_has_no_later_version(memory: Memory) -> None:
    with pytest.raises(LostRace):
        memory.put("k", {}, expected_version=1)


def test_what_was_read_is_a_copy(memory: Memory) -> None:
    memory.put("k", {"a": []}, expected_version=0)
    found, _ = memory.get("k")
    assert found is not None
    found["a"].append(1)
    assert memory.get("k")[0] == {"a": []}
