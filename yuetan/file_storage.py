"""Where uploaded files and papers lie: a file is whole on the disk before its row is kept, or it is not there."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS)  # as some shares of other machines answer


class DurableFiles(FileSystemStorage):
    """Django's own leaves a part of a file where the disk was full, and the bytes to the kernel's next round."""

    def _save(self, name: str, content: File[Any]) -> str:
        part = Path(self.path(f"{name}.{secrets.token_hex(4)}.part"))
        try:
            super()._save(str(part.relative_to(self.location)), content)  # type: ignore[misc]
            sync_to_disk(part)
            saved = self._link(part, name)
        finally:
            part.unlink(missing_ok=True)
        sync_to_disk(part.parent)
        return saved

    def _link(self, part: Path, name: str) -> str:
        """Give a whole file its name, or another should somebody else have that by now."""
        while True:
            target = Path(self.path(name))
            try:
                target.hardlink_to(part)
            except FileExistsError:
                name = self.get_available_name(name)
            except OSError as error:
                if error.errno not in NO_LINKS or target.exists():
                    raise
                part.rename(target)
                return name
            else:
                return name


def sync_to_disk(path: Path) -> None:
    """Make sure that a file, or the names in a folder, outlive a loss of power; raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
