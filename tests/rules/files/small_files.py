"""Small real files, and what becomes of them when they are uploaded."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from yuetan.rules.files.file_kind import FileProblem, examine

MEGABYTE = 1024 * 1024
OOXML = "application/vnd.openxmlformats-officedocument."
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/{part}" ContentType="{content_type}"/>{more}</Types>'
)
OFD_ENTRANCE = (
    '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0">'
    "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Very short members stay as they are, for they would only grow."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if len(content) < 10 else zipfile.ZIP_DEFLATED)
    return file.getvalue()


def docx_members(*, content_type: str = f"{OOXML}wordprocessingml.document.main+xml", more: str = "") -> dict[str, str]:
    return {
        "[Content_Types].xml": CONTENT_TYPES.format(part="word/document.xml", content_type=content_type, more=more),
        "word/document.xml": "<document/>",
    }


def xlsx_members() -> dict[str, str]:
    content_type = f"{OOXML}spreadsheetml.sheet.main+xml"
    return {
        "[Content_Types].xml": CONTENT_TYPES.format(part="xl/workbook.xml", content_type=content_type, more=""),
        "xl/workbook.xml": "<workbook/>",
    }


def ofd_members() -> dict[str, str]:
    return {"OFD.xml": OFD_ENTRANCE, "Doc_0/Document.xml": "<Document/>"}


def refusal(name: str, content: bytes) -> str:
    """Return the words with which a file is refused, and see to it that the stream is handed back rewound."""
    stream = io.BytesIO(content)
    with pytest.raises(FileProblem) as caught:
        examine(name, stream, len(content), limit_bytes=50 * MEGABYTE)
    assert stream.tell() == 0
    assert not stream.closed
    return str(caught.value)


def kind(name: str, content: bytes) -> str:
    """Return what a file that is taken turned out to be."""
    stream = io.BytesIO(content)
    found = examine(name, stream, len(content), limit_bytes=50 * MEGABYTE)
    assert stream.tell() == 0
    assert stream.read() == content
    return found.value
