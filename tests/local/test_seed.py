"""The demo's master data is what the system can read and ship."""

from __future__ import annotations

import pytest

from local.seed.carriers import TARIFF, services
from local.seed.channels import CHANNELS, RULES
from local.seed.network import NODES
from local.seed.on_the_way import announce
from local.seed.products import PRODUCTS, ean13
from local.seed.stock import STOCK
from local.seed.suppliers import SUPPLIERS
from oms.domain.model.carriage import price as promised_price
from oms.domain.model.channel import Channel
from oms.domain.model.node import Node
from oms.domain.model.product import Product
from oms.domain.sourcing.validation import problems
from oms.gateways.carriers import rates
from oms.gateways.holidays import holiday_dates
from oms.stores.config import keys
from oms.stores.dynamo.codec import decode, encode
from oms.stores.dynamo.table import from_wire, to_wire
from tests.cloud import receive, world

COUNTRIES = ("FR", "DE", "IT", "US")
EVERY = [
    *((Node, node) for node in NODES),
    *((Channel, channel) for channel in CHANNELS),
    *((Product, product) for product in PRODUCTS),
]


@pytest.mark.parametrize(("kind", "value"), EVERY, ids=lambda value: getattr(value, "id", ""))
def test_every_row_is_read_as_it_was_written(kind: type, value: object) -> None:
    assert decode(kind, from_wire(to_wire(encode(value)))) == value


def test_labels_cost_what_sourcing_reckons_with() -> None:
    rates.check(TARIFF)
    compared = 0
    for service in services(TARIFF):
        for country in COUNTRIES:
            zone = rates.zone(TARIFF, "FR", country)
            for weight_g in (1, 500, 501, 4999, 15_000):
                if rates.offers(TARIFF, service.service, zone, weight_g):
                    label = rates.price(TARIFF, service.service, zone, weight_g)
                    assert promised_price(service, "FR", country, weight_g) == label.minor
                    compared += 1
    assert compared > 20


def test_every_product_fits_the_carrier_and_has_stock_at_known_nodes() -> None:
    known = {node.id for node in NODES}
    for product in PRODUCTS:
        assert rates.offers(TARIFF, "standard", "domestic", product.weight_g)
        assert set(STOCK[product.sku]) <= known


def test_barcodes_carry_their_check_digit() -> None:
    assert ean13(1) == "2000000000015"
    for product in PRODUCTS:
        digits = [int(digit) for digit in product.barcode]
        assert (sum(digits[0::2]) + 3 * sum(digits[1::2])) % 10 == 0


def test_public_holidays_of_every_node_are_known() -> None:
    for node in NODES:
        assert holiday_dates(node.holidays, (2026,)), node.id


@pytest.mark.parametrize("profile", {each.profile for each in CHANNELS})
def test_every_profile_of_a_channel_has_rules_without_problems(profile: str) -> None:
    assert problems(RULES[profile]) == {}


def test_what_is_on_its_way_is_announced_once() -> None:
    with world() as cloud:
        for supplier in SUPPLIERS:
            cloud.config.put(keys.supplier_pk(supplier.id), supplier)
        receive(cloud, "SKU-002", "dc-lille", 60)
        for _ in range(2):
            announce(cloud.stock.table, cloud.config)
        nodes = [cloud.config.node(id) for id in ("dc-lille", "store-paris")]
        network = cloud.stock.availability.network(["SKU-001", "SKU-002"], nodes, consistent=True)
        coming = {(row.id, row.sku, row.quantity) for row in network.supplies}
        assert coming == {("PO#PO-DEMO", "SKU-001", 40), ("TRANSFER#T-DEMO", "SKU-002", 6)}
        assert network.available["SKU-002", "dc-lille"] == 54
