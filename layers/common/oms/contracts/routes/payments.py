"""What payment providers report."""

from __future__ import annotations

from ..route import Route

ROUTES = (
    Route(
        "POST",
        "/webhooks/payments/{provider}",
        "pay",
        (),
        "Take what a payment provider reports, signed as that provider signs",
        responses={204: None},
        public=True,
    ),
)
