"""Composition root: the one place where stores and gateways meet the use cases.

Everything is built once per warm worker and on first use; nothing is read at import. What holds
a secret (payment gateways, the carrier) is built again whenever the secrets were read again.
"""

from __future__ import annotations

from functools import cache

from .outside import Outside as Live
from .payments import Gateways

__all__ = ["Gateways", "Live", "live"]


@cache
def live() -> Live:
    return Live()
