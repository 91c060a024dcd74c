"""清理没有登记的文件: what a process that was killed between file and row has left is set aside, and later removed.

A row without its file is named by `check_records`; it is for a backup to mend.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage

from yuetan.alerts import send_alert
from yuetan.models import Alert, User
from yuetan.models.files.kept_files import kept_among, kept_names_in_order
from yuetan.rules.dates import clock
from yuetan.vocabulary import Role

logger = logging.getLogger(__name__)

CHUNK = 500
# A file is stored before its step has ended, and for that long no row may know it yet.
SETTLED_AFTER = timedelta(hours=1)
SET_ASIDE_DAYS = 30
# So many strangers are no remains of a fault: another database, or other files, than belong together.
MAX_STRANGERS, MAX_SHARE = 20, 0.5


class FilesOfAnotherDatabase(Exception):  # noqa: N818 - a fact, not a fault
    """Most of the files are known to no row: nothing is set aside before somebody has looked."""


def sweep_files(today: date) -> dict[str, int]:
    """每日任务: set aside the files that no row keeps, tell the administrator, remove those set aside a month ago.

    Raises FilesOfAnotherDatabase, with nothing moved, if most of the files are strangers; OSError where one cannot be
    moved, once those that were moved before it are settled.
    """
    strangers, aside = _strangers(), list[str]()
    try:
        for first in range(0, len(strangers), CHUNK):
            _set_aside(strangers[first : first + CHUNK], today, aside)
    finally:
        _say_what_was_moved(aside, today)
    return {"移出": len(aside), "删除": _remove_old(today)}


def _say_what_was_moved(moved: Sequence[str], today: date) -> None:
    if moved:
        administrators = list(User.objects.in_roles(Role.SYSTEM_ADMINISTRATOR))
        words = (
            f"有 {len(moved)} 个文件没有任何登记（多为断电、进程中断时留下），已移到 {_aside(today)}，"
            f"{SET_ASIDE_DAYS} 天后删除；第一个是 {moved[0]}。"
        )
        send_alert(administrators, key=_occasion(today), words=words)


def _occasion(today: date) -> str:
    """Each sweep that moved something is one, also of several on a day."""
    of_today = Alert.objects.filter(key__startswith=f"sweep:{today}:").order_by().values("key").distinct()
    return f"sweep:{today}:{of_today.count() + 1}"


def unknown_files() -> Iterator[str]:
    """The names of stored files that no row keeps, but for those so new that their step may not have ended."""
    begun, kept = clock.now(), kept_names_in_order()
    next_kept = next(kept, None)
    for name in _stored_names(""):
        while next_kept is not None and next_kept < name:
            next_kept = next(kept, None)
        if name != next_kept and _is_settled(name, begun):
            yield name


def _strangers() -> list[str]:
    strangers = list(unknown_files())
    if len(strangers) > MAX_STRANGERS:
        files = sum(1 for _ in _stored_names(""))
        if len(strangers) > files * MAX_SHARE:
            raise FilesOfAnotherDatabase(
                f"{files} 个文件中 {len(strangers)} 个没有登记，都没有移动：DATABASE_URL 和 YUETAN_VAR 是否配套？"
            )
    return strangers


def _is_settled(name: str, now: datetime) -> bool:
    try:
        return now - default_storage.get_modified_time(name) > SETTLED_AFTER
    except FileNotFoundError:
        return False


def _set_aside(names: Sequence[str], today: date, aside: list[str]) -> None:
    """Move these, and add to `aside` those that were: not what was written anew under the same name, nor what has got a
    row meanwhile, which comes back also where a further one cannot be moved."""
    kept, now, moved = kept_among(names), clock.now(), list[str]()
    try:
        for name in names:
            if name not in kept and _is_settled(name, now):
                _move(default_storage.path(name), _aside(today) / name)
                moved.append(name)
    finally:
        aside += _without_those_that_return(moved, today)


def _without_those_that_return(moved: Sequence[str], today: date) -> list[str]:
    kept = kept_among(moved)
    for name in kept:
        _move(_aside(today) / name, default_storage.path(name))
    stay_aside = [name for name in moved if name not in kept]
    for name in stay_aside:
        logger.warning("a file that no row keeps was set aside: %s", name)
    return stay_aside


def _move(path: Path | str, target: Path | str) -> None:
    Path(target).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.move(path, target)


def _aside(today: date) -> Path:
    return Path(settings.VAR) / "files_set_aside" / f"{today}"


def _remove_old(today: date) -> int:
    removed = 0
    for folder in (Path(settings.VAR) / "files_set_aside").glob("????-??-??"):
        if date.fromisoformat(folder.name) < today - timedelta(days=SET_ASIDE_DAYS):
            removed += sum(path.is_file() for path in folder.rglob("*"))
            shutil.rmtree(folder)
    return removed


def _stored_names(folder: str) -> Iterator[str]:
    """The names of all stored files by their code points, folder by folder."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for each in sorted([*files, *(f"{inner}/" for inner in folders)]):
        if each.endswith("/"):
            yield from _stored_names(f"{folder}{each}")
        else:
            yield f"{folder}{each}"
