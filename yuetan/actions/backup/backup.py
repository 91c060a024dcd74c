"""备份: database and files as they were at one moment, while the site is in use.

The database is dumped as one transaction sees it, and the names of all files are read in the same transaction. A file
is written before the row that names it and never written again, so every file named there lies whole on the disk by
then. Only a file deleted since (an export after its days, what was taken out of a draft) can be missing: then the
database is dumped anew, with what was copied so far kept.
"""

from __future__ import annotations

import errno
import logging
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from pyrage import RecipientError, x25519

from yuetan.actions.backup import manifest
from yuetan.actions.backup.backup_folder import DATABASE, DIGESTS, MANIFEST, BackupFolder, close_backup, write_text
from yuetan.actions.backup.database_dump import dumped
from yuetan.actions.backup.manifest import Content, Head
from yuetan.actions.backup.streams import PART, HashedFile, encrypt, keep, make_folder, new_file
from yuetan.actions.files.session_lock import session_lock
from yuetan.errors import BackupFailed
from yuetan.models import BackupRun
from yuetan.models.files.kept_files import kept_among, kept_names
from yuetan.models.record.occasions import at_moments
from yuetan.rules.dates import clock
from yuetan.sealing import sealing_put_off

logger = logging.getLogger(__name__)

LOCK = UUID("5b0c3a0e-6f0b-4a55-9f5e-0f6a8f5d2c11")
SNAPSHOTS = 3  # taken before it is given up because files go away all the time
FILES = "files/"
EXTRA_FOLDERS = ("anchors", "fonts/office")  # below YUETAN_VAR: what no row names, and a new machine needs


def configured_folder() -> BackupFolder:
    """The folder this installation backs up into; raises BackupFailed if none is set, or a public key is none."""
    if not settings.BACKUP_FOLDER:
        raise BackupFailed("没有设定备份目录：请设定 YUETAN_BACKUP，或者在命令后写明目录。")
    return folder_at(settings.BACKUP_FOLDER)


def folder_at(path: str) -> BackupFolder:
    """Any folder, encrypted as this installation wants it; raises BackupFailed if a public key is none."""
    try:
        keys = [x25519.Recipient.from_str(key) for key in settings.BACKUP_KEYS]
    except RecipientError as error:
        raise BackupFailed("YUETAN_BACKUP_KEYS 应为 age 的公钥（以 age1 开头），用逗号隔开。") from error
    return BackupFolder(Path(path).resolve(), keys)


def back_up_daily(today: date) -> dict[str, int]:
    """每日任务: one backup a day where a folder is set. Raises BackupFailed if it is not whole."""
    if not settings.BACKUP_FOLDER:
        return {"未设定备份目录": 1}
    made = BackupRun.objects.ended().exclude(sums_sha256="")
    if made.filter(**at_moments("ended_at", today, today)).exists():
        return {}
    run = make_backup(configured_folder())
    return {"文件": run.file_count, "新增字节": run.added_byte_count}


def make_backup(folder: BackupFolder) -> BackupRun:
    """Back everything up, remove the oldest backups, and record the run, also one that failed.

    Raises BackupFailed if nothing was kept, and also if all was kept but files that are missing in their place.
    """
    with session_lock(LOCK) as alone:
        if not alone:
            raise BackupFailed("另一次备份正在进行，这次不做。")
        run = BackupRun.objects.create(folder=str(folder.path), encrypted=bool(folder.recipients))
        try:
            folder.remove_remains()
            _Backup(run, folder).make()
            folder.forget(settings.BACKUP_MOST)
        except OSError as error:
            run.problem = _sentence(error)
        except BackupFailed as failed:
            run.problem = str(failed)
        run.ended_at = clock.now()
        run.save()
    if run.problem:
        raise BackupFailed(run.problem)
    return run


