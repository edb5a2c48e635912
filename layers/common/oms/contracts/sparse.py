"""Answers in which a field that does not apply, or that the reader may not see, is absent."""

from __future__ import annotations

from typing import Any

from pydantic import SerializerFunctionWrapHandler, model_serializer

from .parse import View


class Sparse(View):
    """None of a field is said by leaving it out."""

    # It has no type of its answer: that would be the schema, instead of the fields.
    @model_serializer(mode="wrap")
    def _given(self, serialize: SerializerFunctionWrapHandler):  # type: ignore[no-untyped-def]
        said: dict[str, Any] = serialize(self)
        return {name: value for name, value in said.items() if value is not None}
