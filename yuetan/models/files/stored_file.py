"""What every uploaded file knows: its bytes outside any public path, their digests, and whether it may go out."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from yuetan.rules.dates import clock
from yuetan.rules.files.file_kind import FileKind
from yuetan.vocabulary import FileCheck

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

# Of these there is a page that shows them, of Office files where LibreOffice is installed, or says why not.
PREVIEWABLE = (FileKind.PDF, FileKind.JPG, FileKind.PNG, FileKind.DOCX, FileKind.XLSX)


def which_of_its_name(files: Sequence[StoredFile]) -> dict[uuid.UUID, str]:
    """Of those among these files that share their name with another: which of them each is, in words."""
    alike, before, which = Counter(file.name for file in files), Counter[str](), {}
    for file in files:
        before[file.name] += 1
        if alike[file.name] > 1:
            which[file.pk] = f"同名文件第 {before[file.name]} 个，共 {alike[file.name]} 个"
    return which


class StoredFileQuerySet(models.QuerySet[Any]):
    """Questions about many uploaded files."""

    def waiting(self) -> StoredFileQuerySet:
        """Those nobody may fetch before they are scanned."""
        states = [FileCheck.WAITING, *([FileCheck.UNCHECKED] if settings.CLAMD else [])]
        return self.filter(check_state__in=states)

    def quarantined(self) -> StoredFileQuerySet:
        """Those in which a virus was found after they were kept."""
        return self.filter(check_state=FileCheck.QUARANTINED)

    def same_content_as(self, files: Sequence[StoredFile]) -> StoredFileQuerySet:
        """Those that are, or were when offered, byte for byte one of these."""
        digests = {digest for file in files for digest in file.digests}
        return self.filter(Q(sha256__in=digests) | Q(offered_sha256__in=digests))


class StoredFile(models.Model):
    """One uploaded file: `sha256` is of the bytes kept here, `offered_sha256` of those that were offered.

    `offered_name` is what it was called then, where its ending did not fit what it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=130)
    offered_name = models.CharField(max_length=130, blank=True)
    kind = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    offered_sha256 = models.CharField(max_length=64)
    check_state = models.CharField(max_length=20, choices=FileCheck.choices, default=FileCheck.UNCHECKED)
    checked_at = models.DateTimeField(null=True, blank=True)
    threat = models.CharField(max_length=200, blank=True)
    uploaded_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)

    file: FieldFile
    duplicate_of: Sequence[str] = ()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def check_now(self) -> FileCheck:
        """What is known of it: where there is a scanner by now, a file never scanned waits for it."""
        if self.check_state == FileCheck.UNCHECKED and settings.CLAMD:
            return FileCheck.WAITING
        return FileCheck(self.check_state)

    @property
    def is_open(self) -> bool:
        """Whether it may be fetched and looked at by whoever may see it."""
        return self.check_now in (FileCheck.CLEAN, FileCheck.UNCHECKED)

    @property
    def is_previewed(self) -> bool:
        """Whether it can be shown as pictures of its pages."""
        return self.is_open and self.kind in PREVIEWABLE

    @property
    def check_words(self) -> str:
        """What is known of it, in words."""
        return f"{self.check_now.label}（{self.threat}）" if self.threat else self.check_now.label

    @property
    def renamed_words(self) -> str:
        """That it is kept under another ending than it was offered with, in words; empty where it is not."""
        if not self.offered_name:
            return ""
        return f"上传时名为“{self.offered_name}”，按内容保存为 {FileKind(self.kind).label}"

    @property
    def kept_bytes(self) -> list[tuple[FieldFile, str, int | None]]:
        """Each file that is kept of it, with its digest, and its size where that is written down."""
        return [(self.file, self.sha256, self.size)]

    @property
    def digests(self) -> set[str]:
        """Of what was offered and of what is kept, which for pictures are not the same bytes."""
        return {self.sha256, self.offered_sha256}


# Of which the newest of the same bytes are looked for, among any number.
NEWEST_BY_CONTENT = (
    models.Index(fields=("sha256", "-uploaded_at", "-id")),
    models.Index(fields=("offered_sha256", "-uploaded_at", "-id")),
)
BY_CONTENT = (models.Index(fields=("sha256",)), models.Index(fields=("offered_sha256",)))
# A virus is named where one was found, and nowhere else.
THREAT_IS_NAMED = Q(check_state=FileCheck.QUARANTINED) ^ Q(threat="")
