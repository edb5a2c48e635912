"""A stored item as plain values."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]
