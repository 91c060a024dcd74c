"""A program of its own that examines one uploaded file, bounded in time and memory.

`python -I examiner.py NAME SIZE LIMIT_BYTES OUT < file` prints what it is or why it is not taken, as JSON; of a picture
it writes what is to be kept into the open file number OUT. Whoever takes too long is ended by the system.
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

MEMORY_BYTES = 2 * 1024**3
ARCHIVE_SECONDS, OTHER_SECONDS = 3, 10
DRAWING_SECONDS = 30  # more, to write a large picture anew
WRITTEN_BYTES = 512 * 1024**2
POLITENESS = 10  # whoever waits for a page goes first


def main(name: str, size: str, limit_bytes: str, out: str) -> None:
    """Bound this process, then read what a stranger wrote."""
    os.nice(POLITENESS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN_BYTES, WRITTEN_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    with os.fdopen(0, "rb") as stream, os.fdopen(int(out), "wb") as kept:
        json.dump(outcome(name, stream, int(size), int(limit_bytes), kept, allow_seconds=_allow_seconds), sys.stdout)


def outcome(
    name: str, stream: BinaryIO, size: int, limit_bytes: int, kept: BinaryIO, *, allow_seconds: Callable[[int], None]
) -> dict[str, str | tuple[int, int]]:
    """What one file is and, of a picture, what is to be kept of it, or the problem; as JSON holds it."""
    # Only now, for the place of our modules is known to no isolated Python.
    from yuetan.rules.files.file_kind import PICTURES, ZIP_SIGNATURE, FileProblem, content_to_store, examine
    from yuetan.rules.files.photo_facts import PhotoFacts, photo_facts

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
    from yuetan.rules.files.pdf_content import page_size
    from yuetan.rules.files.picture_content import picture_size

    measure = {"pdf": page_size, "jpg": picture_size, "png": picture_size}.get(kind)
    try:
        return measure(content) if measure else (0, 0)
    except Exception:  # noqa: BLE001 - whatever is wrong with its first page, nobody can read what is on it
        return (0, 0)


def _allow_seconds(seconds: int) -> None:
    """Let the system end this process once it has used so many seconds of a processor."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, DRAWING_SECONDS + 1))


if __name__ == "__main__":
    main(*sys.argv[1:])
