"""One HTTP route as data. OpenAPI and the template's API are generated from these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Param:
    """A query parameter; `kind` is a JSON Schema type, `pattern` and bounds as in JSON Schema."""

    name: str
    description: str
    kind: str = "string"
    required: bool = False
    pattern: str = ""
    minimum: int | None = None
    maximum: int | None = None
    max_length: int | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """`request` and `responses` name pydantic models as "module:Class" so that listing routes
    imports none of them; None is an answer without a body. Problems (4xx, 5xx) are added by the
    generator. `public` routes have no authorizer: they authenticate by signature.
    """

    method: str
    path: str
    function: str
    scopes: tuple[str, ...]
    summary: str
    request: str | None = None
    responses: Mapping[int, str | None] = field(default_factory=dict)
    query: tuple[Param, ...] = ()
    headers: tuple[Param, ...] = ()
    public: bool = False
    problems: tuple[int, ...] = (400, 401, 403, 404, 409, 413, 422, 429, 500, 503)

    @property
    def key(self) -> str:
        return f"{self.method} {self.path}"
