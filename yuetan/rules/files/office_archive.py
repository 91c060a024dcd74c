"""What is wrong with a DOCX, XLSX or OFD file once its zip is known to be sound; answers are Chinese clauses."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO
from xml.etree.ElementTree import Element  # nosec B405 - the type only; defusedxml does the parsing
from zipfile import ZipFile, ZipInfo

from defusedxml.ElementTree import fromstring

from yuetan.rules.files.office_links import EMBEDDED, link_problems, relation_problems
from yuetan.rules.files.zip_structure import DAMAGED, ENCRYPTED, archive_problems

MAX_XML_BYTES = 4 * 1024 * 1024
MAX_EMBEDDED_BYTES = 20 * 1024 * 1024
MACROS = "含有宏，不能上传"
NESTED = "夹带压缩包，不能上传"

CONTENT_TYPES = "[Content_Types].xml"
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
OFD_NAMESPACE = "{http://www.ofdspec.org/2016}"


def office_problems(stream: BinaryIO, main_type: str, mismatch: str, *, may_embed: bool = True) -> Iterator[str]:
    """Name what forbids to take an OOXML file whose main part should have `main_type`."""
    with ZipFile(stream) as archive:
        if CONTENT_TYPES not in archive.namelist():
            yield mismatch
            return
        types = _xml(archive, CONTENT_TYPES)
        declared = [entry.get("ContentType", "") for entry in types]
        if any(map(MACRO_TYPE.search, declared)) or any(map(MACRO_MEMBER.search, archive.namelist())):
            yield MACROS
        if not _has_main_part(archive, types, main_type):
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
        if "Encryptions.xml" in archive.namelist():
            yield ENCRYPTED
        if "OFD.xml" not in archive.namelist():
            yield mismatch
            return
        entrance = _xml(archive, "OFD.xml")
        if entrance.tag != OFD_NAMESPACE + "OFD":
            yield mismatch
        roots = [(root.text or "").strip().lstrip("/") for root in entrance.iter(OFD_NAMESPACE + "DocRoot")]
        if not roots or not set(roots) <= set(archive.namelist()):
            yield DAMAGED
        yield from _problems_of_members(archive, may_embed=False)


def _xml(archive: ZipFile, name: str) -> Element:
    if archive.getinfo(name).file_size > MAX_XML_BYTES:
        raise ValueError(f"{name} is larger than any real one")
    root: Element = fromstring(archive.read(name), forbid_dtd=True)
    return root


def _has_main_part(archive: ZipFile, types: Element, main_type: str) -> bool:
    names = {name.casefold() for name in archive.namelist()}
    return any(
        entry.get("ContentType", "").casefold() == main_type.casefold()
        and entry.get("PartName", "").lstrip("/").casefold() in names
        for entry in types
    )


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
    yield from office_problems(inner, main_type, EMBEDDED, may_embed=False)


def _problems_of_signature(archive: ZipFile, member: ZipInfo) -> Iterator[str]:
    with archive.open(member) as content:
        head = content.read(SIGNATURE_BYTES)
    if ARCHIVE.match(head):
        yield NESTED
    elif PROGRAM_OR_OBJECT.match(head):
        yield EMBEDDED
