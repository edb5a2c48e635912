"""Routes of goods on their way: the same steps for every kind of document."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ..contracts.routes.supply import DOCUMENTS, STEPS
from .http import Response, Route

Handler = Callable[..., Response]


def routes(
    *, create: Handler, see: Handler, move: Handler, receive: Handler, reschedule: Handler
) -> dict[str, Route]:
    """`create` is given the name of the body, the others the kind, `move` the step too."""
    found: dict[str, Any] = {}
    for path, (kind, _, body) in DOCUMENTS.items():
        one = path + "/{id}"
        found |= {f"POST {path}": partial(create, body), f"GET {one}": partial(see, kind)}
        found |= {f"POST {one}/{step}": partial(move, kind, step) for step in STEPS[kind]}
        found[f"POST {one}/receive"] = partial(receive, kind)
        found[f"POST {one}/reschedule"] = partial(reschedule, kind)
    return found
