"""Whom we tell: customers, the bus, the lake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from ..domain.telling.events import Event


class Messenger(Protocol):
    """Sends one message to one customer. `id` is stable over retries."""

    def send(self, id: str, to: str, subject: str, body: str) -> None: ...


class Renderer(Protocol):
    """What a customer reads; `data` as gateways/notifications/templates.py names its fields."""

    def __call__(self, status: str, locale: str, data: Mapping[str, str]) -> tuple[str, str]:
        """Subject and body."""


class Bus(Protocol):
    def put(self, events: Sequence[Event]) -> None:
        """Raises Fault when one was not taken; all may be put again, their ids tell them."""


class Lake(Protocol):
    def put(self, key: str, lines: Sequence[Mapping[str, Any]]) -> None:
        """One object of JSON lines; the same key overwrites."""
