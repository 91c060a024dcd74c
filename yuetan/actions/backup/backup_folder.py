"""The folder that holds the backups: each file once by what it contains, and a folder for each backup.

    contents/ab/abcd…      the bytes of a file, named by their SHA-256 (with .age where they are encrypted)
    2026-11-27T221500Z/    manifest.jsonl and database.dump (.age), contents.txt, SHA256SUMS

`contents.txt` holds digests, sizes and the random names of files, so that without the private key the next backup knows
what it need not read again, and what no backup needs any more can be removed.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from yuetan.actions.backup.manifest import Content
from yuetan.actions.backup.streams import PART, HashedFile, Recipients, encrypt, keep, make_folder, new_file
from yuetan.errors import BackupDamaged
from yuetan.file_storage import sync_to_disk

logger = logging.getLogger(__name__)

ENCRYPTED = ".age"
DATABASE, MANIFEST, DIGESTS, SUMS = "database.dump", "manifest.jsonl", "contents.txt", "SHA256SUMS"


@dataclass(frozen=True)
class BackupFolder:
    """Where backups lie, and for whom they are encrypted; for nobody in particular if that is empty."""

    path: Path
    recipients: Recipients = ()

    @property
    def ending(self) -> str:
        """Of every file in it that holds anything."""
        return ENCRYPTED if self.recipients else ""

    def place_of(self, sha256: str) -> Path:
        """Where the bytes with that digest lie."""
        return place_of(self.path, sha256, self.ending)

    def add(self, source: IO[bytes]) -> tuple[str, int, bool]:
        """Keep the bytes of a file: their SHA-256, how many, and whether they are new here. Raises OSError."""
        hashed = HashedFile(source)
        with new_file(self.path) as (file, path):
            encrypt(hashed, file, self.recipients)
            is_new = not self.has(hashed.sha256)
            if is_new:
                keep(file, path, self.place_of(hashed.sha256))
        return hashed.sha256, hashed.size, is_new

    def remove_remains(self) -> None:
        """What runs that were killed have left: they are alone here, for a run holds a lock. Raises OSError."""
        make_folder(self.path)
        for path in self.path.glob(f"{PART}*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def backups(self) -> list[Path]:
        """The folders of the whole backups, the earliest first."""
        return sorted(path.parent for path in self.path.glob(f"2*/{SUMS}"))

    def has(self, sha256: str) -> bool:
        """Whether these bytes lie here."""
        return self.place_of(sha256).exists()

    def contents_of_last(self) -> dict[str, Content]:
        """What the latest backup holds, by name; nothing where its list is damaged, so that all is read anew.

        Raises OSError if it cannot be read.
        """
        latest = self.backups()[-1:]
        try:
            return {content.name: content for backup in latest for content in contents_of(backup)}
        except BackupDamaged as damage:
            logger.error("every file is read anew: %s", damage)
            return {}

    def forget(self, most: int) -> int:
        """Remove all but the latest so many backups and the contents that only they need: how many. Raises OSError.

        Where the list of one that stays is damaged nobody knows what it needs: then all contents stay.
        """
        doomed = self.backups()[: -max(most, 1)]
        for path in doomed:
            hidden = self.path / f"{PART}{path.name}"
            path.rename(hidden)  # a backup that is half removed looks like none
            shutil.rmtree(hidden)
        if doomed:
            self._remove_unneeded()
        return len(doomed)

    def _remove_unneeded(self) -> None:
        try:
            needed = {content.sha256 for each in self.backups() for content in contents_of(each)}
        except BackupDamaged as damage:
            logger.error("no content of former backups is removed: %s", damage)
        else:
            for file in (self.path / "contents").glob("??/*"):
                if file.name.removesuffix(ENCRYPTED) not in needed:
                    file.unlink()


def contents_of(backup: Path) -> Iterator[Content]:
    """The files of a backup, by the list that needs no key; raises OSError, and BackupDamaged for what is no list."""
    try:
        with (backup / DIGESTS).open(encoding="utf-8") as lines:
            yield from (Content.of_line(line) for line in lines)
    except ValueError as error:
        raise BackupDamaged(f"备份 {backup.name} 的清单 {DIGESTS} 已损坏") from error


def place_of(folder: Path, sha256: str, ending: str) -> Path:
    """Where the bytes with that digest lie in a folder of backups."""
    return folder / "contents" / sha256[:2] / f"{sha256}{ending}"


def close_backup(unfinished: Path, target: Path) -> str:
    """Write the digests of all that is in a finished folder, then give it its name: the digest of that list.

    Raises OSError if it cannot be written.
    """
    sums = [f"{sha256_of(path)}  {path.name}\n" for path in sorted(unfinished.iterdir())]
    write_text(unfinished / SUMS, "".join(sums))
    digest = sha256_of(unfinished / SUMS)
    unfinished.rename(target)
    sync_to_disk(target.parent)
    return digest


def write_text(target: Path, text: str) -> None:
    """A file that is there whole or not at all; raises OSError."""
    with new_file(target.parent) as (file, path):
        file.write(text.encode())
        keep(file, path, target)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
