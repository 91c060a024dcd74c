"""A change with files: all of it is kept, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from yuetan.actions.step import delete_files
from yuetan.models.files.stored_file import StoredFile


@contextmanager
def kept_whole() -> Iterator[list[StoredFile]]:
    """A transaction with a list for the files stored in it, whose bytes go again if it fails."""
    stored: list[StoredFile] = []
    try:
        with transaction.atomic():
            yield stored
    except BaseException:
        delete_files(stored)
        raise
