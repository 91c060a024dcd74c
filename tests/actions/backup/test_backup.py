"""备份、恢复: what was backed up in use is restored whole elsewhere, or not at all, and overwrites nothing."""

import errno
import io
import os
from io import StringIO
from pathlib import Path

import pyotp
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pyrage import x25519

from tests import cast
from tests.factories import case_in, later
from tests.office_database import take_role
from tests.scratch_database import scratch_database
from tests.web import Visitor
from yuetan.actions.backup import backup as backup_module
from yuetan.actions.backup.backup import back_up_daily, folder_at, make_backup
from yuetan.actions.backup.backup_folder import DIGESTS
from yuetan.actions.backup.database_dump import copy_for_any_server
from yuetan.actions.people.second_factor import add_totp, new_totp_secret
from yuetan.embedded_database import APPLICATION
from yuetan.errors import BackupFailed
from yuetan.loading.privileges import privilege_warnings
from yuetan.models import Attachment, BackupRun, Case, Document, Event, PreparedFile
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, PreparedKind

pytestmark = pytest.mark.django_db(transaction=True)  # pg_dump sees only what is kept


@pytest.fixture
def var(tmp_path, settings):
    """YUETAN_VAR of a machine: its files, its anchors."""
    return machine(tmp_path / "var", settings)


def machine(folder: Path, settings) -> Path:
    settings.VAR, settings.MEDIA_ROOT = folder, folder / "files"
    folder.mkdir()
    return folder


@pytest.fixture
def anchored(office, var):
    """A file that no row names."""
    path = var / "anchors" / "2026-11-23.txt"
    path.parent.mkdir()
    path.write_text("三条链")
    return path


@pytest.fixture
def case(anchored):
    """One with papers and files."""
    return case_in(CaseState.MINUTED)


def contents(var: Path) -> dict[str, bytes]:
    return {str(path.relative_to(var)): path.read_bytes() for path in sorted(var.rglob("*")) if path.is_file()}


def rows() -> tuple[list[object], ...]:
    kept = (Case.objects, Event.objects, Document.objects, Attachment.objects)
    return tuple(list(each.order_by("pk").values_list()) for each in kept)


def restored(backup: str | Path, *options: str) -> str:
    words = StringIO()
    call_command("restore", str(backup), *options, stdout=words, stderr=words)
    return words.getvalue()


def kept_in(folder: Path) -> list[Path]:
    return sorted((folder / "backups" / "contents").glob("??/*"))


def test_a_fresh_machine_gets_all_of_it_back(case, var, tmp_path, settings):
    folder = folder_at(str(tmp_path / "backups"))
    first = make_backup(folder)
    before, files = rows(), contents(var)
    assert first.byte_count == sum(len(content) for content in files.values())
    with later(hours=1):
        run = make_backup(folder)
    assert (run.added_byte_count, run.file_count) == (0, len(files))
    with pytest.raises(CommandError, match="已有约谈事项、账号，恢复会覆盖它们，没有恢复"):
        restored(run.folder)
    assert rows() == before
    with scratch_database():
        new = machine(tmp_path / "new", settings)
        words = restored(run.folder)
        assert (rows(), contents(new)) == (before, files)
        assert run.sums_sha256 in words
        assert "记录一致。" in words
        take_role(APPLICATION)  # who works there from now on
        connection.close()
        assert (rows(), list(privilege_warnings())) == (before, [])


def test_under_another_secret_key_it_names_whose_codes_no_longer_hold(anchored, tmp_path, settings):
    secret = new_totp_secret()
    add_totp(by=cast.person("group_leader"), secret=secret, code=pyotp.TOTP(secret).at(clock.now()))
    run = make_backup(folder_at(str(tmp_path / "backups")))
    for key, is_named in ((settings.SECRET_KEY, False), ("another-key-of-another-machine-0123456789", True)):
        with scratch_database():
            machine(tmp_path / f"new {is_named}", settings)
            settings.SECRET_KEY = key
            assert ("动态口令和备用码都已失效：group_leader。" in restored(run.folder)) is is_named


