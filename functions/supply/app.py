"""Goods on their way, and how far files of stock are."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.edge.stock import body_of, file_name
from oms.edge.supply import routes
from oms.stores.supply import keys
from oms.usecases.supplying import documents as docs
from oms.usecases.supplying import move_document as moving
from oms.usecases.supplying.create_document import create_document


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def create(body: str, request: Request) -> Response:
    return _shown(create_document(body_of(request, "supply", body).new(), _desk(request)))


def see(kind: str, request: Request) -> Response:
    return _shown(docs.view(kind, request.path["id"], _desk(request)))


def listed(request: Request) -> Response:
    from oms.contracts.supply import SupplyDocumentsView, SupplyDocumentView

    found = docs.list_documents(request.path["node"], _desk(request))
    seen = [SupplyDocumentView.of(doc) for doc in found]
    return Response(200, SupplyDocumentsView(documents=seen).model_dump(mode="json"))


def move(kind: str, event: str, request: Request) -> Response:
    return _shown(moving.move_document(kind, request.path["id"], event, _desk(request)))


def receive(kind: str, request: Request) -> Response:
    body, desk = body_of(request, "supply", "SupplyReceiptBody"), _desk(request)
    id, came = request.path["id"], body.arrivals()
    return _shown(moving.receive_document(kind, id, body.id, came, desk))


def reschedule(kind: str, request: Request) -> Response:
    eta = body_of(request, "supply", "EtaBody").eta.isoformat()
    return _shown(moving.reschedule_document(kind, request.path["id"], eta, _desk(request)))


def files(request: Request) -> Response:
    from oms.contracts.stock_files import LoadsView, LoadView

    found = [LoadView.of(load) for load in wiring.live().loads.of_file(file_name(request))]
    return Response(200, LoadsView(loads=found).model_dump(mode="json"))


def _desk(request: Request) -> docs.Desk:
    live, who = wiring.live(), request.principal
    name, now = keys.document_pk, live.now()
    return docs.Desk(who.actor, who.may_work_at, live.supplies, live.config, live.config, name, now)


def _shown(doc: Any) -> Response:
    from oms.contracts.supply import SupplyDocumentView

    return Response(200, SupplyDocumentView.of(doc).model_dump(mode="json"))


ROUTES = {
    "GET /stock/files": files,
    "GET /nodes/{node}/documents": listed,
    **routes(create=create, see=see, move=move, receive=receive, reschedule=reschedule),
}
