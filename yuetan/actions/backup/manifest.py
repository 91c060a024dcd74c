"""The list of contents of a backup: one JSON object a line, a head, one line for each file, and an end.

    {"made_at": …, "migration": …, "size": …, "sha256": …, "format": 1}        size and SHA-256 of the database
    {"name": "files/attachments/2026/11/….pdf", "size": …, "sha256": …, "time": …}
    {"files": 2, "bytes": …}

A list without its end was cut off, and is of no use.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import IO

from yuetan.errors import BackupDamaged

FORMAT = 1


@dataclass(frozen=True)
class Content:
    """One file that is kept: its name below YUETAN_VAR, and what its bytes are."""

    name: str
    size: int
    sha256: str
    time: int  # when it was last changed, in nanoseconds

    @property
    def line(self) -> str:
        """As the list that holds no content but names and digests has it."""
        return f"{self.sha256} {self.size} {self.time} {self.name}\n"

    @classmethod
    def of_line(cls, line: str) -> Content:
        """The content that one line of the list names, as it was written there."""
        sha256, size, time, name = line.rstrip("\n").split(" ", 3)
        return cls(name, int(size), sha256, int(time))


@dataclass(frozen=True)
class Head:
    """What a backup is of: when it was made, by which version of the tables, and the bytes of the database."""

    made_at: str
    migration: str
    size: int
    sha256: str
    format: int = FORMAT


def lines(head: Head, contents: Iterable[Content]) -> Iterator[bytes]:
    """The whole list."""
    files = size = 0
    yield _json_line(asdict(head))
    for content in contents:
        files, size = files + 1, size + content.size
        yield _json_line(asdict(content))
    yield _json_line({"files": files, "bytes": size})


def read_head(file: IO[bytes]) -> Head:
    """The first line; raises BackupDamaged if it is none, or of a format of a later version."""
    line = file.readline()
    try:
        head = json.loads(line)
        if head["format"] != FORMAT:
            raise BackupDamaged(
                f"这份备份的格式是第 {head['format']} 版，本版本只能读第 {FORMAT} 版，请用较新的版本恢复。"
            )
        return Head(**head)
    except (ValueError, KeyError, TypeError) as error:
        raise BackupDamaged("备份的清单不完整或者已被改动。") from error


def read_contents(file: IO[bytes]) -> Iterator[Content]:
    """The lines behind the head; raises BackupDamaged at one that is cut off, and if the end is missing or differs."""
    files = size = 0
    for line in file:
        try:
            row = json.loads(line)
            if "name" not in row:
                if (row["files"], row["bytes"]) == (files, size):
                    return
                break
            content = Content(**row)
        except (ValueError, KeyError, TypeError) as error:
            raise BackupDamaged("备份的清单不完整或者已被改动。") from error
        files, size = files + 1, size + content.size
        yield content
    raise BackupDamaged("备份的清单不完整或者已被改动。")


def _json_line(row: dict[str, object]) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
