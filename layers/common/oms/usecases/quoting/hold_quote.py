"""A way of delivery that was quoted is held for a while, with its promise."""

from __future__ import annotations

from ...domain.errors import ValidationFailed
from ...domain.model.carriage import NAMED_DAY
from ...domain.model.node import DIGITAL
from ...domain.promising.promise import LOW
from ...domain.quoting.quote import Option, Quote, QuoteRequest
from ...domain.reserving.reservation import Cart, CartItem, Reservation
from ..reserving.deps import Reserving
from ..reserving.reserve_basket import Reserved, reserve_basket
from .deps import UNREADABLE, InTime, patiently
from .hold_wish import HoldWish


def hold_quote(
    asked: QuoteRequest,
    quote: Quote,
    wish: HoldWish,
    *,
    actor: str,
    deps: Reserving,
    in_time: InTime = patiently,
) -> Reservation | None:
    """None while the quote is in doubt, or the stock: what cannot be read cannot be held.

    Raises ValidationFailed for an option that is not offered, and as `reserve_basket` does.
    """
    if not quote.currency:
        return None
    option = next((each for each in quote.options if each.id == wish.option), None)
    if option is None:
        raise ValidationFailed("there is no such option", fields={"/hold/option": "not offered"})
    if option.method == DIGITAL:
        wrong = {"/hold/option": "what is digital needs no hold"}
        raise ValidationFailed("it is there whenever it is ordered", fields=wrong)
    if option.promise is not None and option.promise.confidence == LOW:
        return None
    basket = _basket(asked, option, wish)

    def reserve() -> Reserved:
        return reserve_basket(basket, actor=actor, deps=deps)

    try:
        return in_time(reserve).reservation
    except UNREADABLE:  # asked again with the same key, it is the same reservation
        return None


def _basket(asked: QuoteRequest, option: Option, wish: HoldWish) -> Cart:
    day = asked.day or (option.promise.deliver_by if option.promise else "")
    return Cart(
        key=wish.key,
        channel=asked.channel,
        lines=tuple(CartItem(line.sku, line.quantity) for line in asked.lines),
        ttl_s=wish.ttl_s,
        method=option.method,
        service=option.service,
        node=option.node,
        country=asked.country,
        lat=asked.lat,
        lon=asked.lon,
        day=day if option.service == NAMED_DAY else "",
    )