def test_with_a_public_key_nobody_reads_it_without_the_private_one(case, var, tmp_path, settings):
    identity, stranger = x25519.Identity.generate(), x25519.Identity.generate()
    settings.BACKUP_KEYS = [str(identity.to_public())]
    run = make_backup(folder_at(str(tmp_path / "backups")))
    written = [path.read_bytes() for path in (tmp_path / "backups").rglob("*") if path.is_file()]
    assert not [content for content in written if "三条链".encode() in content or content.startswith(b"%PDF")]
    (tmp_path / "own").write_text(f"# 备份私钥\n{identity}\n")
    (tmp_path / "other").write_text(str(stranger))
    files = contents(var)
    with scratch_database():
        new = machine(tmp_path / "new", settings)
        with pytest.raises(CommandError, match="加密"):
            restored(run.folder)
        with pytest.raises(CommandError, match="不能用这把私钥解密"):
            restored(run.folder, "--key", str(tmp_path / "other"))
        assert contents(new) == {}
        restored(run.folder, "--key", str(tmp_path / "own"))
        assert contents(new) == files


def test_what_was_changed_or_lost_is_never_restored(anchored, tmp_path, settings):
    run = make_backup(folder_at(str(tmp_path / "backups")))
    with scratch_database():
        machine(tmp_path / "new", settings)
        for target in (Path(run.folder) / "database.dump", Path(run.folder) / "manifest.jsonl", *kept_in(tmp_path)):
            kept = target.read_bytes()
            target.write_bytes(kept[:-1] + b"?")
            for options in ((), ("--check-only",)):
                with pytest.raises(CommandError, match="已损坏或者被改动，没有恢复"):
                    restored(run.folder, *options)
            target.unlink()
            with pytest.raises(CommandError, match="没有恢复"):
                restored(run.folder)
            target.write_bytes(kept)
        assert connection.introspection.table_names() == []
        restored(run.folder)  # which goes on where the others broke off


def test_the_oldest_go_and_with_them_what_only_they_need(anchored, var, tmp_path, settings):
    settings.BACKUP_MOST = 2
    folder = folder_at(str(tmp_path / "backups"))
    make_backup(folder)
    anchored.unlink()
    (var / "anchors" / "2026-11-24.txt").write_text("四条链")
    for hours in (1, 2):
        with later(hours=hours):
            run = make_backup(folder)
    assert len(folder.backups()) == 2
    assert [path.read_text() for path in kept_in(tmp_path)] == ["四条链"]
    restored(run.folder, "--check-only")


def test_a_list_that_is_damaged_keeps_no_further_backup_from_being_made(anchored, var, tmp_path, settings, caplog):
    settings.BACKUP_MOST = 2
    folder = folder_at(str(tmp_path / "backups"))
    make_backup(folder)
    anchored.write_text("四条链")
    for hours in (1, 2, 3):
        with later(hours=hours):
            run = make_backup(folder)
            if hours == 1:
                (Path(run.folder) / DIGESTS).write_text("不是清单\n")
            if hours == 2:
                assert sorted(path.read_text() for path in kept_in(tmp_path)) == ["三条链", "四条链"]
    for words in ("every file is read anew", "no content of former backups is removed"):
        assert f"{words}: 备份 " in caplog.text
    assert f"的清单 {DIGESTS} 已损坏" in caplog.text
    assert [path.read_text() for path in kept_in(tmp_path)] == ["四条链"]
    restored(run.folder, "--check-only")


def test_a_file_deleted_meanwhile_calls_for_a_newer_snapshot(anchored, var, tmp_path, monkeypatch, officer):
    export = PreparedFile.objects.create(kind=PreparedKind.LEDGER, title="台账", asked_by=officer, file="a.xlsx")
    (var / "files").mkdir()
    (var / "files/a.xlsx").write_bytes(b"rows")
    copy_all = backup_module._Backup._copy_all

    def purged_first(backup, names):
        export.refresh_from_db()
        if export.file:
            export.file.delete(save=True)
        return copy_all(backup, names)

    monkeypatch.setattr(backup_module._Backup, "_copy_all", purged_first)
    run = make_backup(folder_at(str(tmp_path / "backups")))
    assert (run.file_count, run.problem) == (1, "")


