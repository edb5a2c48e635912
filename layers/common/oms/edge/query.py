"""The whole query of a request as a contract."""

# Annotations are values here: Powertools finds the request by the type of the parameter.

from collections.abc import Callable, Collection

from aws_lambda_powertools.event_handler import Request

from ..contracts.parse import ModelT, parse


def query_of(
    model: type[ModelT], besides: Collection[str] = frozenset()
) -> Callable[[Request], ModelT]:
    """`asked: Annotated[Model, Depends(query_of(Model))]`; OpenAPI lists the fields of `model`.

    A parameter that the contract does not know is refused, but for those in `besides`, which the
    route takes by themselves.
    """

    def read(request: Request) -> ModelT:
        given = request.resolved_event.query_string_parameters
        return parse(model, {k: v for k, v in given.items() if k not in besides})

    read.__dict__["contract"] = model
    return read
