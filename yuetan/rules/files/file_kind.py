"""What an uploaded file truly is: told from its bytes, never from its name alone."""

import re
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO, TypedDict

from yuetan.rules.files.office_archive import has_ofd_entrance, main_types_of, ofd_problems, office_problems
from yuetan.rules.files.refused_kinds import contains, rejection_reason, what_it_is_instead
from yuetan.rules.files.zip_structure import DAMAGED, archive_problems, carries_archive
from yuetan.rules.text.official_text import normalise_text

BYTES_IN_MB = 1024 * 1024
MAX_NAME_LENGTH = 120
MAX_EXTENSION_LENGTH = 10
FORBIDDEN_IN_NAMES = re.compile(r'[<>:"|?*\n]')

HEAD_BYTES = 1024
ZIP_SIGNATURE = b"PK\x03\x04"
PDF_SIGNATURE = b"%PDF-"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# What printing systems write before a PDF: blank lines, comments (no PostScript), commands to the printer.
PRINTER_LINE = re.compile(rb"\s*|%(?!!)[\x20-\x7e\x80-\xff\t]*|(?:\x1b%-12345X)?(?:@PJL[\x20-\x7e\t]*)?")
LINE_ENDS = re.compile(rb"[\r\n]+")

OFFICE = "application/vnd.openxmlformats-officedocument."
TWO_KINDS_AT_ONCE = "同时夹带另一种文件，不能上传，请打印成 PDF 或者重新扫描后再上传"
# What a browser would show as a page, in the first or the last bytes; archives that are found wherever they begin.
PAGE = re.compile(rb"<\s*(!doctype\s+html|html|script)\b", re.IGNORECASE)
ARCHIVES_ANYWHERE = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")


class OfferedFile(TypedDict):
    """What is known of a file before it is examined: its name, its size, and how large one may be."""

    name: str
    size: int
    limit_bytes: int


class FileKind(StrEnum):
    """The kinds of files that are accepted."""

    PDF = "pdf"
    OFD = "ofd"
    DOCX = "docx"
    XLSX = "xlsx"
    JPG = "jpg"
    PNG = "png"

    @property
    def extensions(self) -> tuple[str, ...]:
        """The endings a name of this kind may have; WPS writes OOXML under its own endings too."""
        also = {FileKind.DOCX: (".wps",), FileKind.XLSX: (".et",), FileKind.JPG: (".jpeg",)}
        return (f".{self.value}", *also.get(self, ()))

    @property
    def content_type(self) -> str:
        """The media type it is served with."""
        return CONTENT_TYPES[self]

    @property
    def label(self) -> str:
        """What the kind is called on a page."""
        return self.name


CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.OFD: "application/ofd",
    FileKind.DOCX: f"{OFFICE}wordprocessingml.document",
    FileKind.XLSX: f"{OFFICE}spreadsheetml.sheet",
    FileKind.JPG: "image/jpeg",
    FileKind.PNG: "image/png",
}
PICTURES = (FileKind.JPG, FileKind.PNG)
OFFICE_TYPES = {f"{kind.content_type}.main+xml": kind for kind in (FileKind.DOCX, FileKind.XLSX)}
KIND_OF_EXTENSION = {extension: kind for kind in FileKind for extension in kind.extensions}
# Endings that are understood and not kept: of the same bytes, or of pictures that are made into one of the kinds.
UNDERSTOOD = {
    **dict.fromkeys((".jfif", ".jpe", ".jif", ".webp"), FileKind.JPG),
    **dict.fromkeys((".tif", ".tiff"), FileKind.PNG),
}
ACCEPTED = "、".join(kind.label for kind in FileKind)


class FileProblem(ValueError):  # noqa: N818 - a fact about the file, not a fault
    """A file that is not accepted; the text is one Chinese clause that names the file."""


def examine(name: str, stream: BinaryIO, size: int, *, limit_bytes: int) -> FileKind:
    """Return the kind it is kept as, whatever its ending, or raise FileProblem; the stream is left at its beginning."""
    shown = safe_name(name)
    extension = PurePath(shown).suffix.lower()
    promised = (KIND_OF_EXTENSION | UNDERSTOOD).get(extension)
    if promised is None:
        raise FileProblem(f"文件“{shown}”{rejection_reason(extension, ACCEPTED)}")
    try:
        problem = _size_problem(stream, size, limit_bytes)
        outcome = problem or _judged(promised, extension, stream)
    except Exception as error:  # a hostile file may break a parser in any way, and is then refused
        raise FileProblem(f"文件“{shown}”{DAMAGED}") from error
    finally:
        stream.seek(0)
    if not isinstance(outcome, FileKind):
        raise FileProblem(f"文件“{shown}”{outcome}")
    return outcome