def test_a_file_that_is_lost_is_said_and_all_else_kept(anchored, tmp_path, settings, sysadmin):
    settings.BACKUP_FOLDER = str(tmp_path / "backups")
    PreparedFile.objects.create(kind=PreparedKind.LEDGER, title="台账", asked_by=sysadmin, file="a.xlsx")
    with pytest.raises(BackupFailed, match=r"有 1 个文件不在原处，没有备份，第一个是 files/a\.xlsx"):
        back_up_daily(clock.today())
    run = BackupRun.objects.get()
    assert (run.file_count, bool(run.sums_sha256)) == (1, True)
    assert "备份出错：有 1 个文件不在原处" in Visitor(sysadmin).open("/")
    assert back_up_daily(clock.today()) == {}  # not every quarter of an hour anew
    assert BackupRun.objects.count() == 1


def test_a_run_that_fails_leaves_no_half_of_a_backup(anchored, tmp_path, monkeypatch):
    folder = folder_at(str(tmp_path / "backups"))
    (folder.path / ".part-2026-11-22T100000Z").mkdir(parents=True)
    (folder.path / ".part-2026-11-22T100000Z" / "database.dump").write_bytes(b"of a run that was killed")

    def full(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(BackupFailed, match="磁盘已满"):
            make_backup(folder)
    connection.ensure_connection()
    with monkeypatch.context() as patch:
        patch.setitem(connection.settings_dict, "PORT", "1")  # where pg_dump reaches nothing
        with pytest.raises(BackupFailed, match="pg_dump 出错"):
            make_backup(folder)
    assert [path for path in folder.path.rglob("*") if path.is_file()] == []
    assert [bool(run.problem) for run in BackupRun.objects.all()] == [True, True]
    assert make_backup(folder).file_count == 1


def test_the_administrator_sees_when_and_whether(anchored, tmp_path, settings, sysadmin, director):
    home = Visitor(sysadmin).open("/")
    assert "还没有备份过" in home
    assert "设定备份目录（YUETAN_BACKUP）" in home
    assert "备份" not in Visitor(director).open("/")
    settings.BACKUP_FOLDER = str(tmp_path / "backups")
    assert back_up_daily(clock.today())["文件"] == 1
    home = Visitor(sysadmin).open("/")
    assert "还没有备份过" not in home
    assert BackupRun.objects.get().sums_sha256[:16] in home
    with later(hours=27):
        assert "此后没有再备份" in Visitor(cast.person("sysadmin")).open("/")


def test_what_is_missing_in_the_settings_is_said_in_words(office, settings, tmp_path, monkeypatch):
    settings.BACKUP_FOLDER = ""
    assert back_up_daily(clock.today()) == {"未设定备份目录": 1}
    with pytest.raises(CommandError, match="请设定 YUETAN_BACKUP"):
        call_command("backup")
    settings.BACKUP_KEYS = ["age1nonsense"]
    with pytest.raises(CommandError, match="应为 age 的公钥"):
        call_command("backup", str(tmp_path))
    settings.BACKUP_KEYS = []
    monkeypatch.setattr(backup_module, "last_migration", lambda: "9999_later")
    run = make_backup(folder_at(str(tmp_path)))
    with scratch_database(), pytest.raises(CommandError, match="请先升级本系统再恢复"):
        restored(run.folder)


def test_a_server_older_than_the_programs_reads_no_setting_that_it_does_not_know():
    """pg_restore of 18 sets what PostgreSQL 15 refuses; what stands in a row alike is left as it is."""
    head, rows = b"SET lock_timeout = 0;\n", b"CREATE TABLE a ();\nCOPY a FROM stdin;\nSET transaction_timeout = 0;\n"
    script, kept = io.BytesIO(head + b"SET transaction_timeout = 0;\n" + rows), io.BytesIO()
    copy_for_any_server(script, kept)
    assert kept.getvalue() == head + rows
