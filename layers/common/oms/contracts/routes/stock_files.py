"""Files of stock lines dropped in the inbox bucket: how far they are."""

from __future__ import annotations

from ...domain.limits.aws import MAX_FILE_NAME_LENGTH
from ..route import Param, Route

ROUTES = (
    Route(
        "GET",
        "/stock/files",
        "supply",
        ("oms/service", "oms/ops"),
        "Progress of a file of stock lines in the inbox bucket, one entry for each drop",
        responses={200: "stock_files:LoadsView"},
        query=(
            Param(
                "name",
                "key of the file in the bucket, as in stock/lille.csv",
                required=True,
                max_length=MAX_FILE_NAME_LENGTH,
            ),
        ),
    ),
)