def name_to_keep(name: str, kind: FileKind) -> str:
    """The safe name under an ending of its kind: its own if it fits, else the usual one in its place."""
    path = PurePath(safe_name(name))
    if path.suffix.lower() in kind.extensions:
        return path.name
    return f"{path.stem[: MAX_NAME_LENGTH - MAX_EXTENSION_LENGTH]}.{kind.value}"


def safe_name(name: str) -> str:
    """Return the file's own name, without path, invisible characters or what a Windows disk cannot hold."""
    own = normalise_text(name.replace("\\", "/")).rsplit("/", 1)[-1]
    path = PurePath(FORBIDDEN_IN_NAMES.sub("_", own).strip(". ") or "未命名")
    extension = path.suffix if len(path.suffix) <= MAX_EXTENSION_LENGTH else ""
    stem = path.name.removesuffix(extension)[: MAX_NAME_LENGTH - len(extension)]
    return (stem.rstrip(". ") or "未命名") + extension


def content_to_store(name: str, kind: FileKind, stream: BinaryIO) -> BinaryIO:
    """Return what is to be kept of an examined file: a picture drawn anew, any other as it is, at its beginning.

    Raises FileProblem for a picture that cannot be drawn.
    """
    if kind not in PICTURES:
        return stream
    from yuetan.rules.files.picture_content import drawn_anew

    try:
        return BytesIO(drawn_anew(stream))
    except Exception as error:  # as when it is examined: whatever a hostile picture breaks, it is refused
        raise FileProblem(f"文件“{safe_name(name)}”{DAMAGED}") from error
    finally:
        stream.seek(0)


def _size_problem(stream: BinaryIO, size: int, limit_bytes: int) -> str:
    held = stream.seek(0, 2)
    if held == 0:
        return "是空文件，请核对后重新选择文件"
    if max(size, held) > limit_bytes:
        return f"超过 {limit_bytes / BYTES_IN_MB:g} MB 的上限，请压缩图片或者拆成几份后再上传"
    return ""


def _judged(promised: FileKind, extension: str, stream: BinaryIO) -> FileKind | str:
    """The kind that the bytes are, or what forbids to take them."""
    from yuetan.rules.files.picture_content import picture_format, picture_problems

    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    mismatch = f"的内容不是 {promised.label}，与扩展名不符，请用原来的软件打开，另存为 {promised.label} 后再上传"
    if head.startswith(ZIP_SIGNATURE):
        return _judged_archive(promised, head, stream, mismatch)
    if (written_as := picture_format(head)) is not None:
        kind = FileKind(written_as.kept_as)
        problems = picture_problems(stream, written_as)
    elif _begins_as_pdf(head):
        from yuetan.rules.files.pdf_content import pdf_problems

        kind, problems = FileKind.PDF, pdf_problems(stream)
    else:
        return what_it_is_instead(head, stream, extension, mismatch)
    if _is_another_kind_too(kind, head, stream):
        return TWO_KINDS_AT_ONCE
    stream.seek(0)
    return next(problems, kind)


def _judged_archive(promised: FileKind, head: bytes, stream: BinaryIO, mismatch: str) -> FileKind | str:
    if _is_another_kind_too(FileKind.OFD, head, stream):
        return TWO_KINDS_AT_ONCE
    stream.seek(0)
    if problem := next(archive_problems(stream), None):
        return problem
    if has_ofd_entrance(stream):
        problems = ofd_problems(stream, mismatch)
        return TWO_KINDS_AT_ONCE if main_types_of(stream) else next(problems, FileKind.OFD)
    if problem := next(office_problems(stream, OFFICE_TYPES, mismatch), None):
        return problem
    kinds = [OFFICE_TYPES[each] for each in sorted(main_types_of(stream) & OFFICE_TYPES.keys())]
    return promised if promised in kinds else kinds[0]


def _begins_as_pdf(head: bytes) -> bool:
    before, signature, _ = head.partition(PDF_SIGNATURE)
    lines = LINE_ENDS.split(before.removeprefix(BYTE_ORDER_MARK))
    return bool(signature) and all(map(PRINTER_LINE.fullmatch, lines))


def _is_another_kind_too(kind: FileKind, head: bytes, stream: BinaryIO) -> bool:
    stream.seek(max(0, stream.seek(0, 2) - HEAD_BYTES))
    if (
        PAGE.search(head)
        or PAGE.search(stream.read(HEAD_BYTES))
        or (kind is not FileKind.PDF and PDF_SIGNATURE in head)
    ):
        return True
    if head.startswith(ZIP_SIGNATURE):
        return False
    return carries_archive(stream) or any(contains(stream, archive) for archive in ARCHIVES_ANYWHERE)
