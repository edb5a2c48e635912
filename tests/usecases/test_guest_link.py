"""A guest's link: good for one order, for a while, and for nobody who made it up."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms.domain.errors import NotFound, Unauthenticated
from oms.domain.limits.orders import GUEST_LINK_TTL_S
from oms.domain.orders import guest_token
from oms.usecases.serving.deps import Serving
from oms.usecases.serving.guest_link import follow_guest_link, make_guest_link
from tests.bundles import bundle
from tests.cloud import NOW, World
from tests.usecases.orders import ID, order, write

SECRET = "a secret of forty-eight characters"
TOKEN = guest_token.sign(ID, 2000, SECRET)


def test_who_has_the_link_sees_the_order(world: World) -> None:
    write(world, order("CONFIRMED"))
    token, expires_at = make_guest_link(ID, secret=SECRET, deps=bundle(Serving, world, now=NOW))
    assert expires_at == NOW + GUEST_LINK_TTL_S
    found = follow_guest_link(token, secret=SECRET, deps=bundle(Serving, world, now=expires_at - 1))
    assert (found.order.id, found.reader) == (ID, "GUEST")


def test_there_is_no_link_to_an_order_that_does_not_exist(world: World) -> None:
    with pytest.raises(NotFound):
        make_guest_link(ID, secret=SECRET, deps=bundle(Serving, world, now=NOW))


def test_a_link_ends() -> None:
    assert guest_token.order_of(TOKEN, SECRET, 1999) == ID
    with pytest.raises(Unauthenticated):
        guest_token.order_of(TOKEN, SECRET, 2000)


def longer_lived() -> str:
    payload = base64.urlsafe_b64encode(f"{ID}.9999".encode()).decode().rstrip("=")
    return f"{payload}.{TOKEN.partition('.')[2]}"


FORGED = [
    "",
    ".",
    TOKEN.partition(".")[0],
    TOKEN.partition(".")[0] + ".",
    TOKEN[:-1],
    TOKEN + "0",
    TOKEN.upper(),
    longer_lived(),
    guest_token.sign(ID, 2000, "another secret"),
    TOKEN + "x" * 10_000,
    "é.é",
    "\ud800.\ud800",
]


@pytest.mark.parametrize("token", FORGED)
def test_a_made_up_link_is_refused(token: str) -> None:
    with pytest.raises(Unauthenticated):
        guest_token.order_of(token, SECRET, 1000)


@given(st.text(max_size=120))
def test_no_text_is_a_link_by_chance(token: str) -> None:
    with pytest.raises(Unauthenticated):
        guest_token.order_of(token, SECRET, 1000)


def test_links_fit_their_limit() -> None:
    assert len(guest_token.sign(ID, 99_999_999_999, SECRET)) <= guest_token.MAX_TOKEN_LENGTH
