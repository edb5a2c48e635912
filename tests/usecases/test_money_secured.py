"""Money that is not settled yet, events early, late or twice, authorisations that lapse."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from oms import wiring
from oms.domain.errors import Fault, GatewayTimeout, IllegalTransition
from oms.domain.ids import operation_id
from oms.domain.model import fulfilment as fo
from oms.domain.model import payment as pay
from oms.domain.model.payment import GatewayAnswer, MoneyMove, PaymentMeans, ProviderEvent
from oms.domain.timeline import Entry
from oms.usecases.paying.apply_provider_event import apply_provider_event
from oms.usecases.paying.capture_part import capture_part
from oms.usecases.paying.deps import Paying
from oms.usecases.serving.cancel_order import cancel_order
from oms.usecases.serving.deps import Serving
from tests.bundles import bundle
from tests.cloud import NOW, World, receive
from tests.orders import allocate, assigned, authorise, place
from tests.parts import conclude, through
from tests.usecases.staff_floor import ORDER, Floor, floor_with

LATE = PaymentMeans("card", "sandbox", "tok_late")


def hear(world: World, operation: str, outcome: str, **more: Any) -> str:
    event = ProviderEvent("evt", operation, GatewayAnswer(outcome, **more))
    return apply_provider_event(event, deps=bundle(Paying, world))


def cases(world: World, order_id: str) -> list[tuple[str, str]]:
    return [(case["sk"], case["reason"]) for case in world.orders.get(order_id).cases]


def test_a_pending_capture_is_asked_again_under_its_id(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    order_id = assigned(world, {"SKU-001": 2}).id
    through(world, order_id, 1, "accept", "pick", "pack", "label", "ship")
    asked, answers = [], [pay.PENDING, pay.SUCCEEDED]

    def capture(id: str, ref: str, amount: object) -> GatewayAnswer:
        asked.append(id)
        return GatewayAnswer(answers.pop(0), "ref")

    gateways: Any = SimpleNamespace(of=lambda means: SimpleNamespace(capture=capture))
    deps = bundle(Paying, world, gateways=gateways)
    with pytest.raises(Fault, match="pending"):
        capture_part(order_id, 1, deps)
    payment = world.orders.get(order_id).payment
    assert payment
    assert not payment.captures
    assert capture_part(order_id, 1, deps)["outcome"] == pay.SUCCEEDED
    assert asked == [operation_id(order_id, "capture", 1)] * 2


def test_an_answer_that_overtakes_our_record_is_delivered_again(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    order_id = place(world, {"SKU-001": 2}, means=LATE).snapshot.id
    operation = operation_id(order_id, "authorise", 1)
    with pytest.raises(Fault):
        hear(world, operation, pay.AUTHORISED, ref="r")
    assert hear(world, operation_id(order_id, "authorise", 2), pay.AUTHORISED) == "IGNORED"
    assert authorise(world, order_id) == pay.PENDING
    assert hear(world, operation, pay.AUTHORISED) == pay.AUTHORISED


def test_a_crash_between_payment_and_state_heals_on_redelivery(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    order_id = place(world, {"SKU-001": 2}, means=LATE).snapshot.id
    assert authorise(world, order_id) == pay.PENDING
    operation = operation_id(order_id, "authorise", 1)

    def died(*_: object) -> None:
        raise Fault("died")

    with monkeypatch.context() as patched:
        patched.setattr(world.orders, "save_state", died)
        with pytest.raises(Fault):
            hear(world, operation, pay.AUTHORISED)
    assert world.orders.get(order_id).state.status == "RECEIVED"
    for _ in range(2):
        assert hear(world, operation, pay.AUTHORISED) == pay.AUTHORISED
    assert world.orders.get(order_id).state.status == "CONFIRMED"


@pytest.mark.parametrize("outcome", [pay.SUCCEEDED, pay.FAILED])
@pytest.mark.parametrize("key", ["undelivered", "undelivered.2"])
def test_a_late_word_on_undelivered_money_is_kept(world: World, key: str, outcome: str) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    order = assigned(world, {"SKU-001": 1})
    operation = operation_id(order.id, "refund", key)
    with pytest.raises(Fault):
        hear(world, operation, outcome)
    assert order.payment
    given = order.payment.with_capture("1", MoneyMove(2489, pay.SUCCEEDED))
    given = given.with_refund(key, MoneyMove(2489, pay.PENDING))
    world.orders.save_payment(order.id, given, Entry(given.version + 1, "refunded", world.now))
    assert hear(world, operation, pay.PENDING) == pay.PENDING
    for _ in range(2):
        assert hear(world, operation, outcome, ref="r") == outcome
    assert hear(world, operation, pay.SUCCEEDED, ref="other") == outcome
    payment = world.orders.get(order.id).payment
    assert payment
    assert payment.refunds[key] == MoneyMove(2489, outcome, "r", world.now)
    failed = [("CASE#REFUND#00", "REFUND_FAILED")]
    assert cases(world, order.id) == (failed if outcome == pay.FAILED else [])


@pytest.mark.parametrize("outcome", [pay.EXPIRED, pay.VOIDED])
def test_an_authorisation_that_the_provider_let_go_is_a_case(world: World, outcome: str) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    order = assigned(world, {"SKU-001": 1})
    for _ in range(2):
        said = hear(world, operation_id(order.id, "authorise", 1), outcome)
        assert said == pay.AUTHORISED
    assert cases(world, order.id) == [("CASE#PAYMENT#01", "AUTHORISATION_EXPIRED")]


def lapse(floor: Floor, **changes: Any) -> None:
    payment = floor.order.payment
    assert payment
    after = replace(payment, **changes)
    floor.orders.save_payment(ORDER, after, Entry(payment.version + 1, "changed", NOW))


@pytest.mark.parametrize("changes", [{"expires_at": NOW}, {"status": pay.VOIDED}])
@pytest.mark.parametrize(
    ("status", "method", "action"),
    [
        (fo.PACKED, "SHIP", "label"),
        (fo.READY_TO_SHIP, "SHIP", "ship"),
        (fo.PACKED, "PICKUP", "shelve"),
    ],
)
def test_goods_without_secured_money_stay(
    status: str, method: str, action: str, changes: dict[str, Any]
) -> None:
    with floor_with(status, method) as floor:
        lapse(floor, **changes)
        with pytest.raises(IllegalTransition, match="authorisation has lapsed"):
            floor.act(action)
        assert floor.part.status == status
        lapse(floor, captures={"1": MoneyMove(100, pay.SUCCEEDED)})
        floor.act(action)
        assert floor.part.status != status


def test_goods_whose_authorisation_still_runs_may_leave() -> None:
    with floor_with(fo.READY_TO_SHIP) as floor:
        lapse(floor, expires_at=NOW + 1)
        assert floor.act("ship").status == fo.SHIPPED


class Rotating(wiring.Live):
    """A worker whose secrets are what the test says."""

    secrets: Any = None
    config: Any = SimpleNamespace(carrier=lambda: {"id": "tariff"})
    sandbox: Any = None

    def env(self, name: str) -> str:
        return name


def test_a_rotated_secret_reaches_gateways_and_carrier(monkeypatch: pytest.MonkeyPatch) -> None:
    made = lambda tariff, memory, secret: SimpleNamespace(secret=secret)  # noqa: E731
    monkeypatch.setattr("oms.gateways.carriers.tariff.TariffCarrier", made)
    monkeypatch.setattr("oms.gateways.payments.simulator.SimulatedPayments", made)
    live = Rotating()
    for secret in ("old", "new"):
        live.secrets = {"sandbox": secret, "carrier": secret}
        gateway: Any = live.gateways.named("sandbox")
        carrier: Any = live.carrier
        assert (gateway.secret, carrier.secret) == (secret, secret)
        assert live.gateways.named("sandbox") is gateway
        assert live.carrier is carrier


def test_what_a_dead_run_had_secured_is_released_when_the_order_was_cancelled_meanwhile(
    world: World,
) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    lost = PaymentMeans("card", "sandbox", "tok_timeout_once")
    order_id = place(world, {"SKU-001": 2}, means=lost).snapshot.id
    with pytest.raises(GatewayTimeout):
        authorise(world, order_id)
    cancel_order(order_id, "NO_LONGER", actor="ada", deps=bundle(Serving, world))
    assert world.orders.get(order_id).payment is None
    for _ in range(2):
        authorise(world, order_id)
        assert allocate(world, order_id) == "DONE"
        assert conclude(world, order_id) == "CANCELLED"
    order = world.orders.get(order_id)
    assert order.payment
    assert (order.state.status, order.payment.status) == ("CANCELLED", pay.VOIDED)
    books, _ = world.sandbox.get(f"pay#{order.payment.ref}")
    assert books
    assert books["status"] == pay.VOIDED
