"""What runs executions and remembers for simulators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


class Workflows(Protocol):
    """Step Functions: one execution per order or return, named by its id."""

    def start(self, kind: str, name: str, input: Mapping[str, Any]) -> None:
        """`kind`: order | return. Started before is started: no error."""

    def restart(self, kind: str, name: str) -> bool:
        """A new execution where the last one ended without its work done; False where none did."""

    def ended(self, kind: str, since: int) -> list[str]:
        """Names of those that ended without their work done since then (epoch seconds)."""

    def resume(self, token: str, output: Mapping[str, Any]) -> None:
        """A late or repeated answer is harmless: no error."""


class Memory(Protocol):
    """A small durable key → JSON object store with compare-and-set, for the simulators."""

    def get(self, key: str) -> tuple[dict[str, Any] | None, int]:
        """The value and its version (0 when absent)."""

    def put(self, key: str, value: Mapping[str, Any], *, expected_version: int) -> None:
        """Raises LostRace when the stored version is another."""
