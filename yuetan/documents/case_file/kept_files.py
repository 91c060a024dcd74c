"""The uploaded files of a case or a measure as its pieces take them: each is put in once and none is forgotten."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model

from yuetan.documents.case_file.piece import Part, file_parts
from yuetan.models import Attachment, PaperFiling, User
from yuetan.models.case.requirements.paper_filing import Filed
from yuetan.models.subjects import Subject
from yuetan.vocabulary import FilePurpose


class KeptFiles:
    """What one person may see of them, without drafts that a unit has not handed in."""

    def __init__(self, subject: Subject, reader: User) -> None:
        of_it = {subject.ABOUT: subject}
        self._left = list(Attachment.objects.visible_to(reader).filter(**of_it))
        self._filings = {filing.pk: filing for filing in PaperFiling.objects.filter(**of_it)}

    def take(self, role: str, wanted: Callable[[Attachment], bool]) -> list[Part]:
        """Those that are wanted and that no piece has taken yet."""
        chosen = [file for file in self._left if wanted(file)]
        self._left = [file for file in self._left if file not in chosen]
        return file_parts(chosen, role)

    def take_of(self, role: str, key: str, row: Model) -> list[Part]:
        """Those that one row has, named by the foreign key to it."""
        return self.take(role, lambda file: getattr(file, key) == row.pk)

    def take_scan_of(self, filed: Filed) -> list[Part]:
        """The signed paper on which something came to the office; nothing where it came through the system."""
        return self.take_scan_of_filing(filed.paper_filing_id)

    def take_scan_of_filing(self, key: int | None) -> list[Part]:
        """The signed paper that was entered, by the key of its entry."""
        filing = self._filings.get(key or 0)
        return self.take("签字原件扫描件", lambda file: filing is not None and file.pk == filing.scan_id)

    def take_purpose(self, purpose: str) -> list[Part]:
        """Those that were uploaded for one purpose."""
        return self.take(FilePurpose(purpose).label, lambda file: file.purpose == purpose)

    def take_rest(self) -> list[Part]:
        """All that is left, each under what it was uploaded for."""
        purposes = dict.fromkeys(file.purpose for file in self._left)
        return [part for purpose in purposes for part in self.take_purpose(purpose)]

    def words_of(self, filed: Filed) -> str:
        """How something came on paper, in words; empty where it did not."""
        return self.words_of_filing(filed.paper_filing_id)

    def words_of_filing(self, key: int | None) -> str:
        """How it came on paper, by the key of its entry; empty where it did not."""
        filing = self._filings.get(key or 0)
        return filing.words_for(inner=True) if filing else ""
