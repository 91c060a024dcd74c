"""What was put right of the 考核 on which a proposal or a measure rests, since its sheet was put with the evidence."""

from __future__ import annotations

from collections.abc import Iterable

from yuetan.models import Attachment
from yuetan.vocabulary import FilePurpose


def evidence_changed(files: Iterable[Attachment]) -> list[str]:
    """A sentence for each 得分表 among these whose result stands otherwise by now; no query as long as none does."""
    shown = [getattr(file, "sheet_shown", None) for file in files if file.purpose == FilePurpose.EVIDENCE]
    return [words for one in shown if one is not None and (words := one.changed_words)]
