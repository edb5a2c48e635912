"""What customers are written with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


class Messenger(Protocol):
    """Sends one message to one customer, by mail or SMS. `id` is stable over retries."""

    @property
    def leaves(self) -> bool:
        """Whether anything leaves the house."""

    def send(self, id: str, to: str, subject: str, body: str) -> None:
        """Raises Refused for what will never be taken; a Fault to try again."""


class Renderer(Protocol):
    """What a customer reads; `data` as gateways/notifications/templates.py names its fields."""

    def __call__(self, status: str, locale: str, data: Mapping[str, str]) -> tuple[str, str]:
        """Subject and body."""
