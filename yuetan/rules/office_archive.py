"""What is wrong with a DOCX, XLSX or OFD file once its zip is known to be sound; answers are Chinese clauses."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO
from xml.etree.ElementTree import Element  # nosec B405 - the type only; defusedxml does the parsing
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from yuetan.rules.zip_structure import DAMAGED, ENCRYPTED

MAX_XML_BYTES = 4 * 1024 * 1024
MACROS = "含有宏，不能上传"
EMBEDDED = "含有嵌入的对象或程序，不能上传"
OUTSIDE_SOURCE = "引用了外部模板或对象，不能上传"

CONTENT_TYPES = "[Content_Types].xml"
MACRO_TYPE = re.compile("vbaproject|macroenabled|macrosheet|activex", re.IGNORECASE)
MACRO_MEMBER = re.compile(r"(^|/)(vbaproject[^/]*\.bin|macrosheets/.*|activex/.*)$", re.IGNORECASE)
OBJECT_TYPE = re.compile("oleobject", re.IGNORECASE)
EMBEDDABLE = {".docx", ".xlsx", ".pptx"}
PROGRAMS = {
    *(".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta"),
    *(".lnk", ".jar", ".reg", ".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".pptm"),
}
# A hyperlink waits for a click; these are fetched as soon as the file is opened.
FETCHED_RELATIONS = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument")
ON_A_LOCAL_DRIVE = re.compile(r"(file:/{0,3})?[a-z]:[\\/]|(?!.*:)(?![\\/]{2})", re.IGNORECASE)

OFD_NAMESPACE = "{http://www.ofdspec.org/2016}"


def office_problems(stream: BinaryIO, main_type: str, mismatch: str) -> Iterator[str]:
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
        if any(map(OBJECT_TYPE.search, declared)) or _embeds_more_than_documents(archive):
            yield EMBEDDED
        relations = [_xml(archive, name) for name in archive.namelist() if name.casefold().endswith(".rels")]
        if any(map(_fetches_from_outside, relations)):
            yield OUTSIDE_SOURCE


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
        if _embeds_more_than_documents(archive):
            yield EMBEDDED


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


def _embeds_more_than_documents(archive: ZipFile) -> bool:
    for path in (PurePosixPath(name.casefold()) for name in archive.namelist() if not name.endswith("/")):
        if path.suffix in PROGRAMS or ("embeddings" in path.parts[:-1] and path.suffix not in EMBEDDABLE):
            return True
    return False


def _fetches_from_outside(relations: Element) -> bool:
    return any(
        relation.get("TargetMode", "").casefold() == "external"
        and relation.get("Type", "").endswith(FETCHED_RELATIONS)
        and not ON_A_LOCAL_DRIVE.match(relation.get("Target", ""))
        for relation in relations
    )
