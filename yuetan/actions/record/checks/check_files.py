"""Stored files: each row with its bytes, their number and their SHA-256, and no file that no row knows.

Whether each is there, and how long it is, is asked every day. The bytes of very many are read by turns: what is new,
and of what was there before one part a day, so that all are read within `PARTS` days.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, BinaryIO
from zlib import crc32

from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from yuetan.actions.files.sweep_files import unknown_files
from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import Case, DailyRun, Document
from yuetan.models.files.stored_file import StoredFile
from yuetan.rules.dates import clock
from yuetan.vocabulary import RecordKind

CHUNK = 500
READ_AT_ONCE = 1024 * 1024
JOB = "核对记录"  # of the daily run, which counts:
DISAGREE, KNOWN, READ = "不一致", "文件", "读过内容的文件"
PARTS = 28
WHOLE_UP_TO = 20_000  # rows: so many files are read every day
PRINTED_WITHIN = timedelta(days=2)  # a paper is printed after it is issued


@dataclass
class Reading:
    """Whose bytes are read: everything, or what came `since` a moment and some parts; and how many were."""

    parts: frozenset[int] = frozenset()
    since: datetime | None = None
    read: int = 0
    known: int = 0

    def is_its_turn(self, row: Document | StoredFile) -> bool:
        """Whether the bytes of a row are read; counted."""
        came_at = row.issued_at if isinstance(row, Document) else row.uploaded_at
        is_new = self.since is None or came_at >= self.since
        is_read = not self.parts or is_new or crc32(str(row.pk).encode()) % PARTS in self.parts
        self.known, self.read = self.known + 1, self.read + is_read
        return is_read


@dataclass(frozen=True)
class LastReading:
    """Of how many files, in a daily run, the bytes of how many were read."""

    began_at: datetime
    known: int
    read: int


def last_reading() -> LastReading | None:
    """What the last check within a round of files read; None where there is none, or it did not say yet."""
    last = _last_check()
    counts = last.results[JOB] if last else {}
    return LastReading(last.began_at, counts[KNOWN], counts[READ]) if last and KNOWN in counts else None


def _last_check() -> DailyRun | None:
    """The last daily run within a round of files that checked the records to its end."""
    runs = DailyRun.objects.filter(began_at__gte=clock.now() - timedelta(days=PARTS)).order_by("-began_at")
    return next((run for run in runs if JOB in run.results), None)


def reading_of_day(today: date) -> Reading:
    """What is read today: everything while there is little, or the last check found anything or is long past."""
    last = _last_check()
    if last is None or last.results[JOB].get(DISAGREE) or _number_of_rows() <= WHOLE_UP_TO:
        return Reading()
    days = max((today - timezone.localdate(last.began_at)).days, 1)
    parts = frozenset((today - timedelta(days=number)).toordinal() % PARTS for number in range(days))
    return Reading(parts, last.began_at - PRINTED_WITHIN)


def _number_of_rows() -> int:
    return Document.objects.exclude(pdf="").count() + sum(rows.count() for rows in _kept_rows())


def check_files(case: Case | None = None, reading: Reading | None = None) -> Iterator[Disagreement]:
    """Every row that keeps a file; without a case also every file that no row keeps."""
    reading = reading or Reading()
    for rows in _kept_rows():
        for row in _of_case(rows, case).iterator(chunk_size=CHUNK):
            is_read = reading.is_its_turn(row)
            for file, sha256, size in row.kept_bytes:
                yield from _check(file, sha256 if is_read else None, size)
    papers = Document.objects.exclude(pdf="").order_by("pk")
    papers = papers.only("prefix", "year", "serial", "pdf", "pdf_sha256", "issued_at")
    for paper in _of_case(papers, case).iterator(chunk_size=CHUNK):
        yield from _check(paper.pdf, paper.pdf_sha256 if reading.is_its_turn(paper) else None)
    if case is None:
        yield from (Disagreement(RecordKind.FILE, name, "没有任何登记的文件") for name in unknown_files())


def _kept_rows() -> list[QuerySet[Any]]:
    """All rows of every model that keeps uploaded files."""
    return [QuerySet(model).order_by("pk") for model in StoredFile.__subclasses__()]


def _of_case(rows: QuerySet[Any], case: Case | None) -> QuerySet[Any]:
    if case is None:
        return rows
    fields = {field.name for field in rows.model._meta.fields}
    path = "case" if "case" in fields else "document__case" if "document" in fields else None
    return rows.filter(**{path: case}) if path else rows.none()


def _check(file: FieldFile, sha256: str | None, size: int | None = None) -> Iterator[Disagreement]:
    """Whether it is there and so long; and by its digest, where one is given, whether the bytes are the same."""
    named = str(file.name)
    try:
        if sha256 is None:
            read, digest = file.size, None
        else:
            with file.open("rb") as kept:
                read, digest = _digest(kept)
    except FileNotFoundError:
        yield Disagreement(RecordKind.FILE, named, "文件不在原处")
        return
    if size is not None and read != size:
        yield Disagreement(RecordKind.FILE, named, f"登记为 {size} 字节，实有 {read} 字节")
    elif digest != sha256:
        yield Disagreement(RecordKind.FILE, named, "文件内容与登记的 SHA-256 不一致")


def _digest(file: BinaryIO | FieldFile) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    while part := file.read(READ_AT_ONCE):
        size += len(part)
        digest.update(part)
    return size, digest.hexdigest()
