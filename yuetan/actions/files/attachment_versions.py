"""Files of what is handed in version by version: each version shows its own, the bytes are stored once."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.db.models import Q

from yuetan.actions.files.file_preview import delete_preview
from yuetan.after_commit import after_commit
from yuetan.models import Attachment, Submission, TaskReport


def copy_attachments(
    files: Iterable[Attachment], left_out: Sequence[Attachment], **belongs: Submission | TaskReport
) -> None:
    """A new version begins with the files of the last: new rows about the same stored files."""
    columns = [column.attname for column in Attachment._meta.concrete_fields]
    for file in files:
        if file not in left_out:
            copied = {name: getattr(file, name) for name in columns}
            own = {f"{name}_id": version.pk for name, version in belongs.items()}
            Attachment(**copied | own | {"id": uuid.uuid4()}).save(force_insert=True)


def delete_attachments(files: Iterable[Attachment]) -> None:
    """Take files out of a draft: the rows now, the bytes once that holds."""
    for file in files:
        kept = [(each.storage, str(each.name)) for each, *_ in file.kept_bytes]
        file.delete()
        for storage, name in kept:
            after_commit(partial(_delete_bytes, storage, name))
        after_commit(partial(delete_preview, file.sha256))


def _delete_bytes(storage: Any, name: str) -> None:
    """The bytes go once no version refers to them any more."""
    if not Attachment.objects.filter(Q(file=name) | Q(original=name)).exists():
        storage.delete(name)
