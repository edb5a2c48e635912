"""Forty things to sell. Weights in grams, dimensions in millimetres, prices in euro cents."""

from __future__ import annotations

from oms.domain.model.product import DOWNLOAD, GIFT_CARD, LICENCE_KEY, Product

#            name                       weight  length width height  price
TABLE = """
SKU-001 | Cotton T-shirt, white      |    180 |  280 | 220 |  20 |  1999
SKU-002 | Canvas backpack            |    780 |  420 | 300 |  90 |  4500
SKU-003 | Enamel mug                 |    160 |  110 |  90 |  90 |   750
SKU-004 | Wool socks, two pairs      |    140 |  200 | 120 |  40 |  2495
SKU-005 | Notebook, dotted           |    320 |  215 | 150 |  18 |  1250
SKU-006 | Fountain pen               |     60 |  170 |  60 |  30 |  3900
SKU-007 | Linen shirt                |    260 |  300 | 240 |  30 |  5900
SKU-008 | Leather belt               |    230 |  140 | 140 |  50 |  3490
SKU-009 | Rain jacket                |    540 |  330 | 270 |  60 |  8900
SKU-010 | Desk lamp                  |   1450 |  420 | 180 | 160 |  4000
SKU-011 | Steel bottle, 0.7 l        |    310 |  260 |  75 |  75 |  1990
SKU-012 | Running shoes              |    720 |  330 | 210 | 120 |  9900
SKU-013 | Yoga mat                   |   1300 |  610 | 130 | 130 |  3990
SKU-014 | Espresso maker             |    850 |  210 | 130 | 180 |  3295
SKU-015 | Coffee grinder             |    690 |  200 |  90 |  90 |  4990
SKU-016 | Coffee beans, 1 kg         |   1030 |  260 | 130 |  80 |  1890
SKU-017 | Cast-iron pan, 28 cm       |   2900 |  460 | 290 |  60 |  5490
SKU-018 | Chef's knife               |    310 |  380 |  80 |  30 |  6900
SKU-019 | Cutting board, oak         |   1600 |  400 | 280 |  25 |  2990
SKU-020 | Linen apron                |    240 |  260 | 200 |  25 |  2790
SKU-021 | Table cloth                |    610 |  300 | 240 |  40 |  3690
SKU-022 | Wool blanket               |   1450 |  380 | 300 | 110 |  7900
SKU-023 | Feather pillow             |    950 |  500 | 400 | 150 |  4490
SKU-024 | Bed linen, percale         |   1700 |  380 | 290 |  80 |  8990
SKU-025 | Bath towel                 |    620 |  320 | 240 |  70 |  2490
SKU-026 | Olive soap, three bars     |    330 |  180 |  90 |  50 |  1190
SKU-027 | Scented candle             |    480 |  100 | 100 | 110 |  2200
SKU-028 | Glass carafe               |    890 |  290 | 120 | 120 |  2790
SKU-029 | Wine glasses, six          |   1350 |  330 | 250 | 230 |  3900
SKU-030 | Bluetooth speaker          |    590 |  190 | 110 | 100 |  7990
SKU-031 | Headphones                 |    340 |  210 | 190 |  90 | 12900
SKU-032 | USB-C charger              |    130 |  110 |  80 |  40 |  2990
SKU-033 | Mechanical keyboard        |    980 |  410 | 170 |  50 | 10900
SKU-034 | Wireless mouse             |    110 |  140 |  90 |  50 |  3490
SKU-035 | Pocket atlas               |    270 |  180 | 120 |  20 |  1690
SKU-036 | Cookbook, vegetables       |   1150 |  270 | 210 |  30 |  2900
SKU-037 | Wooden train               |    760 |  320 | 150 | 100 |  3490
SKU-038 | Puzzle, 1000 pieces        |    810 |  370 | 270 |  55 |  1790
SKU-039 | Chess set                  |   1250 |  390 | 200 |  60 |  4590
SKU-040 | Travel suitcase            |   2950 |  560 | 390 | 240 | 13900
"""

# what a shopper is offered where the first is missing
SUBSTITUTES = {"SKU-031": ("SKU-030",), "SKU-036": ("SKU-038", "SKU-039")}


def ean13(number: int) -> str:
    """A valid EAN-13 of the range that GS1 leaves to shops for their own use (20…)."""
    body = f"20{number:010d}"
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return f"{body}{-weighted % 10}"


def product(row: str) -> Product:
    sku, name, *numbers = (cell.strip() for cell in row.split("|"))
    weight_g, length_mm, width_mm, height_mm, cents = map(int, numbers)
    return Product(
        sku,
        name,
        weight_g,
        length_mm,
        width_mm,
        height_mm,
        price={"EUR": cents},
        barcode=ean13(int(sku.removeprefix("SKU-"))),
        substitutes=SUBSTITUTES.get(sku, ()),
    )


PRODUCTS = tuple(map(product, TABLE.strip().splitlines()))
assert len({each.sku for each in PRODUCTS}) == 40

# sold on the stock of their components
KITS = (
    Product(
        "KIT-001",
        "Breakfast for two",
        price={"EUR": 2990},
        components={"SKU-003": 2, "SKU-016": 1},
    ),
)

# nobody picks or carries them; the codes of the first two are loaded over the API
DIGITAL = (
    Product("GIFT-050", "Gift card, 50 €", price={"EUR": 5000}, digital=GIFT_CARD),
    Product("KEY-001", "Photo editor, licence", price={"EUR": 2900}, digital=LICENCE_KEY),
    Product(
        "FILE-001",
        "Cookbook, as a file",
        price={"EUR": 990},
        digital=DOWNLOAD,
        link="https://shop.example/files/$sku?order=$order&line=$line&copy=$unit",
    ),
)
