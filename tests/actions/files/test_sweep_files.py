"""Files that no row keeps are set aside after a while and removed later; nothing that a row keeps is ever touched."""

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import later
from yuetan.actions.files import sweep_files as sweep_files_module
from yuetan.actions.files.sweep_files import FilesOfAnotherDatabase, sweep_files, unknown_files
from yuetan.models import Alert, PreparedFile
from yuetan.models.files.kept_files import kept_names
from yuetan.rules.dates import clock
from yuetan.vocabulary import PreparedKind


@pytest.fixture
def kept_file(sysadmin, settings, tmp_path):
    """A file that a row keeps, and that has lain there for hours."""
    settings.VAR = tmp_path
    row = PreparedFile(kind=PreparedKind.LEDGER, title="台账", asked_by=sysadmin)
    row.file.save("台账.xlsx", ContentFile(b"rows"))
    age(Path(row.file.path))


def age(path: Path, hours: float = 2) -> Path:
    """Let a file have been written so many hours ago."""
    then = (clock.now() - timedelta(hours=hours)).timestamp()
    os.utime(path, (then, then))
    return path


def stray(name: str, hours: float = 2) -> Path:
    path = Path(default_storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half of a file")
    return age(path, hours)


def lying() -> set[str]:
    root = Path(default_storage.path(""))
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def test_what_no_row_keeps_is_set_aside_and_removed_a_month_later(kept_file, settings, sysadmin):
    kept, lost, new = set(kept_names()), stray("attachments/2026/11/a.pdf"), stray("attachments/2026/11/b.pdf", 0.5)
    assert kept
    assert sweep_files(clock.today()) == {"移出": 1, "删除": 0}
    aside = settings.VAR / "files_set_aside" / "2026-11-23" / "attachments/2026/11" / lost.name
    assert aside.read_bytes() == b"half of a file"
    assert lying() == kept | {str(new.relative_to(default_storage.path("")))}
    [alert] = Alert.objects.filter(recipient=sysadmin, key__startswith="sweep:")
    assert "有 1 个文件没有任何登记" in alert.text
    age(new, 0)
    assert sweep_files(clock.today()) == {"移出": 0, "删除": 0}
    with later(days=31):
        age(new, 0)
        assert sweep_files(clock.today()) == {"移出": 0, "删除": 1}
    assert not aside.exists()


def test_each_of_two_sweeps_of_a_day_alerts_of_what_it_moved(kept_file, sysadmin):
    for name in ("a.pdf", "b.pdf"):
        stray(f"attachments/2026/11/{name}")
        assert sweep_files(clock.today()) == {"移出": 1, "删除": 0}
    assert Alert.objects.filter(recipient=sysadmin, key__startswith="sweep:").count() == 2


def test_what_was_moved_before_one_that_cannot_be_is_settled_all_the_same(kept_file, sysadmin, settings, monkeypatch):
    """A row came meanwhile for the first, which comes back; the second stays aside; the third stays where it is."""
    names = [f"a/{number}.pdf" for number in range(3)]
    first, second, third = map(stray, names)
    move = sweep_files_module.shutil.move

    def full(path, target):
        if str(path) == str(third):
            PreparedFile.objects.create(kind=PreparedKind.LEDGER, title="台账", asked_by=sysadmin, file=names[0])
            raise OSError(errno.ENOSPC, "No space left on device")
        return move(path, target)

    monkeypatch.setattr(sweep_files_module.shutil, "move", full)
    with pytest.raises(OSError, match="No space left"):
        sweep_files(clock.today())
    assert [path.exists() for path in (first, second, third)] == [True, False, True]
    assert (settings.VAR / "files_set_aside" / "2026-11-23" / names[1]).exists()
    [alert] = Alert.objects.filter(recipient=sysadmin, key__startswith="sweep:")
    assert f"有 1 个文件没有任何登记（多为断电、进程中断时留下），已移到 {settings.VAR}" in alert.text


def test_files_of_another_database_are_left_where_they_are(kept_file):
    for number in range(60):
        stray(f"attachments/2026/11/{number}.pdf")
    before = lying()
    with pytest.raises(FilesOfAnotherDatabase, match="DATABASE_URL 和 YUETAN_VAR 是否配套"):
        sweep_files(clock.today())
    assert lying() == before


def test_names_are_compared_by_one_statement_however_many_files_there_are(kept_file, sysadmin, monkeypatch):
    """In the order of their signs, a folder beside a file that begins alike, and 中文 after everything else."""
    monkeypatch.setattr(sweep_files_module, "CHUNK", 2)
    names = ("a/2.pdf", "a/B.pdf", "a/b.pdf", "a.pdf", "a-1.pdf", "B/1.pdf", "约谈/一.pdf", "约谈/a/_.pdf", "约谈.pdf")
    for name in names:
        stray(name)
        PreparedFile.objects.create(kind=PreparedKind.LEDGER, title="台账", asked_by=sysadmin, file=name)
    strangers = [stray(f"{name}.lost") and f"{name}.lost" for name in names]
    with CaptureQueriesContext(connection) as asked:
        assert sorted(unknown_files()) == sorted(strangers)
    assert len([each for each in asked if "file" in each["sql"]]) == 1
    sweep_files(clock.today())
    assert lying() == set(kept_names())


def test_a_file_is_written_whole_and_to_the_disk_or_not_at_all(office, monkeypatch):
    synced = []
    sync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(descriptor) or sync(descriptor))
    first = default_storage.save("attachments/a.pdf", ContentFile(b"whole"))
    assert len(synced) == 2  # the bytes, and their name
    assert default_storage.save("attachments/a.pdf", ContentFile(b"other")) != first

    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    before = lying()
    with pytest.raises(OSError, match="No space left"):
        default_storage.save("attachments/b.pdf", ContentFile(b"x" * 100_000))
    assert lying() == before
    assert Path(default_storage.path(first)).read_bytes() == b"whole"
