"""Examining an uploaded file in a process of its own: one at a time, bounded in time and memory, after all pages."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from shutil import copyfileobj
from typing import IO, BinaryIO, TypedDict, cast

from django.conf import settings

from yuetan.actions.files.warm_examiner import ExaminerDied, warm_examiner
from yuetan.rules.files.file_kind import PICTURES, FileKind, FileProblem, OfferedFile
from yuetan.rules.files.turns import NoTurn, own_turn

TURN_SECONDS = 120
TOO_SLOW = "检查起来太费时，不能上传，请删去整行整列的边框和底色、缩小图片，或者打印成 PDF 后再上传"
NOT_EXAMINED = "没有检查成，请稍后再上传；仍然这样的，请告知系统管理员"
MAX_ANSWER_BYTES = 64 * 1024
MAX_ERROR_BYTES = 4 * 1024
BUSY = "还没有检查，前面等待检查的文件太多，请过几分钟再提交"

logger = logging.getLogger(__name__)


class _Answer(TypedDict, total=False):
    """What the other process writes: why not, or what it is."""

    problem: str
    kind: str
    dots: list[int]
    photo_time: str
    photo_place: str


@dataclass(frozen=True)
class Outcome:
    """What a file is, what is to be kept of it, its width and height in dots, and when and where a photo was taken."""

    kind: FileKind
    content: BinaryIO
    dots: tuple[int, int] = (0, 0)
    photo_time: str = ""
    photo_place: str = ""


def examine_apart(name: str, stream: BinaryIO, size: int, *, limit_bytes: int) -> Outcome:
    """What comes of examining a file; both streams are at their beginning. Raises FileProblem."""
    with _turn(name), tempfile.TemporaryFile() as drawn:
        outcome = _run_examiner({"name": name, "size": size, "limit_bytes": limit_bytes}, stream, drawn)
        stream.seek(0)
        if "problem" in outcome:
            raise FileProblem(outcome["problem"])
        kind, (width, height) = FileKind(outcome["kind"]), outcome["dots"]
        if kind not in PICTURES:
            return Outcome(kind, stream, (width, height))
        drawn.seek(0)
        content = BytesIO(drawn.read())
        return Outcome(kind, content, (width, height), outcome["photo_time"], outcome["photo_place"])


@contextmanager
def _turn(name: str) -> Iterator[None]:
    """Wait until no other file is being examined by any process of this installation; raises FileProblem."""
    try:
        with own_turn([settings.VAR / "examination.lock"], TURN_SECONDS):
            yield
    except NoTurn as full:
        raise FileProblem(f"文件“{name}”{BUSY}") from full


def _run_examiner(question: OfferedFile, stream: BinaryIO, drawn: IO[bytes]) -> _Answer:
    """What the other process says of a file; what is kept of a picture is in `drawn`. Raises FileProblem."""
    with tempfile.TemporaryFile() as offered, tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as errors:
        stream.seek(0)
        copyfileobj(stream, offered)
        offered.flush()
        try:
            status = warm_examiner.examine(question, [offered, drawn, answer, errors])
        except ExaminerDied as died:
            logger.error("nothing examines uploaded files: %s", died)
            raise FileProblem(f"文件“{question['name']}”{NOT_EXAMINED}") from died
        if status:
            errors.seek(0)
            reason = errors.read(MAX_ERROR_BYTES).decode(errors="replace")
            logger.warning("an uploaded file could not be examined: status %s %s", status, reason)
            full = os.waitstatus_to_exitcode(status) == os.EX_TEMPFAIL
            raise FileProblem(f"文件“{question['name']}”{NOT_EXAMINED if full else TOO_SLOW}")
        answer.seek(0)
        return cast(_Answer, json.loads(answer.read(MAX_ANSWER_BYTES)))
