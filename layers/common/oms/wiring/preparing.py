"""What preparing a part works with."""

from __future__ import annotations

from ..usecases.preparing.deps import Preparing
from . import live
from .lazy import lazy


def preparing() -> Preparing:
    made = live()
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
