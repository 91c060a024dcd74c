"""Stored files: each row with its bytes, their number and their SHA-256, and no file that no row knows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile

from yuetan.actions.files.sweep_files import unknown_files
from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import Case, Document
from yuetan.models.files.stored_file import StoredFile
from yuetan.vocabulary import RecordKind

CHUNK = 500
READ_AT_ONCE = 1024 * 1024


def check_files(case: Case | None = None) -> Iterator[Disagreement]:
    """Every row that keeps a file; without a case also every file that no row keeps."""
    for rows in _kept_rows():
        for row in _of_case(rows, case).iterator(chunk_size=CHUNK):
            for file, sha256, size in row.kept_bytes:
                yield from _check(file, sha256, size)
    papers = Document.objects.exclude(pdf="").order_by("pk").only("prefix", "year", "serial", "pdf", "pdf_sha256")
    for paper in _of_case(papers, case).iterator(chunk_size=CHUNK):
        yield from _check(paper.pdf, paper.pdf_sha256)
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


def _check(file: FieldFile, sha256: str, size: int | None = None) -> Iterator[Disagreement]:
    named = str(file.name)
    try:
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
