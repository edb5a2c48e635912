"""The HTTP API as OpenAPI 3.1, from the routes and the models that parse and answer them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from importlib import import_module
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from oms.contracts.route import Param, Route
from oms.domain import errors, ids

Json = dict[str, Any]
Mode = Literal["validation", "serialization"]

VERSION = "1"
JSON, PROBLEM = "application/json", "application/problem+json"
REF = "#/components/schemas/{model}"
SCHEMAS: Json = {
    "Problem": {
        "description": "RFC 9457. `type` ends with the name of the error.",
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["pointer", "detail"],
                    "properties": {
                        "pointer": {"type": "string", "description": "JSON pointer to the field"},
                        "detail": {"type": "string"},
                    },
                },
            },
        },
    },
    "GatewayMessage": {
        "description": "What API Gateway answers before our code runs.",
        "type": "object",
        "required": ["message"],
        "properties": {"message": {"type": "string"}},
    },
}
NAME: Json = {"type": "string", "minLength": 1, "maxLength": 128}
PATH_TYPES: dict[str, Json] = {
    "order_id": {"type": "string", "pattern": f"^[{ids.ALPHABET}]{{{ids.ORDER_ID_LENGTH}}}$"},
    "part": {"type": "integer", "minimum": 0, "maximum": 99},  # 0 in cases: the whole order
    "number": {"type": "integer", "minimum": 1, "maximum": 99},
}
BY_THE_GATEWAY = {401, 403, 404, 429, 500, 503}


def document(routes: Sequence[Route]) -> Json:
    models = dict(_models(routes))
    references, definitions = models_json_schema(
        [(model, mode) for model, mode in dict.fromkeys(models.values())], ref_template=REF
    )
    schemas = {name: references[key] for name, key in models.items()}
    paths: dict[str, Json] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Order management", "version": VERSION},
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted({**definitions.get("$defs", {}), **SCHEMAS}.items())),
            "responses": {
                f"Problem{status}": _problem(status)
                for status in sorted({s for route in routes for s in route.problems})
            },
            "securitySchemes": {
                "jwt": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            },
        },
    }


def _models(routes: Sequence[Route]) -> Iterator[tuple[tuple[str, Mode], tuple[Any, Mode]]]:
    """(name, mode) → (class, mode) of all that routes name."""
    for route in routes:
        named: list[tuple[str | None, Mode]] = [(route.request, "validation")]
        named += [(answer, "serialization") for answer in route.responses.values()]
        for name, mode in named:
            if name:
                yield (name, mode), (_class(name, route), mode)


def _class(name: str, route: Route) -> type[BaseModel]:
    module, _, attribute = name.partition(":")
    try:
        found = getattr(import_module(f"oms.contracts.{module}"), attribute)
    except (ImportError, AttributeError) as error:
        raise LookupError(f"{route.key} names {name}, which is not in oms/contracts") from error
    if not (isinstance(found, type) and issubclass(found, BaseModel)):
        raise LookupError(f"{route.key} names {name}, which is no pydantic model")
    return found


def _operation(route: Route, schemas: Mapping[tuple[str, Mode], Json]) -> Json:
    operation: Json = {
        "operationId": operation_id(route),
        "summary": route.summary,
        "tags": [route.function],
        # Any one of the scopes will do: OpenAPI says so by alternatives.
        "security": [] if route.public else [{"jwt": [scope]} for scope in route.scopes],
    }
    if parameters := [*_path_parameters(route), *_parameters(route)]:
        operation["parameters"] = parameters
    if route.request:
        schema = schemas[route.request, "validation"]
        operation["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
    operation["responses"] = {
        **{
            str(status): _answer(status, schemas[name, "serialization"] if name else None)
            for status, name in sorted(route.responses.items())
        },
        **{str(s): {"$ref": f"#/components/responses/Problem{s}"} for s in route.problems},
    }
    return operation


def operation_id(route: Route) -> str:
    """POST /orders/{id}/cancel → post_orders_id_cancel."""
    words = re.findall(r"\w+", route.path)
    return "_".join([route.method.lower(), *words])


def _path_parameters(route: Route) -> Iterator[Json]:
    for name in re.findall(r"{(\w+)\+?}", route.path):
        schema = PATH_TYPES.get(name, NAME)
        yield {"name": name, "in": "path", "required": True, "schema": schema}


def _parameters(route: Route) -> Iterator[Json]:
    for place, parameters in (("query", route.query), ("header", route.headers)):
        for parameter in parameters:
            yield {
                "name": parameter.name,
                "in": place,
                "required": parameter.required,
                "description": parameter.description,
                "schema": _schema(parameter),
            }


def _schema(parameter: Param) -> Json:
    bounds = {
        "pattern": parameter.pattern or None,
        "minimum": parameter.minimum,
        "maximum": parameter.maximum,
        "maxLength": parameter.max_length,
    }
    given = {name: value for name, value in bounds.items() if value is not None}
    return {"type": parameter.kind, **given}


def _answer(status: int, schema: Json | None) -> Json:
    answer: Json = {"description": HTTPStatus(status).phrase}
    return {**answer, "content": {JSON: {"schema": schema}}} if schema else answer


def _problem(status: int) -> Json:
    named = sorted(
        name
        for name, error in vars(errors).items()
        if isinstance(error, type) and getattr(error, "status", 0) == status and name != "OmsError"
    )
    content = {PROBLEM: {"schema": {"$ref": REF.format(model="Problem")}}}
    if status in BY_THE_GATEWAY:
        content[JSON] = {"schema": {"$ref": REF.format(model="GatewayMessage")}}
    phrase = HTTPStatus(status).phrase
    return {
        "description": f"{phrase}: {', '.join(named)}" if named else phrase,
        "content": content,
    }
