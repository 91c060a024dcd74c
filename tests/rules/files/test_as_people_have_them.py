"""Files as people have them: written by other programs than Word and by older ones, and each kind's dangerous twin."""

import io
import zlib
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject

from tests.rules.files.small_files import OOXML, docx_members, kind, ofd_members, refusal, zipped
from yuetan.rules.files.file_kind import FileKind, content_to_store, name_to_keep

CASES = Path(__file__).with_name("as_people_have_them")
EMBEDDED = "文件“a.pdf”含有嵌入的文件，不能上传，请把嵌入的文件另存后单独上传，本文件打印成 PDF 后再上传"
OUTSIDE = "文件“a.docx”引用了网络或其他电脑上的模板、图片或对象，请断开链接后再上传"
MACROS = "文件“a.docx”含有宏，不能上传，请另存为不带宏的 DOCX 或 XLSX 后再上传"
KEPT_AS = {
    "03a-mac-template-hfs.docx": "03a-mac-template-hfs.docx",
    "03b-mac-template-localhost.docx": "03b-mac-template-localhost.docx",
    "03c-mac-template-file.docx": "03c-mac-template-file.docx",
    "03d-windows-template-control.docx": "03d-windows-template-control.docx",
    "04-png-inside.jpg": "04-png-inside.png",
    "05-owner-password-only.pdf": "05-owner-password-only.pdf",
    "06-pdf-with-invoice-xml.pdf": "06-pdf-with-invoice-xml.pdf",
    "07a-bom-before-header.pdf": "07a-bom-before-header.pdf",
    "07b-printer-lines-before-header.pdf": "07b-printer-lines-before-header.pdf",
    "08-a3-600dpi-1bit.png": "08-a3-600dpi-1bit.png",
    "09-photo-with-time.jpg": "09-photo-with-time.jpg",
    "10-saved-by-browser.jfif": "10-saved-by-browser.jpg",
}


def test_each_case_is_there() -> None:
    assert {path.name for path in CASES.iterdir()} == set(KEPT_AS)


@pytest.mark.parametrize(("name", "kept"), KEPT_AS.items())
def test_each_case_is_kept(name: str, kept: str) -> None:
    content = (CASES / name).read_bytes()
    held = FileKind(kind(name, content))
    assert name_to_keep(name, held) == kept
    again = content_to_store(name, held, io.BytesIO(content)).read()
    assert kind(kept, again) == held
    if held not in (FileKind.JPG, FileKind.PNG):
        assert again == content


RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
MAIN = '<Relationship Id="a" Type="http://{}/officeDocument" Target="{}"/>'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
WORDS = f"{OOXML}wordprocessingml.document.main+xml"


