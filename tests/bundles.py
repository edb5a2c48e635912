"""What use cases work with, of a test's world: `bundle(Placing, world, now=later)`."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

T = TypeVar("T")


def bundle(kind: type[T], world: object, **changes: Any) -> T:
    """Each field is what the world has under its name, or else its default."""
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    found = {name: getattr(world, name) for name in names if hasattr(world, name)}
    return kind(**found | changes)
