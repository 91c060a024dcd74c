"""纸质代录 wherever it is shown: by whom it was signed, brought and registered, when, and its scan."""

from __future__ import annotations

from collections.abc import Iterable

from yuetan.models import Attachment, PaperFiling
from yuetan.models.case.requirements.paper_filing import Filed
from yuetan.models.rectification.task_origin import HandsOutTasks


def filings_of(case: HandsOutTasks, filed: Filed) -> list[PaperFiling]:
    """The paper that something came on; empty for what the unit handed in itself."""
    return [filing for filing in case.paper_filings.all() if filing.pk == filed.paper_filing_id]


def scans_of(case: HandsOutTasks, filed: Filed, files: Iterable[Attachment]) -> list[Attachment]:
    """The scan of that paper, of the files a person may see."""
    scans = {filing.scan_id for filing in filings_of(case, filed)}
    return [file for file in files if file.pk in scans]
