"""What is kept of the issued papers of a case that is destroyed: whoever holds one can still verify it."""

from __future__ import annotations

from django.db.models import Q

from yuetan.models import Case, DestroyedPaper, DestructionEntry, Document


def note_papers(entry: DestructionEntry, case: Case) -> int:
    """Write down the papers of the case, and of letters about it; how many there are."""
    papers = Document.objects.filter(Q(case=case) | Q(letter__case=case)).select_related("entry").defer("html", "facts")
    kept = [_what_remains(entry, paper) for paper in papers]
    DestroyedPaper.objects.bulk_create(kept)
    return len(kept)


def _what_remains(entry: DestructionEntry, paper: Document) -> DestroyedPaper:
    return DestroyedPaper(
        entry=entry,
        document_key=paper.pk,
        number_entry=paper.entry,
        kind=paper.kind,
        issued_at=paper.issued_at,
        is_replaced=paper.replaced_by_id is not None,
        check_code=paper.check_code,
        wording_sha256=paper.wording_sha256,
        pdf_sha256=paper.pdf_sha256,
        page_count=paper.page_count,
        title_length=len("".join(paper.title.split())),
    )
