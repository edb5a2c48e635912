"""Purchase orders as suppliers are sent them: the same document that they may read."""

from __future__ import annotations

from typing import Any


def document(found: Any) -> str:
    from ..contracts.purchases import PurchaseView

    return PurchaseView.of(found).model_dump_json()
