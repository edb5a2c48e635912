"""Reservations of carts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ..domain.reserving.reservation import Reservation
    from ..domain.timeline import Entry


class Reservations(Protocol):
    def find(self, id: str) -> Reservation | None: ...

    def get(self, id: str) -> Reservation:
        """Raises NotFound."""

    def create(self, reservation: Reservation, entry: Entry) -> Reservation:
        """The version that this call wrote, else what was stored before."""

    def save(self, reservation: Reservation, entry: Entry) -> Reservation:
        """Raises LostRace when the stored version is another."""

    def shards(self) -> list[str]: ...

    def due(self, shard: str, now: int, *, limit: int) -> list[str]: ...
