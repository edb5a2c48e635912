"""What use cases work with, of a test's world: `bundle(Placing, world, now=later)`."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

T = TypeVar("T")


def bundle(kind: type[T], world: object, **changes: Any) -> T:
    """Each field is what the world has under its name, or else its default."""
    found = {
        field.name: _part(getattr(world, field.name), str(field.type))
        for field in fields(kind)  # type: ignore[arg-type]
        if hasattr(world, field.name)
    }
    return kind(**found | changes)


def _part(store: Any, port: str) -> Any:
    """Of stock, the part that the bundle asks for."""
    return store.availability if port == "Availability" else store
