"""A cold start builds the validators of no model, the first request those that it needs."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from pydantic import BaseModel

from oms import contracts


def test_every_model_waits_with_its_validator() -> None:
    models = list(_models())
    eager = [model.__name__ for model in models if not model.model_config.get("defer_build")]
    assert len(models) > 100
    assert not eager, "derive it from View or Contract (contracts/parse.py)"


def _models() -> Iterator[type[BaseModel]]:
    for module in pkgutil.iter_modules(contracts.__path__):
        for found in vars(importlib.import_module(f"oms.contracts.{module.name}")).values():
            ours = getattr(found, "__module__", "").startswith(contracts.__name__)
            if ours and isinstance(found, type) and issubclass(found, BaseModel):
                yield found