def _sentence(error: OSError) -> str:
    logger.error("backup failed", exc_info=error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "备份目录所在的磁盘已满，请清理或者换一个目录。"
    return f"备份目录写不进去，或者文件读不出来：{error.strerror or error}。"


@dataclass
class _Backup:
    """One backup while it is made; the bytes of files it copies stay for the next should it fail."""

    run: BackupRun
    folder: BackupFolder

    def make(self) -> None:
        name = self.run.began_at.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
        unfinished = self.folder.path / f"{PART}{name}"
        make_folder(unfinished)
        try:
            missing = self._fill(unfinished)
            self.run.sums_sha256 = close_backup(unfinished, self.folder.path / name)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        self.run.folder = str(self.folder.path / name)
        if missing:
            raise BackupFailed(f"有 {len(missing)} 个文件不在原处，没有备份，第一个是 {min(missing)}；其余都已备份。")

    def _fill(self, unfinished: Path) -> set[str]:
        """Everything but the digests; the names of files that rows keep and that are not there."""
        for _ in range(SNAPSHOTS):
            head, names = self._snapshot(unfinished)
            copied, missing = self._copy_all([*names, *_extra_names()])
            gone = missing - {f"{FILES}{name}" for name in kept_among(name.removeprefix(FILES) for name in missing)}
            if not gone:
                break
        else:
            raise BackupFailed("备份期间不断有文件被删除，没有做成，请稍后再备份。")
        self.run.file_count, self.run.byte_count = len(copied), sum(each.size for each in copied)
        with tempfile.TemporaryFile() as lines:
            lines.writelines(manifest.lines(head, copied))
            lines.seek(0)
            self._store(unfinished / MANIFEST, lines)
        write_text(unfinished / DIGESTS, "".join(each.line for each in copied))
        return missing

    def _snapshot(self, unfinished: Path) -> tuple[Head, list[str]]:
        """The database at one moment, and the names of the files that it keeps then."""
        with sealing_put_off(), transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            with dumped(cursor.fetchone()[0]) as dump:
                size, sha256 = self._store(unfinished / DATABASE, dump)
            names = sorted({f"{FILES}{name}" for name in kept_names()})
        return Head(self.run.began_at.isoformat(), last_migration(), size, sha256), names

    def _store(self, target: Path, source: IO[bytes]) -> tuple[int, str]:
        hashed = HashedFile(source)
        with new_file(target.parent) as (file, path):
            encrypt(hashed, file, self.folder.recipients)
            keep(file, path, target.with_name(f"{target.name}{self.folder.ending}"))
        return hashed.size, hashed.sha256

    def _copy_all(self, names: Iterable[str]) -> tuple[list[Content], set[str]]:
        known, copied, missing = self.folder.contents_of_last(), [], set[str]()
        for name in names:
            try:
                copied.append(self._copy(name, known.get(name)))
            except FileNotFoundError:
                missing.add(name)
        return copied, missing

    def _copy(self, name: str, known: Content | None) -> Content:
        """Keep one file; one that was kept before and has the size and the time of then is not read again."""
        path = path_of(name)
        status = path.stat()
        if known and (known.size, known.time) == (status.st_size, status.st_mtime_ns) and self.folder.has(known.sha256):
            return known
        with path.open("rb") as file:
            sha256, size, is_new = self.folder.add(file)
        self.run.added_byte_count += size if is_new else 0
        return Content(name, size, sha256, status.st_mtime_ns)


def last_migration() -> str:
    """Which version of the tables the database holds."""
    return max(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "yuetan")


def path_of(name: str) -> Path:
    """Where a file of that name in a backup lies here."""
    return Path(settings.MEDIA_ROOT, name.removeprefix(FILES)) if name.startswith(FILES) else settings.VAR / name


def _extra_names() -> Iterator[str]:
    for folder in EXTRA_FOLDERS:
        paths = sorted(path for path in (settings.VAR / folder).rglob("*") if path.is_file())
        yield from (str(path.relative_to(settings.VAR)) for path in paths)
