"""Gift cards and licence keys in tests: codes loaded, orders placed, parts delivered."""

from __future__ import annotations

from typing import Any

from oms.domain.model.order import Order
from oms.usecases.digital.deliver_digital_part import deliver_digital_part
from oms.usecases.digital.deliver_waiting_parts import deliver_waiting_parts
from oms.usecases.digital.deps import DigitalDelivery
from oms.usecases.digital.load_codes import CodePool, load_codes
from tests.bundles import bundle
from tests.cloud import World
from tests.orders import assigned

CODES = ("AAAA-BBBB-0001", "AAAA-BBBB-0002", "AAAA-BBBB-0003")


def deps(world: World) -> DigitalDelivery:
    return bundle(DigitalDelivery, world)


def load(world: World, *codes: str, sku: str = "GIFT") -> CodePool:
    return load_codes(sku, codes, deps=deps(world))


def deliver(world: World, order: str, number: int = 1) -> str:
    """Said twice: the same answer."""
    found = deliver_digital_part(order, number, deps=deps(world))
    assert deliver_digital_part(order, number, deps=deps(world)) == found
    return found


def serve(world: World, sku: str = "GIFT") -> int:
    return deliver_waiting_parts(sku, deps=deps(world))


def only_digital(world: World, quantities: dict[str, int], **more: Any) -> Order:
    return assigned(world, quantities, ship_to=None, shipping=0, **more)


def codes_of(world: World, order: str) -> list[str]:
    return [good.code for _, good in sorted(world.goods.given(order).items())]
