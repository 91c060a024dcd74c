"""Examines one uploaded file, in a process that is bounded in time and memory and does nothing else."""

import json
import os
import resource
from collections.abc import Callable
from typing import BinaryIO

from yuetan.rules.files.file_kind import PICTURES, ZIP_SIGNATURE, FileProblem, OfferedFile, content_to_store, examine
from yuetan.rules.files.pdf_content import page_size
from yuetan.rules.files.photo_facts import PhotoFacts, photo_facts
from yuetan.rules.files.picture_content import picture_size

MEMORY_BYTES = 2 * 1024**3
ARCHIVE_SECONDS, OTHER_SECONDS = 3, 10
DRAWING_SECONDS = 30  # more, to write a large picture anew
WRITTEN_BYTES = 512 * 1024**2


def answer_bounded(question: OfferedFile, offered: int, drawn: int, answered: int) -> None:
    """Bound this process, read what a stranger wrote in the open file `offered`, and write to the others.

    `answered` gets what the file is or why it is not taken, as JSON; `drawn` what is to be kept of a picture. Whoever
    takes too long is ended by the system.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN_BYTES, WRITTEN_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with os.fdopen(offered, "rb") as stream, os.fdopen(drawn, "wb") as kept, os.fdopen(answered, "w") as answer:
        json.dump(outcome(**question, stream=stream, kept=kept, allow_seconds=_allow_seconds), answer)


def outcome(
    name: str, size: int, limit_bytes: int, *, stream: BinaryIO, kept: BinaryIO, allow_seconds: Callable[[int], None]
) -> dict[str, str | tuple[int, int]]:
    """What one file is and, of a picture, what is to be kept of it, or the problem; as JSON holds it."""
    allow_seconds(ARCHIVE_SECONDS if stream.read(len(ZIP_SIGNATURE)) == ZIP_SIGNATURE else OTHER_SECONDS)
    try:
        kind, facts = examine(name, stream, size, limit_bytes=limit_bytes), PhotoFacts()
        content = stream
        if kind in PICTURES:
            facts = photo_facts(stream)
            allow_seconds(DRAWING_SECONDS)
            content = content_to_store(name, kind, stream)
            kept.write(content.read())
    except FileProblem as problem:
        return {"problem": str(problem)}
    dots = _dots(kind.value, content)
    return {"kind": kind.value, "photo_time": facts.time, "photo_place": facts.place, "dots": dots}


def _dots(kind: str, content: BinaryIO) -> tuple[int, int]:
    """Width and height of the picture or of the first page; of what has neither, or cannot be measured, nothing."""
    measure = {"pdf": page_size, "jpg": picture_size, "png": picture_size}.get(kind)
    try:
        return measure(content) if measure else (0, 0)
    except Exception:  # noqa: BLE001 - whatever is wrong with its first page, nobody can read what is on it
        return (0, 0)


def _allow_seconds(seconds: int) -> None:
    """Let the system end this process once it has used so many seconds of a processor."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, DRAWING_SECONDS + 1))
