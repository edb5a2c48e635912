"""Labels as documents; the renderers are imported when first used."""

from __future__ import annotations

from ...domain.model.shipping import Label, LabelRequest


class DocumentPrinter:
    def check(self, request: LabelRequest) -> None:
        from . import label_pdf, zpl

        for made in (label_pdf, zpl):
            made.sender_rows(request)
            made.recipient_rows(request)
            made.order_rows(request)

    def pdf(self, request: LabelRequest, label: Label) -> bytes:
        from .label_pdf import label_pdf

        return label_pdf(request, label)

    def zpl(self, request: LabelRequest, label: Label) -> bytes:
        from .zpl import zpl_label

        return zpl_label(request, label).encode()
