"""What every step of node staff carries."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from .parse import Contract


class StepBody(Contract):
    """`version` left out: whatever the part is now."""

    version: Annotated[int | None, Field(ge=1)] = None

    def arguments(self) -> dict[str, Any]:
        """What the use case is told beside order, part and version."""
        return {}


def by_line(named: dict[str, Any]) -> dict[int, Any]:
    return {int(no): value for no, value in named.items()}
