"""销毁清册 as a PDF."""

from __future__ import annotations

from yuetan.documents.content.destruction import destruction_sheet
from yuetan.documents.freezing import frozen
from yuetan.documents.pdf import render_pdf
from yuetan.documents.typesetting.typesetting import without_missing
from yuetan.models import Destruction
from yuetan.vocabulary import CaseFileSheet


def render_destruction(destruction: Destruction) -> bytes:
    """The sheet with every case of it, and room to sign."""
    return render_pdf(frozen(CaseFileSheet.TEXT, without_missing(destruction_sheet(destruction))))
