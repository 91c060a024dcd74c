"""恢复: a backup into an empty installation, checked by digests before anything of it counts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from pyrage import DecryptError, IdentityError, x25519

from yuetan.actions.backup import manifest
from yuetan.actions.backup.backup import path_of
from yuetan.actions.backup.backup_folder import DATABASE, ENCRYPTED, MANIFEST, SUMS, place_of, sha256_of
from yuetan.actions.backup.database_dump import restore_dump
from yuetan.actions.backup.manifest import Content, Head
from yuetan.actions.backup.streams import HashedFile, Identities, decrypt, keep, new_file
from yuetan.database.owner import as_owner, owns_tables
from yuetan.errors import BackupDamaged, BackupFailed
from yuetan.models import AccountabilityMeasure, Assignment, Case, Letter, User

NOT_THE_OWNER = "恢复要重建数据库的表，而现在的账户不是所有者：请以 YUETAN_OWNER_DATABASE_URL 写明所有者。没有恢复。"
CHANGED = "备份里的 {name} 已损坏或者被改动，没有恢复。请用另一份备份。"


@dataclass(frozen=True)
class Backup:
    """One backup that is to be read, and the private keys for it."""

    path: Path
    identities: Identities = ()

    @property
    def ending(self) -> str:
        """Of its files."""
        return ENCRYPTED if (self.path / f"{MANIFEST}{ENCRYPTED}").exists() else ""

    @contextmanager
    def opened(self, path: Path, name: str) -> Iterator[tuple[HashedFile, IO[bytes]]]:
        """The bytes of one of its files, decrypted, in a passing file; raises BackupDamaged if they cannot be read."""
        with tempfile.TemporaryFile(dir=settings.VAR) as plain:
            hashed = self._decrypted(path, name, plain)
            plain.seek(0)
            yield hashed, plain

    def _decrypted(self, path: Path, name: str, target: IO[bytes]) -> HashedFile:
        hashed = HashedFile(target)
        try:
            with path.open("rb") as file:
                decrypt(file, hashed, self.identities if self.ending else ())
        except FileNotFoundError as error:
            raise BackupDamaged(f"备份里没有 {name}，没有恢复。请用另一份备份。") from error
        except DecryptError as error:
            raise BackupDamaged(f"{name} 不能用这把私钥解密，或者已被改动，没有恢复。") from error
        return hashed

    def copy_out(self, content: Content, target: Path) -> None:
        """Write one file to its place, once its bytes are known to be right. Raises BackupDamaged, OSError."""
        with new_file(target.parent) as (file, path):
            hashed = self._decrypted(place_of(self.path.parent, content.sha256, self.ending), content.name, file)
            if (hashed.size, hashed.sha256) != (content.size, content.sha256):
                raise BackupDamaged(CHANGED.format(name=content.name))
            keep(file, path, target)


def backup_at(path: Path, key_file: Path | None) -> Backup:
    """A backup by the path of its folder; raises BackupDamaged if there is none, or a key is needed and not given."""
    if not (path / SUMS).exists():
        raise BackupDamaged(f"{path} 不是一份完整的备份（里面没有 {SUMS}）。应写明带时间的那个目录。")
    backup = Backup(path.resolve(), _identities(key_file) if key_file else ())
    if backup.ending and not backup.identities:
        raise BackupDamaged("这份备份是加密的：请用 --key 写明存放私钥（AGE-SECRET-KEY-…）的文件。")
    return backup


def _identities(key_file: Path) -> list[x25519.Identity]:
    lines = [line.strip() for line in key_file.read_text(encoding="utf-8").splitlines()]
    try:
        return [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except IdentityError as error:
        raise BackupDamaged(f"{key_file} 里不是 age 的私钥。") from error


def check_sums(backup: Backup) -> str:
    """Compare what lies in the folder with its list of digests: the digest of that list. Raises BackupDamaged."""
    for line in (backup.path / SUMS).read_text(encoding="utf-8").splitlines():
        sha256, _, name = line.partition("  ")
        path = backup.path / name
        if not path.is_file() or sha256_of(path) != sha256:
            raise BackupDamaged(CHANGED.format(name=name))
    return sha256_of(backup.path / SUMS)


def check_backup(backup: Backup) -> int:
    """Read all of a backup and restore nothing: how many files it holds. Raises BackupDamaged at the first fault."""
    check_sums(backup)
    files = 0
    with backup.opened(backup.path / f"{MANIFEST}{backup.ending}", MANIFEST) as (_, lines):
        head = manifest.read_head(lines)
        with _database(backup, head):
            pass
        for content in manifest.read_contents(lines):
            with backup.opened(place_of(backup.path.parent, content.sha256, backup.ending), content.name) as (
                hashed,
                _,
            ):
                if (hashed.size, hashed.sha256) != (content.size, content.sha256):
                    raise BackupDamaged(CHANGED.format(name=content.name))
            files += 1
    return files


def restore(backup: Backup) -> Head:
    """Write a backup into an empty installation: the files first, then the database in one transaction.

    May be repeated after it broke off. Raises BackupFailed if there is something here that it would overwrite, or the
    backup is of a later version; BackupDamaged if anything in it is not as it was; OSError if it cannot be written.
    """
    refuse_if_in_use()
    check_sums(backup)
    with backup.opened(backup.path / f"{MANIFEST}{backup.ending}", MANIFEST) as (_, lines):
        head = manifest.read_head(lines)
        _refuse_later_version(head)
        with _database(backup, head) as dump:
            for content in manifest.read_contents(lines):
                _restore_file(backup, content)
            with as_owner():
                _empty_database()
                restore_dump(dump)
    connection.close()
    return head


def refuse_if_in_use() -> None:
    """Raise BackupFailed if the database holds cases, letters or accounts: nothing is ever overwritten.

    So too if whoever is connected may not make its tables anew.
    """
    with as_owner():
        if not owns_tables():
            raise BackupFailed(NOT_THE_OWNER)
    if "yuetan_user" not in connection.introspection.table_names():
        return
    held = (
        (Case.objects, "约谈事项"),
        (Letter.objects, "提醒函"),
        (AccountabilityMeasure.objects, "责任措施"),
        (Assignment.objects, "交办事项"),
        (User.objects.exclude(username=None), "账号"),
    )
    words = [label for rows, label in held if rows.exists()]
    if words:
        raise BackupFailed(
            f"这里的数据库已有{'、'.join(words)}，恢复会覆盖它们，没有恢复。请恢复到空的数据库（DATABASE_URL）"
            f"和空的 YUETAN_VAR；内置数据库可先停止网站，再移走 {settings.VAR / 'postgres'} 和 {settings.MEDIA_ROOT}。"
        )


def _refuse_later_version(head: Head) -> None:
    known = {name for app, name in MigrationLoader(None).disk_migrations if app == "yuetan"}
    if head.migration not in known:
        raise BackupFailed(f"这份备份由较新的版本（{head.migration}）做成，请先升级本系统再恢复。")


@contextmanager
def _database(backup: Backup, head: Head) -> Iterator[IO[bytes]]:
    with backup.opened(backup.path / f"{DATABASE}{backup.ending}", DATABASE) as (hashed, dump):
        if (hashed.size, hashed.sha256) != (head.size, head.sha256):
            raise BackupDamaged(CHANGED.format(name=DATABASE))
        yield dump


def _restore_file(backup: Backup, content: Content) -> None:
    target = path_of(content.name)
    if not target.exists():
        backup.copy_out(content, target)
    elif sha256_of(target) != content.sha256:
        raise BackupFailed(f"{target} 已经存在，内容与备份不同，没有恢复。请先移走 {settings.MEDIA_ROOT}。")


def _empty_database() -> None:
    """A database that was only migrated and loaded holds nothing that the backup does not bring."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
