"""The pieces of a 卷宗 written into a folder: each file under its number, with its digest, its size and its pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from yuetan.documents.case_file.binding import page_counts
from yuetan.documents.case_file.piece import Part, Piece
from yuetan.errors import StoredPaperDamaged
from yuetan.rules.files.file_kind import safe_name

SHORT = 40  # characters of a name, so that no path is longer than a disk can hold
GONE, OTHER_BYTES = "文件不在原处", "文件内容与登记的校验值不符"


@dataclass(frozen=True)
class WrittenPart:
    """One file as it lies in the folder; `pages` is None for what cannot be bound as pages."""

    part: Part
    path: str
    sha256: str
    size: int
    pages: int | None = None


@dataclass(frozen=True)
class LeftOut:
    """A file that could not be put in, and why."""

    part: Part
    reason: str

    def __str__(self) -> str:
        return f"“{self.part.name}”没有装入：{self.reason}。"


@dataclass(frozen=True)
class WrittenPiece:
    """One 件 with its number, its files as they were written, and those left out."""

    number: int
    piece: Piece
    parts: Sequence[WrittenPart] = field(default_factory=list)
    left_out: Sequence[LeftOut] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return sum(one.pages or 0 for one in self.parts)

    @property
    def loose(self) -> list[WrittenPart]:
        """Files that are no pages."""
        return [one for one in self.parts if one.pages is None]

    @property
    def remark(self) -> str:
        """备注 of the contents."""
        loose = f"电子附件{len(self.loose)}个" if self.loose else ""
        missing = f"缺{len(self.left_out)}个文件" if self.left_out else ""
        return "；".join(filter(None, [self.piece.remark, loose, missing]))


def write_pieces(pieces: Iterable[Piece], folder: Path, reached: Callable[[int], None]) -> list[WrittenPiece]:
    """Write every file of every piece, one at a time; `reached` is told how many pieces are done."""
    written = []
    for number, piece in enumerate(pieces, start=1):
        written.append(_write_piece(number, piece, folder))
        reached(number)
    return _with_pages(written, folder)


def _with_pages(written: Sequence[WrittenPiece], folder: Path) -> list[WrittenPiece]:
    parts = [part for piece in written for part in piece.parts]
    counts = iter(
        page_counts([(str(folder / each.path), each.part.kind if each.part.is_bound else "") for each in parts])
    )
    return [replace(piece, parts=[replace(part, pages=next(counts)) for part in piece.parts]) for piece in written]


def _write_piece(number: int, piece: Piece, folder: Path) -> WrittenPiece:
    inside = f"{number:03d} {_short(piece.title)}"
    (folder / inside).mkdir(parents=True)
    parts, left_out = list[WrittenPart](), list[LeftOut]()
    for place, part in enumerate(piece.parts, start=1):
        try:
            parts.append(write_part(part, folder, f"{inside}/{place:02d} {_short(part.name)}"))
        except FileNotFoundError:
            left_out.append(LeftOut(part, GONE))
        except (StoredPaperDamaged, OtherBytes) as problem:
            left_out.append(LeftOut(part, str(problem)))
    return WrittenPiece(number, piece, parts, left_out)


class OtherBytes(Exception):  # noqa: N818 - a fact, not a fault
    """A file is no longer the one that was kept, or may not be opened."""


def write_part(part: Part, folder: Path, path: str) -> WrittenPart:
    """Write one file; raises OtherBytes where it is not the one that was kept, or may not be opened."""
    if part.withheld:
        raise OtherBytes(part.withheld)
    target = folder / path
    with target.open("wb+") as stream:
        part.write(stream)
        stream.seek(0)
        sha256 = digest_of(stream)
    if part.sha256 and sha256 != part.sha256:
        target.unlink()
        raise OtherBytes(OTHER_BYTES)
    return WrittenPart(part, path, sha256, target.stat().st_size)


def digest_of(stream: IO[bytes]) -> str:
    """The SHA-256 of what is left to read."""
    return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type] # any binary stream will do


def _short(name: str) -> str:
    """The name within SHORT characters, its ending kept."""
    path = Path(safe_name(name))
    return f"{path.stem[: SHORT - len(path.suffix)].rstrip('. ')}{path.suffix}" if len(path.name) > SHORT else path.name
