"""What shoppers ask before they order."""

from __future__ import annotations

from ...domain.limits.orders import MAX_QUANTITY, MAX_SKU_LENGTH, MAX_TEXT_LENGTH
from ...domain.quoting.quote import DEFAULT_RADIUS_KM, MAX_RADIUS_KM
from ..route import Param, Route

FUNCTION = "atp"
SHOPPERS = ("oms/storefront", "oms/service")
DEGREES = r"^-?[0-9]{1,3}(\.[0-9]{1,8})?$"
DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
IDENTIFIER = r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$"

ROUTES = (
    Route(
        "GET",
        "/availability",
        FUNCTION,
        SHOPPERS,
        "Delivery methods and dates of one product",
        responses={200: "availability:AvailabilityAnswer"},
        query=(
            Param("sku", "The product", required=True, max_length=MAX_SKU_LENGTH),
            Param("channel", "The sales channel", required=True, pattern=IDENTIFIER),
            Param("country", "Destination, ISO 3166-1", pattern="^[A-Z]{2}$"),
            Param("postal_code", "Destination", max_length=MAX_TEXT_LENGTH),
            Param("lat", "Destination, degrees north", pattern=DEGREES),
            Param("lon", "Destination, degrees east", pattern=DEGREES),
            Param("quantity", "1 unless said", "integer", minimum=1, maximum=MAX_QUANTITY),
            Param(
                "radius_km",
                f"Stores this near are offered, {DEFAULT_RADIUS_KM} unless said",
                "integer",
                minimum=1,
                maximum=MAX_RADIUS_KM,
            ),
            Param("node", "A store to be offered wherever it is", pattern=IDENTIFIER),
            Param("day", "A named day of delivery, ISO date", pattern=DATE),
        ),
    ),
    Route(
        "POST",
        "/availability",
        FUNCTION,
        SHOPPERS,
        "Delivery methods and dates of a cart",
        request="availability:AvailabilityRequest",
        responses={200: "availability:AvailabilityAnswer"},
    ),
)
