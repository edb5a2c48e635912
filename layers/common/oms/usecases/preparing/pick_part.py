"""What the picker found per line; scanned SKUs or barcodes have to agree with the counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...domain.errors import Refused
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.preparing import steps
from ...ports import ConfigReader
from .command import PartCommand
from .deps import Preparing
from .move_part import led_by, move_part


def pick_part(
    command: PartCommand,
    *,
    picked: Mapping[int, int],
    reasons: Mapping[int, str],
    scans: Sequence[str] = (),
    deps: Preparing,
) -> FulfilmentOrder:
    """Lines not named were found in full. Short units leave the part and are sourced again."""

    def step(part: FulfilmentOrder) -> steps.Step:
        event, after = steps.pick(part, picked, reasons)
        if scans:
            found = after.by_sku if event == "pick" else {}
            counts = {sku: found.get(sku, 0) for sku in part.by_sku}
            steps.check_scans(scans, counts, _barcodes(part, deps.config))
        return event, after

    def done(part: FulfilmentOrder) -> bool:
        if not led_by("pick", "reject")(part):
            return False
        try:
            _, after = step(steps.before_picking(part))
        except Refused:
            return False
        return _outcome(after) == _outcome(part)

    return move_part(command, step, done=done, deps=deps)


def _barcodes(part: FulfilmentOrder, config: ConfigReader) -> dict[str, str]:
    products = config.products(sorted(part.by_sku)).values()
    return {product.barcode: product.sku for product in products if product.barcode}


def _outcome(part: FulfilmentOrder) -> tuple[str, dict[int, object], dict[int, object]]:
    return part.status, {**part.lines, 0: dict(part.short)}, dict(part.reasons)