@pytest.mark.parametrize("extension", ["docx", "xlsx"])
@pytest.mark.parametrize("described", ["as the default of its ending", "by another part", "with a parameter"])
def test_the_main_type_stands_where_the_standard_lets_it(extension: str, described: str) -> None:
    """As System.IO.Packaging and others write it: the type of the main part is the default of all XML."""
    part, main = (
        ("word/document.xml", WORDS)
        if extension == "docx"
        else ("xl/workbook.xml", f"{OOXML}spreadsheetml.sheet.main+xml")
    )
    types = {
        "as the default of its ending": f'<Default Extension="XML" ContentType="{main}"/>',
        "by another part": f'<Override PartName="/{part.upper()}" ContentType="{main.upper()}"/>',
        "with a parameter": f'<Override PartName="/{part}" ContentType="{main}; charset=utf-8"/>',
    }
    target = MAIN.format("schemas.openxmlformats.org/officeDocument/2006/relationships", f"/{part}")
    members = {
        "[Content_Types].xml": TYPES.format(types[described]),
        "_rels/.rels": RELATIONS.format(target),
        part: "<a/>",
    }
    assert kind(f"a.{extension}", zipped(members)) == extension
    macros = TYPES.format(
        types[described] + '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    )
    hostile = zipped(members | {"[Content_Types].xml": macros})
    assert refusal("a.docx", hostile) == MACROS
    wild = TYPES.format(
        '<Default Extension="xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
    )
    assert refusal("a.docx", zipped(members | {"[Content_Types].xml": wild})) == MACROS


@pytest.mark.parametrize(
    "target", ["word/document.xml", "./word/document.xml", "/word/./Document.xml", "word/document%2Exml"]
)
def test_however_the_main_part_is_pointed_at(target: str) -> None:
    types = TYPES.format(f'<Default Extension="xml" ContentType="{WORDS}"/>')
    relations = RELATIONS.format(MAIN.format("purl.oclc.org/ooxml/officeDocument/relationships", target))
    members = {"[content_types].xml": types, "_RELS/.rels": relations, "word/document.xml": "<a/>"}
    assert kind("a.docx", zipped(members)) == "docx"
    elsewhere = RELATIONS.format(MAIN.format("purl.oclc.org/ooxml/officeDocument/relationships", "word/other.xml"))
    assert "的内容不是 DOCX" in refusal("a.docx", zipped(members | {"_RELS/.rels": elsewhere}))


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.ofdspec.org/2016",
        "http://www.ofdspec.org",
        "http://www.ofdspec.org/2012",
        "https://www.ofdspec.org/",
        "",
    ],
)
@pytest.mark.parametrize(
    "root", ["Doc_0/Document.xml", "/Doc_0/Document.xml", "./doc_0/document.xml", "Doc_0\\Document.xml"]
)
def test_ofd_of_older_writers(namespace: str, root: str) -> None:
    declared = f' xmlns="{namespace}"' if namespace else ""
    entrance = f"<OFD{declared}><DocBody><DocRoot> {root} </DocRoot></DocBody></OFD>"
    for name in ("OFD.xml", "ofd.xml"):
        members = {name: entrance, "Doc_0/Document.xml": "<Document/>"}
        assert kind("a.ofd", zipped(members)) == "ofd"
        assert "已加密" in refusal("a.ofd", zipped(members | {"encryptions.XML": "<a/>"}))
        assert "嵌入的对象或程序" in refusal("a.ofd", zipped(members | {"Doc_0/Attachs/a.exe": "MZ"}))


@pytest.mark.parametrize("namespace", ["http://www.ofdspec.org.host/2016", "urn:other", "http://host/www.ofdspec.org"])
def test_what_only_calls_itself_ofd(namespace: str) -> None:
    entrance = f'<OFD xmlns="{namespace}"><DocRoot>Doc_0/Document.xml</DocRoot></OFD>'
    assert "的内容不是 OFD" in refusal("a.ofd", zipped(ofd_members() | {"OFD.xml": entrance}))


def with_template(target: str) -> bytes:
    kind_of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    relation = f'<Relationship Id="a" Type="{kind_of}" TargetMode="External" Target="{target}"/>'
    return zipped(docx_members() | {"word/_rels/settings.xml.rels": RELATIONS.format(relation)})


@pytest.mark.parametrize(
    "target",
    [
        "Macintosh%20HD:Users:clerk:Gongwen.dotx",
        "Macintosh HD:Users:clerk:公文.dotx",
        "硬盘:Users:clerk:a.dotx",
        "file:///Users/clerk/a.dotx",
        "file://localhost/Library/Application%20Support/a.dotx",
        "file:/home/clerk/.local/share/Kingsoft/a.dotx",
        "file:///opt/kingsoft/wps-office/a.dotx",
        "Normal.dotm",
    ],
)
def test_a_template_on_the_writers_own_disk(target: str) -> None:
    assert kind("a.docx", with_template(target)) == "docx"


@pytest.mark.parametrize(
    "target",
    [
        "file:////host/share/a.dotx",
        "file://host/Users/a.dotx",
        "file:///net/host/share/a.dotx",
        "file:///Users//host/a.dotx",
        "file:///Users/..//host/a.dotx",
        "file:///Users/%2f%2fhost/a.dotx",
        "file://localhost//host/share/a.dotx",
        "file://localhost.host/Users/a.dotx",
        "http:host:a.dotx",
        "https:a:b.dotx",
        " http:host:a.dotx",
        "ms-word:ofe:u:a.dotx",
        "Macintosh%20HD://host/a.dotx",
        "Macintosh%20HD:%2F%2Fhost:a.dotx",
        "\\\\host\\share\\a.dotx",
        "http://host/a.dotx",
    ],
)
def test_a_template_on_another_machine(target: str) -> None:
    assert refusal("a.docx", with_template(target)) == OUTSIDE


