"""One message for each status, however often and in whatever order events come."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from oms.domain.errors import Fault, NotFound
from oms.domain.model.order import Order
from oms.domain.timeline import Entry
from oms.gateways.notifications.templates import render
from oms.usecases.notifying.deps import Notifying
from oms.usecases.notifying.notify_customer import notify_customer
from tests.cloud import NOW, World
from tests.usecases.orders import ID, order, part, payment, write


class Post:
    """Remembers what was sent; fails as often as `failing` says."""

    leaves = True

    def __init__(self, failing: int = 0) -> None:
        self.failing = failing
        self.sent: list[tuple[str, str, str]] = []

    def send(self, id: str, to: str, subject: str, body: str) -> None:
        if self.failing:
            self.failing -= 1
            raise Fault("the mail service is away")
        self.sent.append((id, to, subject))


def tell(
    world: World, event: str, number: int = 0, post: Post | None = None, texts: Post | None = None
) -> list[str]:
    deps = Notifying(
        world.orders,
        world.config,
        post or Post(),
        texts or Post(),
        render,
        world.goods,
        lambda: "link-secret",
        NOW,
    )
    return notify_customer(ID, event, number, cause="O#1|STATE:1", deps=deps)


def move(world: World, status: str, number: int = 1) -> None:
    now = world.orders.part(ID, number)
    world.orders.save_part(replace(now, status=status), Entry(now.version + 1, "x", NOW, "ann"))


LIFE = [
    ("order.confirmed", "ASSIGNED", 0),
    ("fulfilment.accepted", "ACCEPTED", 1),
    ("fulfilment.picked", "PICKED", 1),
    ("fulfilment.labelled", "READY_TO_SHIP", 1),
    ("fulfilment.shipped", "SHIPPED", 1),
    ("fulfilment.delivered", "DELIVERED", 1),
    ("order.completed", "DELIVERED", 0),
]
FIVE = ["SUPPORT_WAITING", "IN_PREPARATION", "READY_TO_SHIP", "SHIPPED", "DELIVERED"]


def live(world: World) -> Order:
    return write(world, order("CONFIRMED", (part(1, "ASSIGNED"),), payments=(payment(),)))


def test_a_shipped_order_tells_exactly_five_times(world: World) -> None:
    live(world)
    post, told = Post(), []
    for event, status, number in LIFE:
        move(world, status)
        for _ in range(3):  # delivered again
            told += tell(world, event, number, post)
    assert told == FIVE
    assert [id for id, _, _ in post.sent] == [
        f"{ID}:{status}:{part}" for status, part in zip(FIVE, (0, 0, 1, 1, 1), strict=True)
    ]
    assert {to for _, to, _ in post.sent} == {"zoe@mail.example"}


def test_events_that_wait_until_all_is_done_still_tell_each_status(world: World) -> None:
    live(world)
    move(world, "DELIVERED")
    told = [status for event, _, number in LIFE for status in tell(world, event, number)]
    assert told == FIVE


def test_the_same_events_again_at_the_end_tell_nothing(world: World) -> None:
    live(world)
    for event, status, number in LIFE:
        move(world, status)
        tell(world, event, number)
    assert [s for event, _, number in reversed(LIFE) for s in tell(world, event, number)] == []


def test_what_comes_late_is_not_told(world: World) -> None:
    live(world)
    move(world, "SHIPPED")
    assert tell(world, "fulfilment.shipped", 1) == ["SHIPPED"]
    assert tell(world, "fulfilment.labelled", 1) == []
    assert tell(world, "fulfilment.accepted", 1) == []


def test_the_row_is_the_delivery_and_holds_no_address(world: World) -> None:
    live(world)
    tell(world, "order.confirmed")
    (row,) = world.orders.get(ID).messages
    assert row["subject"] == "We have your order WEB-1"
    assert {name: row[name] for name in ("status", "part", "at", "locale", "event")} == {
        "status": "SUPPORT_WAITING",
        "part": 0,
        "at": NOW,
        "locale": "en",
        "event": "O#1|STATE:1",
    }
    assert not {"to", "email", "phone"} & set(row)
    assert "zoe@mail.example" not in str(row)


def test_a_message_that_could_not_be_sent_is_sent_the_next_time(world: World) -> None:
    live(world)
    post = Post(failing=1)
    with pytest.raises(Fault):
        tell(world, "order.confirmed", post=post)
    assert world.orders.get(ID).messages == ()
    assert tell(world, "order.confirmed", post=post) == ["SUPPORT_WAITING"]
    assert len(post.sent) == 1


def test_a_customer_without_an_address_has_the_message_in_the_account(world: World) -> None:
    nobody = replace(order("CONFIRMED"))
    snapshot = replace(nobody.snapshot, customer=replace(nobody.snapshot.customer, email=""))
    write(world, replace(nobody, snapshot=snapshot))
    post = Post()
    assert tell(world, "order.confirmed", post=post) == ["SUPPORT_WAITING"]
    assert post.sent == []
    assert len(world.orders.get(ID).messages) == 1


def test_events_nobody_is_told_of_read_nothing(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(world.orders, "get", lambda *_: pytest.fail("read"))
    assert tell(world, "fulfilment.picked", 1) == []
    assert tell(world, "stock_item.depleted") == []


def test_an_event_is_one_read(world: World, monkeypatch: Any) -> None:
    live(world)
    reads, get = [], world.orders.get

    def counted(id: str) -> Order:
        reads.append(id)
        return get(id)

    monkeypatch.setattr(world.orders, "get", counted)
    tell(world, "order.confirmed")
    assert reads == [ID]


def test_an_unknown_order_is_refused(world: World) -> None:
    with pytest.raises(NotFound):
        tell(world, "order.confirmed")
