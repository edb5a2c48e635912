"""What happens in most stories: staff work, the carrier delivers."""

from __future__ import annotations

from local.actors.staff import Part
from local.demo.tale import Tale

WORDS = {
    "accept": "accepted",
    "pick": "picked",
    "pack": "packed",
    "label": "labels bought and printed",
    "ship": "handed over to the carrier",
    "shelve": "put on the shelf for collection",
}


def work_through(tale: Tale, order: str, *, parts: int = 1) -> list[Part]:
    """Staff do all that is left, and it is told."""

    def told(action: str, part: Part) -> None:
        tale.tell(order, WORDS[action], part["node"])

    return tale.world.staff.work_through(order, told, parts=parts)


def deliver(tale: Tale, order: str, *, parts: int = 1) -> None:
    """From assignment to the customer's door."""
    shipped = work_through(tale, order, parts=parts)
    tale.world.carrier.deliver(*shipped)
    tale.ends_as(order, "DELIVERED", "delivered")
