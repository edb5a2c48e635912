"""One contract for every payment gateway: what the use cases rely on when they move money."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from oms.domain.errors import GatewayTimeout, MoneyRefused, Unauthenticated
from oms.domain.model.money import Money
from oms.domain.model.payment import AUTHORISED, DECLINED, PENDING, SUCCEEDED, PaymentMeans
from tests.contract.payment_worlds import WORLDS, World


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


@pytest.fixture(params=WORLDS)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    made = WORLDS[request.param]()
    yield made
    made.close()


def held(world: World, minor: int = 10_000, token: str = "") -> str:
    """The reference of a fresh authorisation."""
    answer = world.gateway.authorise(
        "auth-1", eur(minor), PaymentMeans("card", token=token or world.ok)
    )
    assert answer.outcome == AUTHORISED
    return answer.ref


def test_authorisation_answers_a_reference_and_its_end(world: World) -> None:
    answer = world.gateway.authorise("a", eur(4711), PaymentMeans("card", token=world.ok))
    assert answer.outcome == AUTHORISED
    assert answer.ref
    assert (answer.expires_at or 0) > 1_700_000_000


def test_the_same_id_is_the_same_authorisation(world: World) -> None:
    assert held(world) == held(world)


def test_the_same_id_for_another_amount_is_refused(world: World) -> None:
    held(world, 10_000)
    with pytest.raises(MoneyRefused):
        held(world, 10_001)


def test_a_refused_card_is_declined_with_its_reason_every_time(world: World) -> None:
    for _ in range(2):
        answer = world.gateway.authorise("a", eur(100), PaymentMeans("card", token=world.decline))
        assert (answer.outcome, answer.reason) == (DECLINED, "insufficient_funds")


def test_captures_in_three_parts_to_the_cent(world: World) -> None:
    ref = held(world, 10_000)
    for part, minor in enumerate((3_333, 3_333, 3_334)):
        answer = world.gateway.capture(f"c{part}", ref, eur(minor))
        assert answer.outcome == SUCCEEDED
    assert world.moved(ref) == (10_000, [])
    with pytest.raises(MoneyRefused):
        world.gateway.capture("c3", ref, eur(1))


def test_a_repeated_capture_takes_the_money_once(world: World) -> None:
    ref = held(world)
    first = world.gateway.capture("c", ref, eur(2_500))
    assert world.gateway.capture("c", ref, eur(2_500)) == first
    assert world.moved(ref) == (2_500, [])


def test_a_capture_id_with_another_amount_is_refused(world: World) -> None:
    ref = held(world)
    world.gateway.capture("c", ref, eur(2_500))
    with pytest.raises(MoneyRefused):
        world.gateway.capture("c", ref, eur(2_501))
    assert world.moved(ref) == (2_500, [])


@pytest.mark.parametrize("minor", [10_001, 0, -1])
def test_over_capture_and_empty_capture_are_refused(world: World, minor: int) -> None:
    ref = held(world, 10_000)
    with pytest.raises(MoneyRefused):
        world.gateway.capture("c", ref, eur(minor))
    assert world.moved(ref) == (0, [])


def test_capture_after_void_is_refused(world: World) -> None:
    ref = held(world)
    assert world.gateway.void("v", ref).outcome == SUCCEEDED
    with pytest.raises(MoneyRefused):
        world.gateway.capture("c", ref, eur(1))


def test_void_after_a_partial_capture_releases_only_the_rest(world: World) -> None:
    ref = held(world)
    world.gateway.capture("c", ref, eur(4_000))
    assert world.gateway.void("v", ref).outcome == SUCCEEDED
    assert world.gateway.void("v", ref).outcome == SUCCEEDED
    assert world.moved(ref) == (4_000, [])
    with pytest.raises(MoneyRefused):
        world.gateway.capture("c2", ref, eur(1))
    assert world.gateway.refund("r", ref, eur(4_000)).outcome == SUCCEEDED


def test_void_with_nothing_left_is_harmless(world: World) -> None:
    ref = held(world)
    world.gateway.capture("c", ref, eur(10_000))
    assert world.gateway.void("v", ref).outcome == SUCCEEDED
    assert world.moved(ref) == (10_000, [])


def test_operations_on_an_unknown_reference_are_refused(world: World) -> None:
    for number, operation in enumerate((world.gateway.capture, world.gateway.refund)):
        with pytest.raises(MoneyRefused):
            operation(f"x{number}", "pi_unknown", eur(1))
    with pytest.raises(MoneyRefused):
        world.gateway.void("x", "pi_unknown")


def test_one_refund_repeated_is_one_refund(world: World) -> None:
    ref = held(world)
    world.gateway.capture("c", ref, eur(5_000))
    answers = {world.gateway.refund("r", ref, eur(2_000)) for _ in range(3)}
    assert {answer.outcome for answer in answers} == {SUCCEEDED}
    assert len({answer.ref for answer in answers}) == 1
    assert world.moved(ref) == (5_000, [2_000])


def test_two_refunds_of_equal_amount_are_two(world: World) -> None:
    ref = held(world)
    world.gateway.capture("c", ref, eur(5_000))
    first = world.gateway.refund("r1", ref, eur(2_000))
    second = world.gateway.refund("r2", ref, eur(2_000))
    assert first.outcome == second.outcome == SUCCEEDED
    assert first.ref != second.ref
    assert world.moved(ref) == (5_000, [2_000, 2_000])


def test_refunds_never_exceed_what_was_captured(world: World) -> None:
    ref = held(world)
    with pytest.raises(MoneyRefused):
        world.gateway.refund("r0", ref, eur(1))
    world.gateway.capture("c", ref, eur(5_000))
    world.gateway.refund("r1", ref, eur(4_999))
    with pytest.raises(MoneyRefused):
        world.gateway.refund("r2", ref, eur(2))
    assert world.gateway.refund("r3", ref, eur(1)).outcome == SUCCEEDED


def test_a_lost_answer_to_an_authorisation_is_found_by_asking_again(world: World) -> None:
    means = PaymentMeans("card", token=world.losing("authorise"))
    with pytest.raises(GatewayTimeout):
        world.gateway.authorise("a", eur(900), means)
    answer = world.gateway.authorise("a", eur(900), means)
    assert answer.outcome == AUTHORISED
    assert world.gateway.capture("c", answer.ref, eur(900)).outcome == SUCCEEDED


def test_a_lost_answer_to_a_refund_does_not_refund_twice(world: World) -> None:
    ref = held(world, token=world.losing("refund"))
    world.gateway.capture("c", ref, eur(5_000))
    with pytest.raises(GatewayTimeout):
        world.gateway.refund("r", ref, eur(2_000))
    assert world.gateway.refund("r", ref, eur(2_000)).outcome == SUCCEEDED
    assert world.moved(ref) == (5_000, [2_000])


def waiting(world: World) -> str:
    answer = world.gateway.authorise("late-1", eur(700), PaymentMeans("card", token=world.late))
    assert answer.outcome == PENDING
    assert answer.action_url.startswith("https://")
    return answer.ref


def test_nothing_is_captured_while_the_payer_has_to_act(world: World) -> None:
    ref = waiting(world)
    with pytest.raises(MoneyRefused):
        world.gateway.capture("c", ref, eur(1))


def test_a_late_approval_comes_as_a_verified_event(world: World) -> None:
    ref = waiting(world)
    event = world.gateway.event(*world.complete(ref))
    assert event is not None
    assert event.event_id
    assert (event.operation, event.answer.outcome, event.answer.ref) == ("late-1", AUTHORISED, ref)
    assert event.answer.expires_at
    assert world.gateway.capture("c", ref, eur(700)).outcome == SUCCEEDED


def test_a_late_refusal_comes_as_a_verified_event(world: World) -> None:
    ref = waiting(world)
    event = world.gateway.event(*world.complete(ref, approve=False))
    assert event is not None
    assert (event.operation, event.answer.outcome) == ("late-1", DECLINED)
    assert event.answer.reason


def test_asking_again_tells_what_a_pending_authorisation_has_become(world: World) -> None:
    ref = waiting(world)
    world.complete(ref)
    again = world.gateway.authorise("late-1", eur(700), PaymentMeans("card", token=world.late))
    assert (again.outcome, again.ref) == (AUTHORISED, ref)


def test_an_event_with_a_bad_signature_is_not_believed(world: World) -> None:
    headers, body = world.complete(waiting(world))
    name = world.signature_header
    stamp, _, _ = headers[name].partition(",")
    forged = [
        (headers, body.replace(b"late-1", b"late-2")),
        ({**headers, name: f"{stamp},v1={'0' * 64}"}, body),
        ({**headers, name: headers[name].replace("t=1", "t=2", 1)}, body),
        ({**headers, name: "nonsense"}, body),
        ({**headers, name: "t=ü,v1=ü"}, body),
        ({}, body),
    ]
    for case in forged:
        with pytest.raises(Unauthenticated):
            world.gateway.event(*case)


def test_header_names_are_matched_whatever_their_case(world: World) -> None:
    headers, body = world.complete(waiting(world))
    assert world.gateway.event({k.lower(): v for k, v in headers.items()}, body)