def carrying(name: str, content: bytes, *, form: str = "list", also: str = "") -> bytes:
    """A PDF with a file in it, as a list of names or at a mark on its page."""
    writer, file = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    stream = StreamObject()
    stream._data = zlib.compress(content)
    stream.update({NameObject("/Type"): NameObject("/EmbeddedFile"), NameObject("/Filter"): NameObject("/FlateDecode")})
    held = DictionaryObject({NameObject("/F"): writer._add_object(stream)})
    described = DictionaryObject({NameObject("/Type"): NameObject("/Filespec"), NameObject("/EF"): held})
    described |= {NameObject("/F"): TextStringObject(name), NameObject("/UF"): TextStringObject(also or name)}
    described = DictionaryObject(described)
    if form == "list":
        listed = DictionaryObject(
            {NameObject("/Names"): ArrayObject([TextStringObject(name), writer._add_object(described)])}
        )
        tree = DictionaryObject({NameObject("/Kids"): ArrayObject([writer._add_object(listed)])})
        writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/EmbeddedFiles"): tree})
    else:
        mark = DictionaryObject({NameObject("/Subtype"): NameObject("/FileAttachment"), NameObject("/FS"): described})
        writer.pages[0][NameObject("/Annots")] = ArrayObject([mark])
    writer.write(file)
    return file.getvalue()


VOUCHER = '<?xml version="1.0" encoding="{}"?><发票 xmlns="http://xbrl.mof.gov.cn"><价税合计>0</价税合计></发票>'


@pytest.mark.parametrize("form", ["list", "mark"])
@pytest.mark.parametrize("encoding", ["utf-8", "GBK", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["发票.xml", "inv_ord_issuer_1.XBRL"])
def test_the_data_of_an_electronic_voucher(form: str, encoding: str, name: str) -> None:
    assert kind("a.pdf", carrying(name, VOUCHER.format(encoding).encode(encoding), form=form)) == "pdf"


@pytest.mark.parametrize("form", ["list", "mark"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"<a/>"),
        ("a.xml.exe", b"<a/>"),
        ("a.xml", b"MZ\x90\0"),
        ("a.xml", b"<a>"),
        ("a.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
        ("a.xml", b"<?xml-stylesheet href='http://host/a.xsl'?><a/>"),
        ("a.xml", b"<?mso-application progid='Word.Document'?><a/>"),
        ("a.xml", b"<html xmlns='http://www.w3.org/1999/xhtml'/>"),
        ("a.xml", b"<a><s:script xmlns:s='http://www.w3.org/2000/svg'/></a>"),
        ("a.xml", b"<HTML><SCRIPT>1</SCRIPT></HTML>"),
        ("a.xml", b"<package xmlns='http://schemas.microsoft.com/office/2006/xmlPackage'/>"),
        ("a.xml", b"<a>" + b" " * 5 * 1024 * 1024 + b"</a>"),
        ("a.html", b"<a/>"),
    ],
)
def test_anything_else_inside_a_pdf(form: str, name: str, content: bytes) -> None:
    assert refusal("a.pdf", carrying(name, content, form=form)) == EMBEDDED


def test_a_second_name_of_the_data_says_what_it_is_too() -> None:
    assert refusal("a.pdf", carrying("a.xml", b"<a/>", also="a.exe")) == EMBEDDED


def test_a_voucher_that_was_signed_after_it_was_made() -> None:
    """The catalogue of the first version stays in the file, and no table names it any more."""
    first = carrying("a.xml", b"<a/>")
    signed = io.BytesIO(first)
    writer = PdfWriter(signed, incremental=True)
    writer.root_object[NameObject("/Lang")] = TextStringObject("zh-CN")
    again = io.BytesIO()
    writer.write(again)
    assert again.getvalue().startswith(first)
    assert kind("a.pdf", again.getvalue()) == "pdf"
    hidden = again.getvalue() + b"\n3 0 obj\n<</EmbeddedFiles 1 0 R>>\nendobj\n"
    assert refusal("a.pdf", hidden) == EMBEDDED
