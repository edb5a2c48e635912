"""A part in an address, for functions that `edge.api` does not serve yet."""

from __future__ import annotations

from ..domain.errors import NotFound
from .http import Request


def part_number(request: Request) -> int:
    text = request.path["part"]
    if not (text.isascii() and text.isdecimal() and len(text) <= 2):
        raise NotFound("there is no such part at your node")
    return int(text)
