"""A change with files: all of it is kept, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from yuetan.actions.step import delete_files
from yuetan.models.files.stored_file import StoredFile

_around: ContextVar[list[StoredFile] | None] = ContextVar("files_of_the_change_around", default=None)


@contextmanager
def kept_whole() -> Iterator[list[StoredFile]]:
    """A transaction with a list for the files stored in it, whose bytes go again if it fails, or one around it does."""
    stored: list[StoredFile] = []
    around = _around.get()
    token = _around.set(stored)
    try:
        with transaction.atomic():
            yield stored
    except BaseException:
        delete_files(stored)
        raise
    finally:
        _around.reset(token)
    if around is not None:
        around += stored
