"""What a file says of who made it and on which machine: taken out of the copy that goes to the other side."""

from __future__ import annotations

import re
import shutil
import tempfile
from typing import BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZipFile

from yuetan.rules.files.file_kind import FileKind

MAX_IN_MEMORY = 8 * 1024 * 1024
OFFICE_KINDS = (FileKind.DOCX, FileKind.XLSX)
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
# The parts of a Word or Excel file that hold nothing but such things, each as it is with nothing in it.
EMPTY_PARTS = {
    "docprops/core.xml": f'<cp:coreProperties xmlns:cp="{_CORE}"/>',
    "docprops/app.xml": f'<Properties xmlns="{_OFFICE}/extended-properties"/>',
    "docprops/custom.xml": f'<Properties xmlns="{_OFFICE}/custom-properties"/>',
}
TEMPLATE_PART = "word/_rels/settings.xml.rels"  # where on whose disk the template of the text lies
TARGET = re.compile(rb'(\bTarget=")[^"]*"')
# Who changed or remarked something, of whom a tracked change and a comment keep the name.
NAMES = re.compile(rb'(\b(?:w|w15):(?:author|initials|userId)=")[^"]*"|(<author>)[^<]*(?=</author>)')


def without_metadata(kind: FileKind, stream: BinaryIO) -> BinaryIO:
    """A copy that shows the same and names neither its author nor a machine; of other kinds the file itself.

    A PDF that somebody has signed stays byte for byte: its signature would hold for nothing else. Whoever gets a copy
    closes it; the file is closed then, and is the answer itself where nothing is taken out.
    """
    clean = _of_office if kind in OFFICE_KINDS else _of_pdf if kind == FileKind.PDF else None
    copy = clean(stream) if clean else stream
    if copy is not stream:
        stream.close()
    return copy


def _of_office(stream: BinaryIO) -> BinaryIO:
    copy = _new_file()
    with ZipFile(stream) as offered, ZipFile(copy, "w", ZIP_DEFLATED) as cleaned:
        for part in offered.infolist():
            named = part.filename.lower()
            if named in EMPTY_PARTS:
                cleaned.writestr(part.filename, EMPTY_PARTS[named])
            elif named.endswith((".xml", ".rels")):
                cleaned.writestr(part.filename, _without_names(named, offered.read(part)))
            else:
                with offered.open(part) as content, cleaned.open(part.filename, "w") as kept:
                    shutil.copyfileobj(content, kept)
    copy.seek(0)
    return copy


def _without_names(named: str, text: bytes) -> bytes:
    text = TARGET.sub(rb'\1Normal.dotm"', text) if named == TEMPLATE_PART else text
    return NAMES.sub(lambda name: (name[1] + b'-"') if name[1] else (name[2] + b"-"), text)


def _of_pdf(stream: BinaryIO) -> BinaryIO:
    # The library is large, and no process needs it before somebody fetches such a file.
    from pikepdf import Dictionary, Name, Pdf

    with Pdf.open(stream) as pdf:
        whole = [each for each in pdf.objects if isinstance(each, Dictionary) or hasattr(each, "stream_dict")]
        if any("/ByteRange" in each for each in whole):
            stream.seek(0)
            return stream
        for each in whole:
            if "/Metadata" in each:
                del each["/Metadata"]
            if each.get("/Type") == Name.Annot and "/T" in each and each.get("/Subtype") != Name.Widget:
                del each["/T"]
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        copy = _new_file()
        pdf.save(copy, fix_metadata_version=False)
    copy.seek(0)
    return copy


def _new_file() -> BinaryIO:
    return cast(BinaryIO, tempfile.SpooledTemporaryFile(MAX_IN_MEMORY))
