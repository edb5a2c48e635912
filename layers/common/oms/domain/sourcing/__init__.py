"""Which nodes serve which units. `source` is the whole interface."""

from .source import source

__all__ = ["source"]
