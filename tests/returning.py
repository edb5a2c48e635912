"""Returns for tests: a delivered order, what people say, and what the stream does after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from oms.domain.model.order import Order
from oms.domain.model.payment import PaymentMeans
from oms.domain.model.returns import (
    Inspection,
    Return,
    ReturnArrival,
    ReturnRequest,
    Verdict,
)
from oms.domain.returning.refund import return_of
from oms.domain.timeline import Entry
from oms.usecases.executing.follow_part import follow_part
from oms.usecases.paying.capture_part import capture_part
from oms.usecases.paying.deps import Paying
from oms.usecases.returning.await_return import wake_return
from oms.usecases.returning.deps import Returning
from oms.usecases.returning.follow_return import follow_return
from oms.usecases.returning.inspect_return import inspect_return
from oms.usecases.returning.receive_return import receive_return
from oms.usecases.returning.refund_return import refund_return
from oms.usecases.returning.request_return import request_return
from tests.bundles import bundle

from .cloud import World, receive
from .orders import assigned

NODE = "dc-lille"
DELIVERY = ("accept", "pick", "pack", "label", "ship", "deliver")


def deps(world: World, **instead: Any) -> Returning:
    """The world as the use cases of returns see it, some of it replaced."""
    return bundle(Returning, world, **instead)


def delivered(
    world: World, quantities: Mapping[str, int], *, card: str = "tok_ok", **more: Any
) -> Order:
    """Shipped from one warehouse, captured, delivered."""
    for sku, quantity in quantities.items():
        receive(world, sku, NODE, quantity, id=f"{more.get('external_id', 'e1')}:{sku}")
    means = PaymentMeans("card", "sandbox", card)
    order = assigned(world, quantities, means=means, **more)
    for part in order.parts:
        for event in DELIVERY:
            moved = world.orders.part(order.id, part.number).moved(event)
            world.orders.save_part(moved, Entry(moved.version + 1, event, world.now, "test"))
            follow_part(event, moved, stock=world.stock, now=world.now)
        capture_part(order.id, part.number, deps=bundle(Paying, world))
    return world.orders.get(order.id)


def ask(world: World, order_id: str, lines: Mapping[int, int], key: str = "k1") -> Return:
    wanted = ReturnRequest(key, lines, dict.fromkeys(lines, "CHANGED_MIND"))
    _, ret = request_return(order_id, wanted, actor="ann", deps=deps(world))
    return ret


def arrive(
    world: World, ret: Return, counts: Mapping[int, int], node: str = NODE, **strangers: int
) -> Return:
    arrival = ReturnArrival(node, counts, strangers)
    return receive_return(ret.order_id, ret.number, arrival, actor="bob", deps=deps(world))[1]


def judge(
    world: World, ret: Return, verdicts: Mapping[int, Verdict], *, fee: int = 0, node: str = NODE
) -> Return:
    judged = Inspection(node, verdicts, fee)
    return inspect_return(ret.order_id, ret.number, judged, actor="bob", deps=deps(world))[1]


def inspected(
    world: World, order_id: str, lines: Mapping[int, int], key: str = "k1", fee: int = 0
) -> Return:
    """Asked for, arrived, all of it accepted and put back on sale."""
    ret = arrive(world, ask(world, order_id, lines, key), lines)
    return judge(world, ret, {no: Verdict(n, "RESTOCK") for no, n in lines.items()}, fee=fee)


def refund(world: World, ret: Return, **instead: Any) -> str:
    return refund_return(ret.order_id, ret.number, deps=deps(world, **instead))["outcome"]


def follow(world: World, ret: Return) -> None:
    """What `follow_orders` does after the change that left this return, delivered twice."""
    order = world.orders.get(ret.order_id)
    event = ret.timeline[-1].kind
    for _ in range(2):
        follow_return(event, order, ret, stock=world.stock, now=world.now)
        wake_return(order, ret.number, orders=world.orders, workflows=world.workflows)


def stored(world: World, ret: Return) -> Return:
    return return_of(world.orders.get(ret.order_id), ret.number)


def money(world: World, order_id: str) -> tuple[int, int, int]:
    """Captured and refunded as we know it, and refunded as the provider knows it."""
    payment = world.orders.get(order_id).payments[-1]
    book, _ = world.sandbox.get(f"pay#{payment.ref}")
    assert book
    said = [op for op in book["ops"].values() if op["kind"] == "refund"]
    given = sum(op["amount"] for op in said if op["outcome"] == "SUCCEEDED")
    return payment.captured, payment.refunded, given


def around(real: Any, **instead: Any) -> Any:
    """`real` with some of its methods replaced."""

    class Around:
        def __getattr__(self, name: str) -> Any:
            return instead.get(name) or getattr(real, name)

    return Around()


def interrupted(world: World, meanwhile: Any) -> Any:
    """Orders whose first reading is followed by `meanwhile`, before anything is written."""
    done: list[bool] = []

    def get(order_id: str) -> Order:
        found = world.orders.get(order_id)
        if not done:
            done.append(True)
            meanwhile()
        return found

    return around(world.orders, get=get)


class Died(BaseException):
    """The worker was killed: nothing in our code may catch it."""


@dataclass
class Dying:
    """Something that dies around its call number `at`: just before it, or just after it."""

    real: Any
    at: int
    after: bool
    calls: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.real, name)
        if not name.startswith(("save_", "refund", "open_case", "put_")):
            return found

        def call(*args: Any, **named: Any) -> Any:
            self.calls.append(name)
            mine = len(self.calls) == self.at
            if mine and not self.after:
                raise Died
            answer = found(*args, **named)
            if mine:
                raise Died
            return answer

        return call
