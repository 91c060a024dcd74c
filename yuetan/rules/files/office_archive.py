"""What is wrong with a DOCX, XLSX or OFD file once its zip is known to be sound; answers are Chinese clauses."""

import posixpath
import re
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote
from xml.etree.ElementTree import Element  # nosec B405 - the type only; defusedxml does the parsing
from zipfile import ZipFile, ZipInfo

from defusedxml.ElementTree import fromstring

from yuetan.rules.files.office_links import EMBEDDED, link_problems, relation_problems
from yuetan.rules.files.zip_structure import DAMAGED, ENCRYPTED, archive_problems

MAX_XML_BYTES = 4 * 1024 * 1024
MAX_EMBEDDED_BYTES = 20 * 1024 * 1024
MACROS = "含有宏，不能上传，请另存为不带宏的 DOCX 或 XLSX 后再上传"
NESTED = "夹带压缩包，不能上传，请删去压缩包，把其中的文件逐个上传"

CONTENT_TYPES = "[Content_Types].xml"
RELATIONS_OF_ALL = "_rels/.rels"
MAIN_PART = "/officedocument"
MAIN_TYPE = ".main+xml"
MACRO_TYPE = re.compile("vbaproject|macroenabled|macrosheet|activex", re.IGNORECASE)
MACRO_MEMBER = re.compile(r"(^|/)(vbaproject[^/]*\.bin|macrosheets/.*|activex/.*)$", re.IGNORECASE)
OBJECT_TYPE = re.compile("oleobject", re.IGNORECASE)
# The workbook behind a chart and the like: looked into as if it had been handed in by itself.
OFFICE = "application/vnd.openxmlformats-officedocument."
MAIN_TYPES = {
    ".docx": f"{OFFICE}wordprocessingml.document.main+xml",
    ".xlsx": f"{OFFICE}spreadsheetml.sheet.main+xml",
}
ARCHIVE = re.compile(rb"PK\x03\x04|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|MSCF")
PROGRAM_OR_OBJECT = re.compile(
    rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|%PDF-|\{\\rt|\x7fELF|#!|L\0\0\0\x01\x14\x02\0|MZ.*PE\0\0", re.DOTALL
)
SIGNATURE_BYTES = 1024
PROGRAMS = {
    *(".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta"),
    *(".lnk", ".jar", ".reg", ".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".pptm"),
}
OFD_ENTRANCE, OFD_ENCRYPTION = "ofd.xml", "encryptions.xml"
# Writers before and after GB/T 33190-2016 name it with the year of their draft, without a year, or not at all.
OFD_NAMESPACE = re.compile(r"(\{https?://www\.ofdspec\.org(/\d{4})?/?\})?(?P<name>\w+)")


def office_problems(
    stream: BinaryIO, main_types: Collection[str], mismatch: str, *, may_embed: bool = True
) -> Iterator[str]:
    """Name what forbids to take an OOXML file whose main part should be of one of `main_types`."""
    with ZipFile(stream) as archive:
        types = _types(archive)
        if types is None:
            yield mismatch
            return
        declared = [entry.get("ContentType", "") for entry in types]
        if any(map(MACRO_TYPE.search, declared)) or any(map(MACRO_MEMBER.search, archive.namelist())):
            yield MACROS
        if not _main_types(archive, types) & set(main_types):
            yield mismatch
        if any(map(OBJECT_TYPE.search, declared)):
            yield EMBEDDED
        for name in archive.namelist():
            if name.casefold().endswith(".rels"):
                yield from relation_problems(_xml(archive, name))
        yield from _problems_of_members(archive, may_embed=may_embed)
        yield from link_problems(archive)


def ofd_problems(stream: BinaryIO, mismatch: str) -> Iterator[str]:
    """Name what forbids to take an OFD file."""
    with ZipFile(stream) as archive:
        names = {name.casefold(): name for name in archive.namelist()}
        if OFD_ENCRYPTION in names:
            yield ENCRYPTED
        if OFD_ENTRANCE not in names:
            yield mismatch
            return
        entrance = _xml(archive, names[OFD_ENTRANCE])
        if _ofd_name(entrance) != "OFD":
            yield mismatch
        roots = [_member_path(part.text or "") for part in entrance.iter() if _ofd_name(part) == "DocRoot"]
        if not roots or not set(roots) <= set(names):
            yield DAMAGED
        yield from _problems_of_members(archive, may_embed=False)


def main_types_of(stream: BinaryIO) -> set[str]:
    """The content types of what a sound zip opens with: empty if it is no OOXML file."""
    with ZipFile(stream) as archive:
        types = _types(archive)
        return set() if types is None else _main_types(archive, types)


def has_ofd_entrance(stream: BinaryIO) -> bool:
    """Whether a sound zip names itself an OFD file."""
    with ZipFile(stream) as archive:
        return any(name.casefold() == OFD_ENTRANCE for name in archive.namelist())


def _ofd_name(part: Element) -> str:
    qualified = OFD_NAMESPACE.fullmatch(part.tag) if isinstance(part.tag, str) else None
    return qualified["name"] if qualified else ""


def _xml(archive: ZipFile, name: str) -> Element:
    if archive.getinfo(name).file_size > MAX_XML_BYTES:
        raise ValueError(f"{name} is larger than any real one")
    root: Element = fromstring(archive.read(name), forbid_dtd=True)
    return root


def _types(archive: ZipFile) -> Element | None:
    name = next((name for name in archive.namelist() if name.casefold() == CONTENT_TYPES.casefold()), None)
    return None if name is None else _xml(archive, name)


def _main_types(archive: ZipFile, types: Element) -> set[str]:
    """By the standard the relations of the file name its main part, and its type is its own or that of its ending."""
    names = {name.casefold() for name in archive.namelist()}
    of_part = {_member_path(entry.get("PartName", "")): _type(entry) for entry in types if entry.get("PartName")}
    of_ending = {entry.get("Extension", "").casefold(): _type(entry) for entry in types if entry.get("Extension")}
    parts = {part for part, kind in of_part.items() if kind.endswith(MAIN_TYPE)} | set(_main_parts(archive))
    present = parts & names
    return {of_part.get(part) or of_ending.get(PurePosixPath(part).suffix[1:], "") for part in present} - {""}


def _main_parts(archive: ZipFile) -> Iterator[str]:
    name = next((name for name in archive.namelist() if name.casefold() == RELATIONS_OF_ALL), None)
    for relation in () if name is None else _xml(archive, name):
        if relation.get("Type", "").casefold().endswith(MAIN_PART):
            yield _member_path(relation.get("Target", ""))


def _type(entry: Element) -> str:
    return entry.get("ContentType", "").partition(";")[0].strip().casefold()


def _member_path(written: str) -> str:
    """What a member is called that is written /a/b, a/b, ./a/b or a\\b."""
    plain = unquote(written.strip()).replace("\\", "/").lstrip("/")
    return posixpath.normpath(plain).casefold() if plain else ""


def _problems_of_members(archive: ZipFile, *, may_embed: bool) -> Iterator[str]:
    """Files within the file: by their names, and by what they are whatever their names."""
    for member in archive.infolist():
        path = PurePosixPath(member.filename.casefold())
        embedded = "embeddings" in path.parts[:-1] and not member.is_dir()
        if path.suffix in PROGRAMS or (embedded and not (may_embed and path.suffix in MAIN_TYPES)):
            yield EMBEDDED
        elif embedded:
            yield from _problems_of_embedded(archive, member, MAIN_TYPES[path.suffix])
        else:
            yield from _problems_of_signature(archive, member)


def _problems_of_embedded(archive: ZipFile, member: ZipInfo, main_type: str) -> Iterator[str]:
    if member.file_size > MAX_EMBEDDED_BYTES:
        yield EMBEDDED
        return
    inner = BytesIO(archive.read(member))
    yield from archive_problems(inner)
    yield from office_problems(inner, [main_type], EMBEDDED, may_embed=False)


def _problems_of_signature(archive: ZipFile, member: ZipInfo) -> Iterator[str]:
    with archive.open(member) as content:
        head = content.read(SIGNATURE_BYTES)
    if ARCHIVE.match(head):
        yield NESTED
    elif PROGRAM_OR_OBJECT.match(head):
        yield EMBEDDED
