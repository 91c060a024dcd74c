"""A copy for the other side names neither who wrote a file nor their machine, and shows the same."""

import io
import zipfile

import pikepdf
import pytest

from yuetan.actions.files.metadata import without_metadata
from yuetan.rules.files.file_kind import FileKind

SECRET = "张一的电脑"
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{0}</dc:creator></cp:coreProperties>'
)
APP = "<Properties><Company>{0}</Company></Properties>"
PARTS = {
    "docProps/core.xml": CORE,
    "docProps/app.xml": APP,
    "word/document.xml": '<w:ins w:id="1" w:author="{0}"><w:t>正文照旧</w:t></w:ins>',
    "word/comments.xml": '<w:comment w:author="{0}" w:initials="{0}"><w:t>批注照旧</w:t></w:comment>',
    "word/_rels/settings.xml.rels": '<Relationship Id="rId1" Target="file:///C:/Users/{0}/a.dotm"/>',
    "xl/comments1.xml": "<authors><author>{0}</author></authors>",
    "xl/sharedStrings.xml": "<t>表内照旧</t>",
}


def office_file() -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, text in PARTS.items():
            parts.writestr(name, text.format(SECRET))
        parts.writestr("word/media/image1.png", b"\x89PNG")
    file.seek(0)
    return file


@pytest.mark.parametrize("kind", [FileKind.DOCX, FileKind.XLSX])
def test_an_office_file_keeps_its_text_and_loses_who_wrote_it(kind):
    with without_metadata(kind, office_file()) as copy, zipfile.ZipFile(copy) as parts:
        texts = {name: parts.read(name) for name in parts.namelist()}
    assert set(texts) == {*PARTS, "word/media/image1.png"}
    whole = b"".join(texts.values())
    assert SECRET.encode() not in whole
    assert all(words.encode() in whole for words in ("正文照旧", "批注照旧", "表内照旧"))


def pdf_file(*, signed: bool = False) -> io.BytesIO:
    file, pdf = io.BytesIO(), pikepdf.new()
    page = pdf.add_blank_page()
    remark = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, T=SECRET, Contents="批注照旧")
    page.Annots = pikepdf.Array([pdf.make_indirect(remark)])
    pdf.docinfo["/Author"] = SECRET
    pdf.Root.Metadata = pdf.make_stream(f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode())
    if signed:
        pdf.Root.Signature = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3]))
    pdf.save(file)
    file.seek(0)
    return file


def test_a_pdf_loses_author_and_description_and_keeps_its_pages():
    with without_metadata(FileKind.PDF, pdf_file()) as copy, pikepdf.open(copy) as pdf:
        assert len(pdf.pages) == 1
        assert "/Info" not in pdf.trailer
        assert "/Metadata" not in pdf.Root
        (remark,) = pdf.pages[0].Annots
        assert "/T" not in remark
        assert str(remark.Contents) == "批注照旧"


def test_a_signed_pdf_stays_as_it_was_signed():
    signed = pdf_file(signed=True)
    assert without_metadata(FileKind.PDF, signed).read() == signed.getvalue()
