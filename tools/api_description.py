"""The HTTP API as OpenAPI 3.1: what Powertools makes of each function's routes, in one document.

What all routes share is said here once: problems, and how a caller authenticates.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus

from aws_lambda_powertools.event_handler.api_gateway import Route
from aws_lambda_powertools.event_handler.openapi.merge import OpenAPIMerge
from aws_lambda_powertools.event_handler.openapi.models import HTTPBearer

from oms.edge.api import Api
from tools.http_routes import apis
from tools.problem_answers import JSON, SCHEMAS, STATUSES, Json, answers, references

TITLE, VERSION = "Order management", "1"
POWERTOOLS_OWN = {"HTTPValidationError", "ValidationError", "ResponseValidationError"}
JWT = {"jwt": HTTPBearer(bearerFormat="JWT")}
METHODS = {"get", "put", "post", "delete", "patch"}


def document(served: Mapping[str, Api]) -> Json:
    """Raises ValueError where two functions mean different things by one schema's name."""
    merge = OpenAPIMerge(title=TITLE, version=VERSION, on_conflict="error")
    schemas: Json = {}
    for one in map(_description, served.values()):
        _agree(schemas, one["components"].get("schemas", {}))
        merge.add_schema(one)
    found = merge.get_openapi_schema()
    return {
        "openapi": found["openapi"],
        "info": found["info"],
        "paths": dict(sorted(found["paths"].items())),
        "components": {
            "schemas": dict(sorted({**schemas, **SCHEMAS}.items())),
            "responses": answers(),
            "securitySchemes": {
                "jwt": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            },
        },
    }


def file(_: str) -> str:
    """`docs/openapi.json`."""
    return json.dumps(document(apis()), indent=2, ensure_ascii=False) + "\n"


def served(_: str) -> str:
    """What `GET /openapi.json` answers: the same, in the layer and without blanks."""
    return json.dumps(document(apis()), separators=(",", ":"), ensure_ascii=False) + "\n"


def _description(api: Api) -> Json:
    text = api.get_openapi_json_schema(title=TITLE, version=VERSION, security_schemes=dict(JWT))
    found: Json = json.loads(text, parse_float=_number)
    for route in api.routes:
        if asked := list(_query(route)):
            operation = found["paths"][route.openapi_path][route.method.lower()]
            operation["parameters"] = [*operation.get("parameters", ()), *asked]
    for operation in _operations(found):
        _finish(operation)
    schemas = found["components"]["schemas"]
    found["components"] = {
        "schemas": {name: schemas[name] for name in schemas if name not in POWERTOOLS_OWN}
    }
    return found


def _query(route: Route) -> Iterator[Json]:
    """The parameters of a query that is taken as one contract."""
    for dependency in route.dependant.dependencies:
        if contract := getattr(dependency.depends.dependency, "contract", None):
            schema = contract.model_json_schema()
            for name, field in schema["properties"].items():
                given = next((each for each in field.get("anyOf", ()) if "type" in each), field)
                bounds = {k: v for k, v in given.items() if k not in ("title", "description")}
                required = name in schema.get("required", ())
                told = {"name": name, "in": "query", "required": required, "schema": bounds}
                yield told | {k: field[k] for k in ("description",) if k in field}


def _number(text: str) -> float | int:
    """Powertools makes bounds of whole numbers fractions."""
    return int(float(text)) if float(text).is_integer() else float(text)


def _operations(found: Json) -> Iterator[Json]:
    for item in found["paths"].values():
        yield from (item[method] for method in METHODS & set(item))


def _finish(operation: Json) -> None:
    """Problems that every route may answer, phrases of statuses, no titles of parameters."""
    operation.setdefault("security", [])
    for parameter in operation.get("parameters", ()):
        for said in ("title", "description"):
            parameter["schema"].pop(said, None)
        if not parameter["schema"].get("default"):  # "" and 0 stand for what was left out
            parameter["schema"].pop("default", None)
    own = {
        status: _answer(int(status), answer)
        for status, answer in operation["responses"].items()
        if int(status) not in STATUSES
    }
    operation["responses"] = {**dict(sorted(own.items())), **references()}


def _answer(status: int, answer: Json) -> Json:
    schema = answer.get("content", {}).get(JSON, {}).get("schema")
    content = (
        {} if status == HTTPStatus.NO_CONTENT or not schema else {"content": answer["content"]}
    )
    return {"description": HTTPStatus(status).phrase, **content}


def _agree(schemas: Json, more: Json) -> None:
    for name, schema in more.items():
        if schemas.setdefault(name, schema) != schema:
            raise ValueError(f"two schemas are called {name}: classes of one name, or of two modes")
