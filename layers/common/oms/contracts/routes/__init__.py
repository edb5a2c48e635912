"""The HTTP API as data: one file for each slice, its routes in `ROUTES`."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from ..route import Route


def all_routes() -> tuple[Route, ...]:
    """The routes of every file in this folder. Raises ValueError where two claim one route."""
    names = sorted(module.name for module in iter_modules(__path__))
    slices = [import_module(f".{name}", __name__).ROUTES for name in names]
    found = tuple(route for routes in slices for route in routes)
    keys = [route.key for route in found]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise ValueError(f"defined twice: {', '.join(twice)}")
    return found
