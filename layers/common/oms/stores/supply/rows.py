"""Expected supply as rows of its SKU's partition."""

from __future__ import annotations

from ...domain.model.supply import Supply
from ..dynamo.table import Item
from ..stock import keys as stock_keys
from ..stock.shown import marked
from . import keys


def supply_key(supply: Supply) -> Item:
    return {"pk": stock_keys.sku_pk(supply.sku), "sk": keys.supply_sk(supply.eta, supply.id)}


def supply_row(supply: Supply) -> Item:
    row = {"q": supply.quantity, "node": supply.node, "id": supply.id, "eta": supply.eta}
    if supply.confidence != 100:
        row["conf"] = supply.confidence
    if supply.receive_days:
        row["days"] = supply.receive_days
    return marked({**supply_key(supply), **row})


def supply_of(sku: str, row: Item) -> Supply:
    return Supply(
        id=row["id"],
        sku=sku,
        node=row["node"],
        quantity=row["q"],
        eta=row["eta"],
        confidence=row.get("conf", 100),
        receive_days=row.get("days", 0),
    )
