"""Documents of goods on their way. A document, the stock that it moves, the supply that it
announces and its place in the nodes' lists are one transaction: none is ever without the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...domain.errors import LostRace, OutOfStock
from ...domain.limits.aws import TRANSACT_ACTIONS
from ...domain.model.stock_item import Movement
from ...domain.supplying.document import DocumentKind, SupplyDocument
from ...domain.supplying.document_change import DocumentChange, listed
from ...domain.supplying.expecting import difference, expected
from ..dynamo.codec import decode, encode, last_step
from ..dynamo.table import Item, Table, to_wire
from ..stock import keys as stock_keys
from ..stock.update import update_of
from . import keys
from .rows import supply_key, supply_row

REFUSED = "ConditionalCheckFailed"


class SupplyStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def get(self, kind: DocumentKind, id: str) -> SupplyDocument | None:
        row = self.table.get(keys.document_pk(kind, id), keys.DOCUMENT)
        return _document(row) if row else None

    def name(self, kind: DocumentKind, id: str) -> str:
        return keys.document_pk(kind, id)

    def at_node(self, node: str) -> list[tuple[DocumentKind, str]]:
        """(kind, id) of documents that the node has something to do with, by date."""
        rows = self.table.query(keys.documents_pk(node))
        return [(DocumentKind(row["kind"]), row["id"]) for row in rows]

    def documents(self, ids: Sequence[tuple[DocumentKind, str]]) -> list[SupplyDocument]:
        """Up to 100, in their order; eventually consistent."""
        wanted = [(keys.document_pk(*each), keys.DOCUMENT) for each in ids]
        found = self.table.batch_get(wanted) if wanted else {}
        return [_document(found[key]) for key in wanted if key in found]

    def commit(
        self, changes: Sequence[DocumentChange], movements: Sequence[Movement], *, now: int
    ) -> None:
        """Raises LostRace when a document moved meanwhile, OutOfStock naming SKUs and units."""
        puts = [{"Put": self._document(change)} for change in changes]
        moves = [{"Update": self._movement(move, now)} for move in movements]
        rows = [action for change in changes for action in self._rows(change)]
        actions = [*puts, *moves, *rows]
        assert len(actions) <= TRANSACT_ACTIONS, "the lines of a document are limited"
        try:
            self.table.transact(actions)
        except LostRace as lost:
            codes = lost.extra.get("reasons", [])
            assert isinstance(codes, list)
            by_move = dict(zip(range(len(puts), len(puts) + len(moves)), movements, strict=True))
            missing = {
                move.sku: move.quantity
                for n, move in by_move.items()
                if n < len(codes) and codes[n] == REFUSED
            }
            if missing and REFUSED not in codes[: len(puts)]:
                node = movements[0].node
                raise OutOfStock(
                    f"{node} has too little of {', '.join(missing)}", missing=missing, node=node
                ) from lost
            raise

    def _document(self, change: DocumentChange) -> Item:
        after, old = change.after, change.before.version if change.before else 0
        key = {"pk": keys.document_pk(after.kind, after.id), "sk": keys.DOCUMENT}
        put = {
            "TableName": self.table.name,
            "Item": to_wire({**encode(after), **key, **last_step(after.timeline)}),
        }
        if not old:
            return {**put, "ConditionExpression": "attribute_not_exists(pk)"}
        return {
            **put,
            "ConditionExpression": "version = :old",
            "ExpressionAttributeValues": to_wire({":old": old}),
        }

    def _movement(self, move: Movement, now: int) -> Item:
        key = {"pk": stock_keys.sku_pk(move.sku), "sk": stock_keys.stock_sk(move.node)}
        return {
            "TableName": self.table.name,
            "Key": to_wire(key),
            **update_of(move, now).arguments(),
        }

    def _rows(self, change: DocumentChange) -> Iterator[Item]:
        """What the document adds to its SKUs' supply and to its nodes' lists, as it is now."""
        name = keys.document_pk(change.after.kind, change.after.id)
        gone, new = difference(expected(change.before, name), expected(change.after, name))
        yield from (self._delete(supply_key(row)) for row in gone)
        yield from (self._put(supply_row(row)) for row in new)
        before, after = listed(change.before), listed(change.after)
        for node, eta in sorted(before - after):
            yield self._delete({"pk": keys.documents_pk(node), "sk": keys.by_date(eta, name)})
        for node, eta in sorted(after - before):
            key = {"pk": keys.documents_pk(node), "sk": keys.by_date(eta, name)}
            yield self._put({**key, "kind": change.after.kind, "id": change.after.id})

    def _delete(self, key: Item) -> Item:
        return {"Delete": {"TableName": self.table.name, "Key": to_wire(key)}}

    def _put(self, row: Item) -> Item:
        return {"Put": {"TableName": self.table.name, "Item": to_wire(row)}}


def _document(row: Item) -> SupplyDocument:
    return decode(SupplyDocument, row)
