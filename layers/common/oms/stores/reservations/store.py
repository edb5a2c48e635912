"""Reservations of carts: one row each, in the orders' table for its stream and its due index."""

from __future__ import annotations

from dataclasses import replace

from ...domain.errors import NotFound
from ...domain.reserving.reservation import ACTIVE, Reservation
from ...domain.timeline import Entry
from ..dynamo.codec import decode, encode, step_of_order
from ..dynamo.table import Item, Table
from . import keys

KEPT_S = 30 * 86_400  # after its end; the lake keeps it longer


class ReservationStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def find(self, id: str) -> Reservation | None:
        item = self.table.get(keys.reservation_pk(id), keys.RESERVATION)
        return reservation_of(item) if item else None

    def get(self, id: str) -> Reservation:
        """Raises NotFound."""
        found = self.find(id)
        if found is None:
            raise NotFound(f"there is no reservation {id}")
        return found

    def create(self, reservation: Reservation, entry: Entry) -> Reservation:
        """The version that this call wrote, else what was stored before."""
        after = replace(reservation, version=1)
        if self.table.put_if_absent(_item(after, entry)):
            return after
        return self.get(reservation.id)

    def save(self, reservation: Reservation, entry: Entry) -> Reservation:
        """The next version; raises LostRace when somebody was faster."""
        after = replace(reservation, version=reservation.version + 1)
        self.table.put(_item(after, entry), expected_version=reservation.version)
        return after

    def shards(self) -> list[str]:
        return keys.reservation_shards()

    def due(self, shard: str, now: int, *, limit: int) -> list[str]:
        """Ids of what ran out in one shard, longest overdue first."""
        items, _ = self.table.page(
            keys.BY_DUE, "ds = :ds AND due <= :now", {":ds": shard, ":now": now}, limit=limit
        )
        return [keys.reservation_of(item["pk"]) for item in items]


def _item(reservation: Reservation, entry: Entry) -> Item:
    """Only what can still run out is in the due index; what has ended may be cleaned up."""
    plain = encode(reservation)
    plain.pop("version")
    active = {"ds": keys.reservation_shard(reservation.id), "due": reservation.expires_at}
    return {
        "pk": keys.reservation_pk(reservation.id),
        "sk": keys.RESERVATION,
        "v": reservation.version,
        "last": step_of_order(entry, entry.note),
        **(active if reservation.status == ACTIVE else {"ttl": entry.at + KEPT_S}),
        **plain,
    }


def reservation_of(item: Item) -> Reservation:
    return decode(Reservation, {**item, "version": item["v"]})
