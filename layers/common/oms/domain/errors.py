"""Every error class of the system. Its name is the problem type at the HTTP edge.

`Refused` is an answer about the request (4xx); `Fault` is a failure of ours or of somebody we
call: it is raised, retried by the caller's machinery and in the end parked for a human.
Business results of tasks are neither: they are data (`{"outcome": "DECLINED"}`).
"""


class OmsError(Exception):
    """Base of all. `fields` names the offending fields as JSON pointers → reason."""

    status = 500
    title = "Internal error"

    def __init__(
        self, detail: str, *, fields: dict[str, str] | None = None, **extra: object
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.fields = fields or {}
        self.extra = extra


class Refused(OmsError):
    """The request cannot be fulfilled as it is; repeating it unchanged does not help."""

    status = 400
    title = "Request refused"


class ValidationFailed(Refused):
    status = 422
    title = "The request is not valid"


class Unauthenticated(Refused):
    status = 401
    title = "Not authenticated"


class Forbidden(Refused):
    status = 403
    title = "Not allowed"


class NotFound(Refused):
    status = 404
    title = "Not found"


class StaleVersion(Refused):
    """Somebody else moved the thing first; `extra` carries the fresh version and actions."""

    status = 409
    title = "The version is stale"


class IllegalTransition(Refused):
    status = 409
    title = "Not possible in the current state"


class IdempotencyConflict(Refused):
    status = 409
    title = "The same key was used for a different request"


class OutOfStock(Refused):
    """`extra`: `missing` (line → units short) and `alternatives` (what could be promised)."""

    status = 409
    title = "Not enough stock"


class NotServed(Refused):
    """Whatever the stock, no carrier brings it there; `reason`: NO_CARRIER or TOO_HEAVY."""

    status = 409
    title = "No carrier takes it there"


class NodeCannotServe(Refused):
    """The node asked for does not pass sourcing's fences; `reason` is the code of the first."""

    status = 409
    title = "The node cannot take it"


class LimitExceeded(Refused):
    status = 413
    title = "Beyond a documented limit"


class TooLateToCancel(Refused):
    status = 409
    title = "Too late to cancel"


class NothingToReturn(Refused):
    status = 409
    title = "Not returnable"


class MoneyRefused(Refused):
    """A gateway refused a money operation as wrong in itself: over-capture, capture after void."""

    status = 409
    title = "The payment provider refused"


class Fault(OmsError):
    """Something failed that may succeed when tried again."""

    status = 503
    title = "Temporarily unavailable"


class LostRace(Fault):
    """A conditional write lost against another writer: load and decide again."""

    title = "Concurrent change"


class StockUnsettled(Fault):
    """Nothing of a hot SKU is left to claim, but not all claims have their order yet."""

    title = "The last units are being claimed: ask again"


class GatewayTimeout(Fault):
    """An outside party did not answer: whether it acted is unknown until asked again."""

    title = "A provider did not answer"
