"""What preparing a part works with."""

from __future__ import annotations

from .. import wiring
from ..usecases.preparing.deps import Preparing
from .lazy import lazy


def preparing() -> Preparing:
    made = wiring.live()
    return Preparing(
        orders=made.orders,
        stock=lazy(lambda: made.stock),
        config=made.config,
        carrier=lazy(lambda: made.carrier),
        printer=lazy(lambda: made.printer),
        documents=lazy(lambda: made.documents),
        codes=made.codes,
        now=made.now(),
    )
