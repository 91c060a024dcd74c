"""实绩档案 printed: the sheet alone, or bound with its proofs into one PDF."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from yuetan.documents.case_file.binding import Bookmark, bind
from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.freezing import frozen
from yuetan.documents.pdf import render_pdf
from yuetan.documents.typesetting.typesetting import without_missing
from yuetan.models import DossierPaper
from yuetan.vocabulary import CaseFileSheet

MAX_PROOFS = 40  # bound at a time, for somebody waits for it


def render_dossier(facts: PaperFacts) -> bytes:
    """The sheet as a PDF."""
    return render_pdf(frozen(CaseFileSheet.TEXT, without_missing(facts)))


def bind_dossier(facts: PaperFacts, proofs: Iterable[DossierPaper]) -> bytes:
    """The sheet and behind it every proof that has pages and may be opened, each under its bookmark.

    Raises SubprocessError where binding takes too much.
    """
    with TemporaryDirectory() as folder:
        sheet, target = Path(folder, "sheet.pdf"), Path(folder, "bound.pdf")
        sheet.write_bytes(render_dossier(facts))
        kept = [proof for proof in proofs if proof.is_open][:MAX_PROOFS]
        behind = [Bookmark(f"{proof.used_for}：{proof.name}", proof.file.path, proof.kind) for proof in kept]
        bind([Bookmark(facts["title"], str(sheet)), *behind], target, title=facts["title"])
        return target.read_bytes()
