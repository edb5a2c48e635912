"""Carriers and the documents that go with a parcel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.model.shipping import Label, LabelRequest, TrackingUpdate


class Carrier(Protocol):
    def buy_label(self, request: LabelRequest) -> Label: ...

    def void_label(self, tracking: str) -> None:
        """Harmless when repeated."""

    def tracking(self, headers: Mapping[str, str], body: bytes) -> list[TrackingUpdate]:
        """The verified scans of a webhook; raises Unauthenticated, ValidationFailed."""


class Documents(Protocol):
    """The store of rendered documents (labels, slips)."""

    def put(self, key: str, body: bytes, content_type: str) -> None: ...

    def url(self, key: str, *, ttl_s: int) -> str:
        """A signed link for `ttl_s` seconds."""


class LabelPrinter(Protocol):
    """A bought label as documents: for a page printer and for a label printer."""

    def check(self, request: LabelRequest) -> None:
        """Raises ValidationFailed on an address or order number that no label carries whole."""

    def pdf(self, request: LabelRequest, label: Label) -> bytes: ...

    def zpl(self, request: LabelRequest, label: Label) -> bytes: ...
