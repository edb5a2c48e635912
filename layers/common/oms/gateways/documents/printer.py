"""Labels as documents; the renderers are imported when first used."""

from __future__ import annotations

from ...domain.model.shipping import Label, LabelRequest


class DocumentPrinter:
    def pdf(self, request: LabelRequest, label: Label) -> bytes:
        from .label_pdf import label_pdf

        return label_pdf(request, label)

    def zpl(self, request: LabelRequest, label: Label) -> bytes:
        from .zpl import zpl_label

        return zpl_label(request, label).encode()
