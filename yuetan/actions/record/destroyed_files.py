"""The files of destroyed cases: noted in the transaction that destroys, removed once it is kept, and until they are.

Removed are also what was made of them: pictures of pages, previews, and every file prepared for somebody to fetch, for
a merged or packed one may hold them; who needs such a file asks for it anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from django.core.files.storage import default_storage
from django.db.models import Model, QuerySet
from django.db.models.fields.files import FieldFile

from yuetan.actions.files.file_preview import delete_preview
from yuetan.after_commit import after_commit
from yuetan.documents.exports.drawn_pages import forget_drawn_pages
from yuetan.models import Case, DestroyedFile, DestructionEntry, PreparedFile
from yuetan.models.files.kept_files import kept_among, rows_with_files
from yuetan.rules.dates import clock

CHUNK = 500


def note_files(entry: DestructionEntry, case: Case) -> int:
    """Write down every file that a row of the case, or of a letter about it, keeps; how many there are."""
    noted = [DestroyedFile(entry=entry, name=str(file.name), sha256=digest) for file, digest in _kept_files_of(case)]
    DestroyedFile.objects.bulk_create(noted)
    return len(noted)


def remove_after_commit() -> None:
    """Remove them once the destruction is kept; what fails then is tried again by the daily run."""
    after_commit(partial(remove_destroyed_files, clock.today()))


def remove_destroyed_files(today: date) -> dict[str, int]:
    """每日任务: the files of destroyed cases that are still there, and what was made of them."""
    waiting = list(DestroyedFile.objects.filter(removed_at=None).order_by("pk"))
    if not waiting:
        return {}
    for prepared in PreparedFile.objects.exclude(file=""):
        prepared.file.delete(save=True)
    for first in range(0, len(waiting), CHUNK):
        _remove_files(waiting[first : first + CHUNK])
    return {"删除": len(waiting)}


def _remove_files(files: Sequence[DestroyedFile]) -> None:
    kept = kept_among(file.name for file in files)
    for file in files:
        _remove_file(file, is_kept=file.name in kept)


def _remove_file(file: DestroyedFile, *, is_kept: bool) -> None:
    if not is_kept:
        default_storage.delete(file.name)
    if file.sha256:
        forget_drawn_pages(file.sha256)
        delete_preview(file.sha256)
    file.removed_at = clock.now()
    file.save(update_fields=["removed_at"])


def _kept_files_of(case: Case) -> Iterator[tuple[FieldFile, str]]:
    """Each file with its digest, where it is known."""
    for rows, field in rows_with_files():
        for row in _rows_of_case(rows, case):
            yield getattr(row, field), _sha256_of(row, field)


def _rows_of_case(rows: QuerySet[Model], case: Case) -> Iterable[Model]:
    """Of the case and of letters about it, each by its own index."""
    fields = {each.name for each in rows.model._meta.fields}
    at = "" if {"case", "letter"} <= fields else "document__" if "document" in fields else None
    if at is None:
        return ()
    return rows.filter(**{f"{at}case": case}).union(rows.filter(**{f"{at}letter__case": case}))


def _sha256_of(row: Model, field: str) -> str:
    return str(getattr(row, {"pdf": "pdf_sha256", "original": "offered_sha256"}.get(field, "sha256"), ""))
