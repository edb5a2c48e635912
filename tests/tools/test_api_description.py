"""OpenAPI says what routes declare and models parse."""

from __future__ import annotations

import warnings
from typing import Annotated, Any

import pytest
from aws_lambda_powertools.event_handler import Depends
from aws_lambda_powertools.event_handler.openapi.params import Header
from pydantic import BaseModel, Field

from oms.contracts.orders import OrderBody
from oms.contracts.parse import Contract
from oms.edge.api import Api, Router
from oms.edge.params import Limit, Name, PartNumber
from oms.edge.principal import SERVICE, STOREFRONT, any_of
from oms.edge.query import query_of
from tools.api_description import document


class Answer(BaseModel):
    id: str


class Question(Contract):
    word: str = Field(max_length=9, description="What is asked")
    often: int | None = None


router = Router()


@router.post(
    "/orders",
    operation_id="placeOrder",
    summary="Place an order",
    tags=["orders"],
    security=any_of(STOREFRONT, SERVICE),
    status_code=201,
)
def place(
    body: OrderBody, key: Annotated[str, Header(alias="Idempotency-Key", max_length=64)] = ""
) -> Answer:
    return Answer(id=key)


@router.post("/hooks/<provider>/<part>", operation_id="hear", status_code=204)
def hear(provider: Name, part: PartNumber, limit: Limit = 20) -> None:
    """Nothing to say."""


@router.get("/questions", operation_id="ask")
def ask(question: Annotated[Question, Depends(query_of(Question))]) -> Answer:
    return Answer(id=question.word)


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return document({"one": Api(router)})


def operation(described: dict[str, Any], method: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = described["paths"][path][method]
    return found


def test_a_body_is_described_by_the_model_that_parses_it(described: dict[str, Any]) -> None:
    body = operation(described, "post", "/orders")["requestBody"]["content"]["application/json"]
    assert body["schema"] == {"$ref": "#/components/schemas/OrderBody"}
    fields = described["components"]["schemas"]["OrderBody"]["properties"]
    assert fields["external_id"]["maxLength"] == 128


def test_answers_and_problems_are_listed(described: dict[str, Any]) -> None:
    responses = operation(described, "post", "/orders")["responses"]
    assert list(responses)[:3] == ["201", "400", "401"]
    assert "HTTPValidationError" not in described["components"]["schemas"]
    assert "OutOfStock" in described["components"]["responses"]["Problem409"]["description"]
    assert (
        "content"
        not in operation(described, "post", "/hooks/{provider}/{part}")["responses"]["204"]
    )


def test_any_one_scope_is_enough_and_a_hook_needs_none(described: dict[str, Any]) -> None:
    placed = operation(described, "post", "/orders")
    assert placed["security"] == [{"jwt": [STOREFRONT]}, {"jwt": [SERVICE]}]
    assert operation(described, "post", "/hooks/{provider}/{part}")["security"] == []


def test_parameters_carry_their_bounds(described: dict[str, Any]) -> None:
    (header,) = operation(described, "post", "/orders")["parameters"]
    assert (header["in"], header["name"]) == ("header", "idempotency-key")
    assert header["schema"] == {"type": "string", "maxLength": 64}
    found = operation(described, "post", "/hooks/{provider}/{part}")["parameters"]
    assert [each["name"] for each in found] == ["provider", "part", "limit"]
    bounds = {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}
    assert found[2]["schema"] == bounds


def test_a_query_of_one_contract_is_listed_field_by_field(described: dict[str, Any]) -> None:
    word, often = operation(described, "get", "/questions")["parameters"]
    assert (word["required"], word["description"]) == (True, "What is asked")
    assert word["schema"] == {"type": "string", "maxLength": 9}
    assert (often["required"], often["schema"]) == (False, {"type": "integer"})


def test_one_name_of_two_schemas_is_refused() -> None:
    other = Router()

    class Answer(BaseModel):
        name: int

    def tell() -> Answer:
        return Answer(name=1)

    tell.__annotations__["return"] = Answer
    other.get("/answers", operation_id="tell")(tell)
    with warnings.catch_warnings(), pytest.raises(ValueError, match="Answer"):
        document({"one": Api(router), "two": Api(other)})
