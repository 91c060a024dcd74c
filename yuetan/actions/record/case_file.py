"""卷宗 of a closed case, or of a meeting that is over: asked for, made in the background.

It is a package that verifies offline, or one PDF.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

from django.conf import settings
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from yuetan.actions.files.prepared_file import MadeFile, Progress, request_file
from yuetan.actions.log_event import log_event
from yuetan.actions.record.archives import TAKE, Archive, archive_in, archive_of
from yuetan.actions.record.case_record import seals_of
from yuetan.actions.step import refuse_uncited
from yuetan.documents.case_file import verify
from yuetan.documents.case_file.binding import Bookmark, bind
from yuetan.documents.case_file.contents import (
    COLUMNS,
    WIDTHS,
    CaseFileFacts,
    contents_sheet,
    loose_sheet,
    manifest,
    note_sheet,
    rows_of_contents,
)
from yuetan.documents.case_file.piece import CHUNK, Part
from yuetan.documents.case_file.written import WrittenPart, digest_of, write_part, write_pieces
from yuetan.errors import NotYours
from yuetan.models import PreparedFile, User
from yuetan.rules.dates import clock
from yuetan.rules.files.file_kind import safe_name
from yuetan.rules.text.official_text import short_datetime
from yuetan.vocabulary import PreparedKind

LEFT_AFTER = timedelta(days=1)
CHANGED = "提出以后有了变化（重新启动、正在更正，或者不再由您取），没有生成卷宗；请回到原页面，办完后再取。"
HOW_TO_VERIFY = """{number}卷宗

目录、材料、记录都在本文件夹内，不需要联网，也不需要本系统。

核验（任选一种）：
1. 装有 Python 3 的电脑：在本文件夹内运行 python3 verify.py（Windows：py verify.py）。
   核对每个文件的 SHA-256、清单和办理记录的封存值（SM3），并查有无多出、缺少的文件。
2. 只核对文件：sha256sum -c SHA256SUMS

