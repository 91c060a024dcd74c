"""Documents and workbooks that would fetch or start something by themselves, and those that only look like it."""

import io

import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from tests.rules.files.small_files import docx_members, kind, refusal, xlsx_members, zipped
from yuetan.documents.exports.copy_facts import copy_facts
from yuetan.documents.exports.docx_copy import render_docx
from yuetan.documents.freezing import frozen
from yuetan.documents.samples.papers import sample_papers
from yuetan.rules.files import office_links

DDE = "含有会启动其他程序的域或公式（DDE），不能上传，请改成文字或数值后再上传"
OUTSIDE = "引用了网络或其他电脑上的模板、图片或对象，请断开链接后再上传"
EMBEDDED = "含有嵌入的对象或程序，不能上传，请删去对象或者打印成 PDF 后再上传"
HIDDEN = "含有拼接而成的域代码，看不出用途，不能上传，请改成文字后再上传"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))


def code(words: str) -> str:
    return f"<w:r><w:instrText>{words}</w:instrText></w:r>"


def result(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def document(body: str, part: str = "word/document.xml") -> bytes:
    return zipped(docx_members() | {part: f"<w:document {WORD}><w:body><w:p>{body}</w:p></w:body></w:document>"})


def workbook(members: dict[str, str]) -> bytes:
    return zipped(xlsx_members() | members)


@pytest.mark.parametrize(
    "body",
    [
        BEGIN + code("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe &quot;/k calc.exe&quot;") + SEPARATE + END,
        BEGIN + code(" dde excel a b ") + END,
        BEGIN + code("D") + "<w:proofErr/>" + code("DE") + code("AUTO cmd") + SEPARATE + result("x") + END,
        BEGIN + code("&#68;&#68;E cmd x") + END,
        BEGIN + code("<![CDATA[DDE]]> cmd x") + END,
        BEGIN + code("&quot;DDEAUTO&quot; cmd x") + END,
        BEGIN + code("DDEAUTO\tcmd x"),
        BEGIN + code("IF 1 = 1 ") + BEGIN + code("DDEAUTO cmd x") + END + code(" x") + END,
        BEGIN + code("TOC") + SEPARATE + BEGIN + code("DDE cmd x") + END + END,
        '<w:fldSimple w:instr="DDEAUTO cmd x"/>',
        '<w:fldSimple w:instr=" &#x44;DE cmd x"><w:r/></w:fldSimple>',
        code("DDEAUTO cmd x"),
        '<w:fldChar w:fldCharType="begin"/><w:delInstrText>DDE cmd x</w:delInstrText>',
    ],
)
def test_fields_that_start_a_program(body: str) -> None:
    for part in ("word/document.xml", "word/header1.xml", "word/footnotes.xml", "docProps/other.dat"):
        assert refusal("a.docx", document(body, part)) == f"文件“a.docx”{DDE}"


def test_a_simple_field_hides_in_another_as_any_other_does() -> None:
    body = BEGIN + '<w:fldSimple w:instr="TOC"/>' + code("TOC") + END
    assert refusal("a.docx", document(body, "word/document.xml")) == f"文件“a.docx”{office_links.HIDDEN_FIELD}"


def test_a_field_in_a_part_that_is_written_in_another_way() -> None:
    body = f"<d:document {WORD.replace('xmlns:w', 'xmlns:d')}><d:fldSimple d:instr='DDEAUTO cmd x'/></d:document>"
    for encoding in ("utf-16", "iso-8859-1"):
        part = f'<?xml version="1.0" encoding="{encoding}"?>{body}'.encode(encoding)
        assert refusal("a.docx", zipped(docx_members() | {"word/document.xml": part})) == f"文件“a.docx”{DDE}"
    hidden = b'<?xml version="1.0" encoding="utf-7"?>' + body.encode()
    for part in (hidden, f"<!DOCTYPE a [<!ENTITY b 'DDE'>]>{body}".encode()):
        refused = refusal("a.docx", zipped(docx_members() | {"word/document.xml": part}))
        assert refused == "文件“a.docx”已损坏或结构异常，打不开，请用原来的软件重新导出或扫描后再上传"


@pytest.mark.parametrize(
    "instruction",
    [
        "INCLUDETEXT &quot;http://host/a.docx&quot;",
        "INCLUDETEXT &quot;C:\\\\a.docx&quot;",
        "LINK Excel.Sheet.12 &quot;C:\\\\a.xlsx&quot; a",
        "INCLUDEPICTURE &quot;http://host/a.png&quot; \\d",
        "INCLUDEPICTURE https://host/a.png",
        "INCLUDEPICTURE &quot;\\\\\\\\host\\\\share\\\\a.png&quot;",
        "INCLUDEPICTURE &quot;\\\\host\\share\\a.png&quot;",
        "INCLUDEPICTURE &quot;file://host/a.png&quot;",
        "DATABASE \\d &quot;x&quot;",
    ],
)
def test_fields_that_fetch(instruction: str) -> None:
    assert refusal("a.docx", document(BEGIN + code(instruction) + END)) == f"文件“a.docx”{OUTSIDE}"


def test_fields_made_of_fields() -> None:
    computed = BEGIN + code("INCLUDEPICTURE ") + BEGIN + code("QUOTE 104 116 116 112") + END + END
    assert refusal("a.docx", document(computed)) == f"文件“a.docx”{OUTSIDE}"
    hidden = BEGIN + code(" ") + BEGIN + code("QUOTE 68 68 69") + SEPARATE + result("DDE") + END + code(" cmd x") + END
    assert refusal("a.docx", document(hidden)) == f"文件“a.docx”{HIDDEN}"


def test_fields_and_words_that_do_nothing_of_the_kind() -> None:
    harmless = [
        code(" PAGE \\* MERGEFORMAT "),
        code("IF ") + BEGIN + code("PAGE") + END + code(" = 1 &quot;DDE&quot; &quot;INCLUDETEXT http://host&quot;"),
        code("INCLUDEPICTURE &quot;C:\\\\Users\\\\a\\\\AppData\\\\ksohtml\\\\wps1.jpg&quot; \\* MERGEFORMATINET"),
        code("INCLUDEPICTURE &quot;..\\\\wps1.jpg&quot;"),
        code("HYPERLINK &quot;https://host/&quot;"),
        code("MACROBUTTON NoMacro 点击此处输入"),
        code("EQ \\o\\ac(○,1)"),
        code("TOC \\o &quot;1-3&quot;") + SEPARATE + BEGIN + code("PAGEREF _Toc1") + END,
    ]
    fraction = "<m:oMath xmlns:m='m'><m:f><m:num><m:r><m:t>|x|</m:t></m:r></m:num></m:f></m:oMath>"
    body = "".join(BEGIN + each + SEPARATE + result("DDEAUTO cmd|'/c'!A1") + END for each in harmless)
    assert kind("a.docx", document(body + fraction + result("线索&#8212;台账"))) == "docx"


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ({"xl/externalLinks/a.xml": '<externalLink><x:ddeLink xmlns:x="x" ddeService="cmd"/></externalLink>'}, DDE),
        ({"docProps/odd.dat": '<externalLink><ddeLink ddeService="cmd"/></externalLink>'}, DDE),
        ({"xl/externalLinks/a.xml": "<externalLink><oleLink/></externalLink>"}, EMBEDDED),
        (
            {"xl/connections.xml": "<connections><connection id='1'/></connections>"},
            "含有外部数据连接，请断开连接、只留数值后再上传",
        ),
        ({"xl/worksheets/sheet1.xml": "<worksheet><c><f>cmd|'/c calc'!A1</f></c></worksheet>"}, DDE),
        ({"xl/worksheets/sheet1.xml": "<worksheet><c><f>'my cmd'&#124;'/c calc'!A1</f></c></worksheet>"}, DDE),
        ({"xl/worksheets/sheet1.xml": '<worksheet><f>SUM(1)+DDE ("soffice";"a")</f></worksheet>'}, DDE),
        ({"xl/worksheets/sheet1.xml": '<worksheet><f>RTD("a.b",,1)</f></worksheet>'}, DDE),
        ({"xl/workbook.xml": "<workbook><definedName name='a'>cmd|'/c'!A1</definedName></workbook>"}, DDE),
        ({"xl/worksheets/sheet1.xml": '<worksheet><f>_xlfn.WEBSERVICE("http://host")</f></worksheet>'}, OUTSIDE),
    ],
)
def test_workbooks_that_start_or_fetch(members: dict[str, str], problem: str) -> None:
    assert refusal("a.xlsx", workbook(members)) == f"文件“a.xlsx”{problem}"


def test_a_workbook_as_people_write_them() -> None:
    book, file = Workbook(), io.BytesIO()
    sheet = book.active
    sheet.append(["线索|来源", "=SUM(B2:B9)", '=IF(A1="a|b","DDE(","无")', "cmd|'/c calc'!A1（文字）"])
    sheet["D9"].value, sheet["D9"].data_type = "=cmd|'/c calc'!A1", "s"
    book.create_sheet("甲|乙")["A1"] = "='甲|乙'!B1"
    book.defined_names["区域"] = DefinedName("区域", attr_text="'甲|乙'!$A$1")
    book.save(file)
    assert kind("台账.xlsx", file.getvalue()) == "xlsx"


def test_our_own_documents_are_taken() -> None:
    paper_kind, facts = next((kind, facts) for _, kind, facts in sample_papers() if facts.get("number"))
    assert kind("通知书.docx", render_docx(frozen(paper_kind, facts), copy_facts(facts))) == "docx"


def test_a_file_with_more_to_read_than_anybody_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_links, "MAX_READ_BYTES", 200)
    body = BEGIN + code("PAGE") + END
    assert refusal("a.docx", document(body * 3)) == "文件“a.docx”结构过于复杂，不能上传，请打印成 PDF 后再上传"
