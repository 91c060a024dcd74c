"""Whatever is forbidden by its name is forbidden under each name that stands in a list, literal."""

import pytest
from pypdf.generic import DictionaryObject, NameObject

from tests.rules.files.small_files import docx_members, kind, refusal, xlsx_members, zipped
from tests.rules.files.test_pdf_content import EMBEDDED, LAUNCH, SCRIPT, written
from yuetan.rules.files import office_archive

PROGRAMS = "exe dll com scr msi bat cmd ps1 vbs vbe js jse wsf hta lnk jar reg docm dotm xlsm xltm xlam pptm"
DDE = "文件“a.xlsx”含有会启动其他程序的域或公式（DDE），不能上传，请改成文字或数值后再上传"
OUTSIDE = "引用了网络或其他电脑上的模板、图片或对象，请断开链接后再上传"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAMES_IN_PDF = {
    **dict.fromkeys(("JS", "JavaScript", "XFA"), SCRIPT),
    **dict.fromkeys(("EmbeddedFiles", "EF", "EmbeddedFile", "RichMedia"), EMBEDDED),
    "Launch": LAUNCH,
    "ObjStm": "文件“a.pdf”已损坏或结构异常，打不开，请用原来的软件重新导出或扫描后再上传",
}


def test_a_folder_of_embedded_files_alone_is_harmless() -> None:
    assert kind("a.docx", zipped(docx_members() | {"word/embeddings/": b""})) == "docx"


@pytest.mark.parametrize("extension", PROGRAMS.split())
def test_programs_inside_a_document(extension: str) -> None:
    members = docx_members() | {f"word/media/a.{extension.upper()}": "x"}
    assert (
        refusal("a.docx", zipped(members))
        == "文件“a.docx”含有嵌入的对象或程序，不能上传，请删去对象或者打印成 PDF 后再上传"
    )


@pytest.mark.parametrize(
    ("extensions", "problem"),
    [
        ("doc dot wpt rtf", "是旧版格式，请另存为 DOCX 后再上传"),
        ("xls xlt", "是旧版格式，请另存为 XLSX 后再上传"),
        ("docm dotm", "是可带宏的格式，请另存为不带宏的 DOCX 后再上传"),
        ("xlsm xltm xlsb", "是可带宏的格式，请另存为不带宏的 XLSX 后再上传"),
        ("zip rar 7z gz tar tgz", "是压缩包，请解压后逐个上传"),
    ],
)
def test_kinds_that_can_be_saved_as_another(extensions: str, problem: str) -> None:
    for extension in extensions.split():
        assert refusal(f"a.{extension}", b"x") == f"文件“a.{extension}”{problem}"


@pytest.mark.parametrize("element", ["f", "definedName", "formula", "formula1", "formula2"])
def test_formulas_wherever_a_workbook_keeps_them(element: str) -> None:
    for written_as in (f"<{element}>cmd|'/c'!A1</{element}>", f"<x:{element} xmlns:x='x'>DDE (1)</x:{element}>"):
        part = {"xl/worksheets/sheet1.xml": f"<worksheet>{written_as}</worksheet>"}
        assert refusal("a.xlsx", zipped(xlsx_members() | part)) == DDE
    text = {"xl/sharedStrings.xml": "<sst><t>cmd|'/c'!A1</t></sst>"}
    assert kind("a.xlsx", zipped(xlsx_members() | text)) == "xlsx"


@pytest.mark.parametrize("function", ["WEBSERVICE", "IMAGE"])
def test_formulas_that_fetch(function: str) -> None:
    part = {"xl/worksheets/sheet1.xml": f"<worksheet><f>{function}(A1)</f></worksheet>"}
    assert refusal("a.xlsx", zipped(xlsx_members() | part)) == f"文件“a.xlsx”{OUTSIDE}"


@pytest.mark.parametrize("field", ["INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "DATABASE", "RD"])
def test_fields_that_fetch(field: str) -> None:
    part = f'<w:document {WORD}><w:fldSimple w:instr="{field} x"/></w:document>'
    assert refusal("a.docx", zipped(docx_members() | {"word/document.xml": part})) == f"文件“a.docx”{OUTSIDE}"


@pytest.mark.parametrize(("name", "problem"), NAMES_IN_PDF.items())
def test_names_in_an_object_that_the_table_of_a_pdf_does_not_list(name: str, problem: str) -> None:
    hidden = b"\n9 0 obj\n<</A 1/B/" + name.encode() + b">>\nendobj\n"
    assert refusal("a.pdf", written(lambda _: None) + hidden) == problem


@pytest.mark.parametrize("key", ["JS", "JavaScript", "XFA", "EmbeddedFiles", "EF"])
def test_keys_of_an_object_of_a_pdf(key: str) -> None:
    holder = DictionaryObject({NameObject(f"/{key}"): DictionaryObject()})
    assert refusal("a.pdf", written(lambda writer: writer._add_object(holder))) == NAMES_IN_PDF[key]


def test_an_embedded_file_is_looked_into_up_to_its_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = zipped(xlsx_members())
    content = zipped(docx_members() | {"word/embeddings/sheet.xlsx": inner})
    monkeypatch.setattr(office_archive, "MAX_EMBEDDED_BYTES", len(inner))
    assert kind("a.docx", content) == "docx"
    monkeypatch.setattr(office_archive, "MAX_EMBEDDED_BYTES", len(inner) - 1)
    assert refusal("a.docx", content) == "文件“a.docx”含有嵌入的对象或程序，不能上传，请删去对象或者打印成 PDF 后再上传"


def test_a_part_is_read_up_to_its_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    members = docx_members()
    size = len(members["[Content_Types].xml"])
    monkeypatch.setattr(office_archive, "MAX_XML_BYTES", size)
    assert kind("a.docx", zipped(members)) == "docx"
    monkeypatch.setattr(office_archive, "MAX_XML_BYTES", size - 1)
    assert (
        refusal("a.docx", zipped(members))
        == "文件“a.docx”已损坏或结构异常，打不开，请用原来的软件重新导出或扫描后再上传"
    )