本包的 SHA-256 记在取卷时的操作日志中；SHA256SUMS 中没有列出本身。
"""


def request_case_file(subject: Model, *, by: User, form: PreparedKind) -> PreparedFile:
    """取卷宗: ask for it as a package or as one PDF; it is made in the background.

    Raises NotYours for who may not, Refused while the subject is not at its end and while too many files wait.
    """
    key, archive = archive_of(subject)
    if not archive.may_take(subject, by):
        raise NotYours(TAKE)
    refuse_uncited(archive.problems(subject))
    title = archive.matter(subject).number
    return request_file(by=by, kind=form, title=title, arguments={key: str(subject.pk)})


def make_case_file(prepared: PreparedFile, progress: Progress) -> MadeFile:
    """The 卷宗 as its person may see it now; no file where its subject goes on again meanwhile.

    Effects: papers never printed before are printed and kept; the digest of the file stands in its row.
    """
    key, archive = archive_in(prepared.arguments)
    subject = archive.visible(prepared.asked_by).filter(pk=prepared.arguments[key]).first()
    if subject is None or not archive.may_take(subject, prepared.asked_by) or any(archive.problems(subject)):
        return MadeFile("", None, [CHANGED])
    with TemporaryDirectory(dir=_scratch()) as name:
        _remove_unfinished(Path(name))
        return _file_of(subject, prepared, progress, Path(name))


def _file_of(subject: Model, prepared: PreparedFile, progress: Progress, path: Path) -> MadeFile:
    with _gathered(subject, prepared, progress, path) as folder:
        bound = prepared.kind == PreparedKind.BOUND_CASE_FILE
        content, unbound = _bound(folder) if bound else (_packed(folder), [])
        prepared.arguments["sha256"] = digest_of(content)
        content.seek(0)
        file_name = safe_name(f"卷宗 {folder.facts.matter.number}.{'pdf' if bound else 'zip'}")
        return MadeFile(file_name, content, [*folder.facts.problems, *unbound])


@transaction.atomic
def record_case_file_fetched(prepared: PreparedFile) -> None:
    """Write down who took which 卷宗, in which form and with which digest."""
    form = PreparedKind(prepared.kind).label
    log_event(TAKE, prepared.asked_by, name=prepared.title, form=form, sha256=prepared.arguments["sha256"])


@dataclass(frozen=True)
class _Folder:
    path: Path
    facts: CaseFileFacts
    sheets: Sequence[WrittenPart]  # 卷内目录 first, 备考表 last


def _scratch() -> Path:
    """Where there is room for all files of a case."""
    folder = Path(settings.VAR) / "unfinished"
    folder.mkdir(exist_ok=True)
    return folder


def _remove_unfinished(made: Path) -> None:
    """Remove what a process that was killed has left beside this folder, which was made just now: by the times of the
    disk alone, for what another process is making goes whatever our clock says."""
    before = made.stat().st_mtime - LEFT_AFTER.total_seconds()
    for left in made.parent.iterdir():
        with suppress(FileNotFoundError):  # another process was done with it
            if left.stat().st_mtime < before:
                shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _gathered(subject: Model, prepared: PreparedFile, progress: Progress, path: Path) -> Iterator[_Folder]:
    """All of it in a folder: what is read of its subject is read in one moment, files are written afterwards."""
    _, archive = archive_of(subject)
    with transaction.atomic():
        QuerySet(archive.model).select_for_update(no_key=True, of=("self",)).get(pk=subject.pk)
        pieces = archive.pieces(subject, prepared.asked_by)
        last = _write_record(subject, archive, path)
    progress.expect(len(pieces))
    written = write_pieces(pieces, path, progress.reach)
    made_at = short_datetime(clock.now())
    facts = CaseFileFacts(archive.matter(subject), written, prepared.asked_by, made_at, *last)
    made = [contents_sheet(facts), loose_sheet(facts), note_sheet(facts)]
    yield _Folder(path, facts, [_write_sheet(part, path) for part in made if part is not None])


def _write_sheet(part: Part, folder: Path) -> WrittenPart:
    return write_part(part, folder, part.name)


def _write_record(subject: Model, archive: Archive[Model], folder: Path) -> tuple[int, str]:
    """The events and their seals; returns how many seals there are, and the last of their digests."""
    (folder / "record").mkdir()
    _write_lines(folder / verify.EVENTS, archive.events(subject))
    return _write_lines(folder / verify.SEALS, seals_of(subject))


def _write_lines(path: Path, rows: Iterable[dict[str, object]]) -> tuple[int, str]:
    written, last = 0, ""
    with path.open("w", encoding="utf-8") as target:
        for row in rows:
            target.write(json.dumps(row, ensure_ascii=False) + "\n")
            written, last = written + 1, str(row.get("digest", ""))
    return written, last


def _packed(folder: _Folder) -> IO[bytes]:
    """One zip of the folder, with its contents as a table and as data, the sums, and the program that verifies it."""
    from yuetan.documents.exports.spreadsheet import workbook

    path, facts = folder.path, folder.facts
    with workbook("卷内目录", COLUMNS, rows_of_contents(facts.pieces), widths=WIDTHS) as table:
        (path / "卷内目录.xlsx").write_bytes(table.read())
    (path / verify.MANIFEST).write_text(json.dumps(manifest(facts), ensure_ascii=False, indent=1), encoding="utf-8")
    (path / "verify.py").write_bytes(Path(verify.__file__).read_bytes())
    words = HOW_TO_VERIFY.format(number=facts.matter.number)
    (path / "核验说明.txt").write_text(words, encoding="utf-8")
    return _zipped(path, safe_name(f"卷宗 {facts.matter.number}"))


def _zipped(path: Path, root: str) -> IO[bytes]:
    """Each file read once, a piece at a time: its digest is known when it has gone into the zip, the sums come last."""
    whole, now = TemporaryFile(dir=_scratch()), timezone.localtime(clock.now()).timetuple()[:6]  # noqa: SIM115 - handed out open
    sums = []
    with zipfile.ZipFile(whole, "w") as archive:
        for file in sorted(each for each in path.rglob("*") if each.is_file()):
            inside, digest = file.relative_to(path).as_posix(), hashlib.sha256()
            entry = zipfile.ZipInfo(f"{root}/{inside}", now)
            with file.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
                while chunk := source.read(CHUNK):
                    digest.update(chunk)
                    target.write(chunk)
            sums.append(f"{digest.hexdigest()}  {inside}\n")
        archive.writestr(zipfile.ZipInfo(f"{root}/{verify.SUMS}", now), "".join(sums))
    whole.seek(0)
    return whole


def _bound(folder: _Folder) -> tuple[IO[bytes], list[str]]:
    """One PDF: 卷内目录, every piece under its bookmark, 备考表; and a sentence for each file that was not bound."""
    path, facts = folder.path, folder.facts
    contents, *ending = [Bookmark(Path(sheet.path).stem, str(path / sheet.path)) for sheet in folder.sheets]
    pieces = [
        Bookmark(
            f"{piece.number} {piece.piece.title}",
            inside=[
                Bookmark(f"{part.part.role}：{Path(part.part.name).stem}", str(path / part.path), part.part.kind)
                for part in piece.parts
                if part.pages is not None
            ],
        )
        for piece in facts.pieces
    ]
    target = path / "bound.pdf"
    bound = bind([contents, *pieces, *ending], target, title=f"{facts.matter.number}卷宗")
    return target.open("rb"), [f"“{Path(file).name}”不能装订，请取数据包。" for file in bound.unbound]
