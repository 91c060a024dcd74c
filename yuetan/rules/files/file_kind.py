"""What an uploaded file truly is: told from its bytes, never from its name alone."""

import re
from collections.abc import Iterator
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO

from yuetan.rules.files.office_archive import ofd_problems, office_problems
from yuetan.rules.files.zip_structure import DAMAGED, ENCRYPTED, archive_problems, carries_archive
from yuetan.rules.text.official_text import normalise_text

BYTES_IN_MB = 1024 * 1024
MAX_NAME_LENGTH = 120
MAX_EXTENSION_LENGTH = 10
FORBIDDEN_IN_NAMES = re.compile(r'[<>:"|?*\n]')

HEAD_BYTES = 1024
ZIP_SIGNATURE = b"PK\x03\x04"
PDF_SIGNATURE = b"%PDF-"
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
SCAN_BYTES = 256 * 1024

OFFICE = "application/vnd.openxmlformats-officedocument."
TWO_KINDS_AT_ONCE = "同时夹带另一种文件，不能上传"
WPS_FORMATS = {".wps": "DOCX", ".et": "XLSX"}
OLD_FORMATS = {".doc": "DOCX", ".dot": "DOCX", ".wpt": "DOCX", ".rtf": "DOCX", ".xls": "XLSX", ".xlt": "XLSX"}
MACRO_FORMATS = {".docm": "DOCX", ".dotm": "DOCX", ".xlsm": "XLSX", ".xltm": "XLSX", ".xlsb": "XLSX"}
ARCHIVES = {".zip", ".rar", ".7z", ".gz", ".tar", ".tgz"}
# What a browser would show as a page, in the first or the last bytes; archives that are found wherever they begin.
PAGE = re.compile(rb"<\s*(!doctype\s+html|html|script)\b", re.IGNORECASE)
ARCHIVES_ANYWHERE = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")


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

    @property
    def signature(self) -> bytes:
        """The bytes it begins with."""
        return SIGNATURES.get(self, ZIP_SIGNATURE)


CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.OFD: "application/ofd",
    FileKind.DOCX: f"{OFFICE}wordprocessingml.document",
    FileKind.XLSX: f"{OFFICE}spreadsheetml.sheet",
    FileKind.JPG: "image/jpeg",
    FileKind.PNG: "image/png",
}
SIGNATURES = {FileKind.PDF: PDF_SIGNATURE, FileKind.JPG: b"\xff\xd8\xff", FileKind.PNG: b"\x89PNG\r\n\x1a\n"}
PICTURES = {FileKind.JPG: "JPEG", FileKind.PNG: "PNG"}
KIND_OF_EXTENSION = {extension: kind for kind in FileKind for extension in kind.extensions}
ACCEPTED = "、".join(kind.label for kind in FileKind)


class FileProblem(ValueError):  # noqa: N818 - a fact about the file, not a fault
    """A file that is not accepted; the text is one Chinese clause that names the file."""


def examine(name: str, stream: BinaryIO, size: int, *, limit_bytes: int) -> FileKind:
    """Return what the file is, or raise FileProblem; the stream is left at its beginning."""
    shown = safe_name(name)
    extension = PurePath(shown).suffix.lower()
    kind = KIND_OF_EXTENSION.get(extension)
    if kind is None:
        raise FileProblem(f"文件“{shown}”{_rejection_reason(extension)}")
    try:
        problem = next(_problems(kind, extension, stream, size, limit_bytes), None)
    except Exception as error:  # a hostile file may break a parser in any way, and is then refused
        raise FileProblem(f"文件“{shown}”{DAMAGED}") from error
    finally:
        stream.seek(0)
    if problem is not None:
        raise FileProblem(f"文件“{shown}”{problem}")
    return kind


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
    image_format = PICTURES.get(kind)
    if image_format is None:
        return stream
    from yuetan.rules.files.picture_content import drawn_anew

    try:
        return BytesIO(drawn_anew(stream, image_format))
    except Exception as error:  # as when it is examined: whatever a hostile picture breaks, it is refused
        raise FileProblem(f"文件“{safe_name(name)}”{DAMAGED}") from error
    finally:
        stream.seek(0)


def _rejection_reason(extension: str) -> str:
    if extension in OLD_FORMATS:
        return f"是旧版格式，请另存为 {OLD_FORMATS[extension]} 后再上传"
    if extension in MACRO_FORMATS:
        return f"是可带宏的格式，请另存为不带宏的 {MACRO_FORMATS[extension]} 后再上传"
    if extension in ARCHIVES:
        return "是压缩包，请解压后逐个上传"
    return f"的类型不允许，只收 {ACCEPTED}"


def _problems(kind: FileKind, extension: str, stream: BinaryIO, size: int, limit_bytes: int) -> Iterator[str]:
    held = stream.seek(0, 2)
    if held == 0:
        yield "是空文件"
    if max(size, held) > limit_bytes:
        yield f"超过 {limit_bytes / BYTES_IN_MB:g} MB 的上限"
    mismatch = f"的内容不是 {kind.label}，与扩展名不符"
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    if not head.startswith(kind.signature):
        yield _what_it_is_instead(head, stream, extension, mismatch)
        return
    if _is_another_kind_too(kind, head, stream):
        yield TWO_KINDS_AT_ONCE
    stream.seek(0)
    yield from _problems_inside(kind, stream, mismatch)


def _is_another_kind_too(kind: FileKind, head: bytes, stream: BinaryIO) -> bool:
    stream.seek(max(0, stream.seek(0, 2) - HEAD_BYTES))
    if (
        PAGE.search(head)
        or PAGE.search(stream.read(HEAD_BYTES))
        or (kind is not FileKind.PDF and PDF_SIGNATURE in head)
    ):
        return True
    if kind.signature == ZIP_SIGNATURE:
        return False
    return carries_archive(stream) or any(_contains(stream, archive) for archive in ARCHIVES_ANYWHERE)


def _problems_inside(kind: FileKind, stream: BinaryIO, mismatch: str) -> Iterator[str]:
    from yuetan.rules.files.pdf_content import pdf_problems
    from yuetan.rules.files.picture_content import picture_problems

    if kind is FileKind.PDF:
        yield from pdf_problems(stream)
    elif kind in PICTURES:
        yield from picture_problems(stream, PICTURES[kind])
    else:
        yield from archive_problems(stream)
        if kind is FileKind.OFD:
            yield from ofd_problems(stream, mismatch)
        else:
            yield from office_problems(stream, f"{kind.content_type}.main+xml", mismatch)


def _what_it_is_instead(head: bytes, stream: BinaryIO, extension: str, mismatch: str) -> str:
    if head.startswith(OLE_SIGNATURE) and _contains(stream, OLE_ENCRYPTED_STREAM):
        return ENCRYPTED
    if extension in WPS_FORMATS:
        return f"是 WPS 专有格式，请另存为 {WPS_FORMATS[extension]} 后再上传"
    if head.startswith(OLE_SIGNATURE) and extension in (".docx", ".xlsx"):
        return f"其实是旧版 Office 文件，请打开后另存为 {extension[1:].upper()}，再上传"
    return mismatch


def _contains(stream: BinaryIO, wanted: bytes) -> bool:
    stream.seek(0)
    kept = b""
    while chunk := stream.read(SCAN_BYTES):
        if wanted in kept + chunk:
            return True
        kept = chunk[-len(wanted) :]
    return False
