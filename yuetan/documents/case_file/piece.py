"""What a 卷宗 is made of: pieces (件), each of files in their order (DA/T 22-2015)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.utils import timezone

from yuetan.documents.case_file.matter import Matter
from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.office_forms import Row
from yuetan.documents.content.paragraphs import lines
from yuetan.documents.content.phrases import body_name
from yuetan.documents.freezing import frozen
from yuetan.documents.pdf import render_pdf
from yuetan.documents.pdf_store import pdf_bytes
from yuetan.documents.typesetting.typesetting import without_missing
from yuetan.models import Document
from yuetan.models.files.stored_file import StoredFile
from yuetan.rules.files.file_kind import FileKind, safe_name
from yuetan.vocabulary import CaseFileSheet, DocumentKind, DocumentStatus, UnitKind

CHUNK = 1024 * 1024
Write = Callable[[IO[bytes]], object]


@dataclass(frozen=True)
class Part:
    """One file of a piece: what it is there, its name, its kind, and what writes it.

    `sha256` is of the bytes as they were kept, empty for a sheet made now; `withheld` says why it is left out.
    """

    role: str
    name: str
    kind: str
    write: Write
    sha256: str = ""
    withheld: str = ""
    is_bound: bool = True  # as pages, where its kind has any


@dataclass(frozen=True)
class Piece:
    """One 件: who made it, its number, title and day, and its files, that which is the paper itself first.

    `at` is when it came about, by which the pieces of a case are ordered.
    """

    responsible: str
    title: str
    at: datetime
    dated: date
    parts: Sequence[Part]
    document_number: str = ""
    remark: str = ""


def of_office(title: str, at: datetime, parts: Sequence[Part], *, dated: date | None = None, number: str = "") -> Piece:
    """A piece made by the office."""
    return Piece(body_name(UnitKind.OFFICE), title, at, dated or timezone.localdate(at), parts, number)


def of_paper(paper: Document, parts: Sequence[Part], *, responsible: str = "") -> Piece:
    """A piece that is an issued paper, of the office unless another made it; the remark says where it holds no more."""
    return Piece(
        responsible or body_name(UnitKind.OFFICE),
        paper.title,
        paper.issued_at,
        timezone.localdate(paper.issued_at),
        parts,
        paper.number,
        "" if paper.status == DocumentStatus.VALID else paper.status.label,
    )


def of_unit(matter: Matter, title: str, at: datetime, parts: Sequence[Part]) -> Piece:
    """A piece made by the unit that it is about."""
    return Piece(matter.unit, title, at, timezone.localdate(at), parts)


def sheet_part(role: str, name: str, kind: CaseFileSheet | DocumentKind, facts: PaperFacts) -> Part:
    """A sheet that is printed when it is asked for, from facts read before."""
    return Part(
        role,
        safe_name(f"{name}.pdf"),
        FileKind.PDF,
        lambda target: target.write(render_pdf(frozen(kind, without_missing(facts)))),
    )


def text_part(
    matter: Matter, name: str, rows: Iterable[tuple[str, str]], *, role: str = "正文", by_hand: Sequence[str] = ()
) -> Part:
    """A sheet of what was typed into the system, under its labels; labels without words are left out.

    `by_hand` are labels with room to write beside them.
    """
    labelled = [Row(label, lines(words)) for label, words in (matter.head_row, *rows) if words.strip()]
    blank = [Row(label, []) for label in by_hand]
    return sheet_part(role, name, CaseFileSheet.TEXT, {"title": name, "rows": [*labelled, *blank]})


def paper_part(document: Document) -> Part:
    """An issued paper as it was printed; raises StoredPaperDamaged, when it is written, if that is there no more."""
    return Part(
        "正文",
        safe_name(f"{document}.pdf"),
        FileKind.PDF,
        lambda target: target.write(pdf_bytes(document)),
        document.pdf_sha256,
    )


def file_parts(files: Iterable[StoredFile], role: str) -> list[Part]:
    """Uploaded files as they are kept, of a picture its original too; what may not be opened is named and left out."""
    return [part for file in files for part in _parts_of(file, role)]


def _parts_of(file: StoredFile, role: str) -> Iterable[Part]:
    withheld = "" if file.is_open else file.check_words
    for place, (kept, sha256, _) in enumerate(file.kept_bytes):
        what = f"{role}（原图）" if place else role
        name = safe_name(f"原图-{file.name}") if place else safe_name(file.name)
        write = _copying(kept.storage.open, str(kept.name))
        yield Part(what, name, file.kind, write, sha256, withheld, is_bound=not place)


def _copying(open_file: Callable[[str], IO[bytes]], name: str) -> Write:
    def write(target: IO[bytes]) -> None:
        with open_file(name) as kept:
            while chunk := kept.read(CHUNK):
                target.write(chunk)

    return write
