"""Pages of uploaded PDFs as pictures, drawn once: kept for some days, what cannot be drawn too, and few at a time.

Drawing runs in a process of its own with bounds on time and memory (page_images.py). How many run at once is bounded
for the whole installation, so that thirty readers of a hard file wait for each other and nobody else for them.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import IO, TypeVar

from django.conf import settings
from django.db.models.fields.files import FieldFile

from yuetan.documents.exports.page_images import NotDrawable, page_count, page_image
from yuetan.rules.files.turns import NoTurn, own_turn
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME

AT_ONCE = 2  # processes of the whole installation
WAITING_OF_PROCESS, WAITING_OF_PERSON = 3, 2  # threads that may be given to it
WAIT_SECONDS = 10
KEPT_DAYS = 7
FAILED = ".failed"

Drawn = TypeVar("Drawn")
_waiting, _guard = Counter[str](), Lock()


class RendererBusy(Exception):  # noqa: N818 - a fact, not a fault
    """Too many pages are being drawn now: it is to be tried again in a few seconds."""


def drawn_count(file: FieldFile, sha256: str, reader: str) -> int:
    """How many pages there are. Raises NotDrawable, at once if that is known; RendererBusy."""
    return int(_kept(f"{sha256}.count", reader, lambda: str(_open(file, page_count)).encode()))


def drawn_page(file: FieldFile, sha256: str, number: int, reader: str) -> bytes:
    """One page as a JPEG, the first is number 1. Raises NotDrawable, at once if that is known; RendererBusy."""
    return _kept(f"{sha256}.{number}", reader, lambda: _open(file, lambda pdf: page_image(pdf, number)))


def _open(file: FieldFile, draw: Callable[[IO[bytes]], Drawn]) -> Drawn:
    with file.open("rb") as pdf:
        return draw(pdf)


def _kept(name: str, reader: str, draw: Callable[[], bytes]) -> bytes:
    path = _folder() / name[:2] / name
    with suppress(FileNotFoundError):
        return _read(path)
    with _thread_for(reader), _turn():
        with suppress(FileNotFoundError):  # somebody else has drawn it meanwhile
            return _read(path)
        try:
            drawn = draw()
        except NotDrawable:
            _keep_picture(path.with_name(f"{name}{FAILED}"), b"")
            raise
        _keep_picture(path, drawn)
        return drawn


def _folder() -> Path:
    return Path(settings.VAR) / "previews"


def _read(path: Path) -> bytes:
    if path.with_name(f"{path.name}{FAILED}").exists():
        raise NotDrawable("it could not be drawn before")
    return path.read_bytes()


def _keep_picture(path: Path, content: bytes) -> None:
    """Where the disk is full, it is drawn anew the next time."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with suppress(OSError):
        part.write_bytes(content)
        part.rename(path)
    part.unlink(missing_ok=True)


@contextmanager
def _thread_for(reader: str) -> Iterator[None]:
    """Not so many threads that pages of another kind would have to wait, and not all of them for one person."""
    with _guard:
        if _waiting.total() >= WAITING_OF_PROCESS or _waiting[reader] >= WAITING_OF_PERSON:
            raise RendererBusy
        _waiting[reader] += 1
    try:
        yield
    finally:
        with _guard:
            _waiting[reader] -= 1
            if not _waiting[reader]:
                del _waiting[reader]


@contextmanager
def _turn() -> Iterator[None]:
    """One of the few places in the whole installation; raises RendererBusy."""
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    places = [_folder() / f"place-{number}" for number in range(AT_ONCE)]
    try:
        with own_turn(places, WAIT_SECONDS):
            yield
    except NoTurn as full:
        raise RendererBusy from full


def forget_drawn_pages(sha256: str) -> None:
    """Remove what was drawn of a file that goes."""
    for path in (_folder() / sha256[:2]).glob(f"{sha256}.*"):
        path.unlink(missing_ok=True)


def purge_drawn_pages(today: date) -> dict[str, int]:
    """每日任务: the pictures that were drawn some days ago."""
    removed = 0
    for path in _folder().glob("??/*"):
        with suppress(FileNotFoundError):
            drawn_on = datetime.fromtimestamp(path.stat().st_mtime, CHINA_STANDARD_TIME).date()
            if drawn_on < today - timedelta(days=KEPT_DAYS):
                path.unlink()
                removed += 1
    return {"删除": removed}
