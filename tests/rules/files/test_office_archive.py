"""Office and OFD files that can do more than be read, or are not what they say."""

import pytest

from tests.rules.files.small_files import (
    MEGABYTE,
    OOXML,
    docx_members,
    kind,
    ofd_members,
    refusal,
    xlsx_members,
    zipped,
)

MACROS = "文件“a.docx”含有宏，不能上传，请另存为不带宏的 DOCX 或 XLSX 后再上传"
EMBEDDED = "文件“a.docx”含有嵌入的对象或程序，不能上传，请删去对象或者打印成 PDF 后再上传"
OUTSIDE = "文件“a.docx”引用了网络或其他电脑上的模板、图片或对象，请断开链接后再上传"
NESTED = "文件“a.docx”夹带压缩包，不能上传，请删去压缩包，把其中的文件逐个上传"
DAMAGED = "文件“a.docx”已损坏或结构异常，打不开，请用原来的软件重新导出或扫描后再上传"
MISMATCH = "文件“a.docx”的内容不是 DOCX，与扩展名不符，请用原来的软件打开，另存为 DOCX 后再上传"
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}" {mode}/>'
    "</Relationships>"
)


def with_relation(kind: str, target: str, mode: str = 'TargetMode="External"') -> bytes:
    relations = {"word/_rels/settings.xml.rels": RELATION.format(kind=kind, target=target, mode=mode)}
    return zipped(docx_members() | relations)


@pytest.mark.parametrize(
    "member", ["word/vbaProject.bin", "word/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml", "word/activeX/activeX1.xml"]
)
def test_macros_by_member(member: str) -> None:
    assert refusal("a.docx", zipped(docx_members() | {member: "x"})) == MACROS


def test_macros_under_an_innocent_name() -> None:
    more = '<Override PartName="/word/notes.dat" ContentType="application/vnd.ms-office.vbaProject"/>'
    assert refusal("a.docx", zipped(docx_members(more=more) | {"word/notes.dat": "x"})) == MACROS


def test_a_macro_file_renamed() -> None:
    members = docx_members(content_type="application/vnd.ms-word.document.macroEnabled.main+xml")
    assert refusal("a.docx", zipped(members)) == MACROS


def test_macros_in_a_workbook() -> None:
    members = xlsx_members() | {"xl/vbaProject.bin": "x"}
    assert refusal("a.xlsx", zipped(members)) == "文件“a.xlsx”含有宏，不能上传，请另存为不带宏的 DOCX 或 XLSX 后再上传"


@pytest.mark.parametrize(
    "members",
    [
        {"readme.txt": "any zip"},
        docx_members(content_type=f"{OOXML}wordprocessingml.template.main+xml"),
        docx_members(content_type=f"{OOXML}presentationml.presentation.main+xml"),
        {name: content for name, content in docx_members().items() if name != "word/document.xml"},
    ],
    ids=["no content types", "template", "slides", "main part absent"],
)
def test_archives_that_are_no_word_document(members: dict[str, str]) -> None:
    assert refusal("a.docx", zipped(members)) == MISMATCH


@pytest.mark.parametrize(
    "member", ["word/embeddings/oleObject1.bin", "word/embeddings/a.xlsm", "word/media/run.EXE", "docProps/start.lnk"]
)
def test_embedded_objects_and_programs(member: str) -> None:
    assert refusal("a.docx", zipped(docx_members() | {member: "x"})) == EMBEDDED


def test_an_object_under_an_innocent_name() -> None:
    more = f'<Override PartName="/word/media/a.png" ContentType="{OOXML}oleObject"/>'
    assert refusal("a.docx", zipped(docx_members(more=more) | {"word/media/a.png": "x"})) == EMBEDDED


def test_the_workbook_behind_a_chart_is_taken() -> None:
    assert kind("a.docx", zipped(docx_members() | {"word/embeddings/sheet.xlsx": zipped(xlsx_members())})) == "docx"


@pytest.mark.parametrize(
    "kind_of_relation",
    ["attachedTemplate", "oleObject", "frame", "subDocument", "image", "externalLinkPath", "anyOther"],
)
@pytest.mark.parametrize(
    "target", ["http://host/a.dotm", "file://host/a.dotm", "\\\\host\\a.dotm", "//host/a", "mhtml:http://host!x"]
)
def test_what_is_fetched_on_opening(kind_of_relation: str, target: str) -> None:
    assert refusal("a.docx", with_relation(kind_of_relation, target)) == OUTSIDE


def test_relations_in_a_part_spelled_otherwise_are_seen_too() -> None:
    relation = RELATION.format(kind="attachedTemplate", target="http://host/a", mode='TargetMode="External"')
    assert refusal("a.docx", zipped(docx_members() | {"word/_RELS/settings.xml.RELS": relation})) == OUTSIDE


@pytest.mark.parametrize(
    ("kind_of_relation", "target"),
    [
        ("hyperlink", "https://host/page"),
        ("attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm"),
        ("attachedTemplate", "C:\\Users\\a\\Normal.dotm"),
        ("attachedTemplate", "Normal.dotm"),
    ],
)
def test_links_and_the_writers_own_template_are_harmless(kind_of_relation: str, target: str) -> None:
    assert kind("a.docx", with_relation(kind_of_relation, target)) == "docx"


def test_a_relation_inside_the_file_is_harmless() -> None:
    assert kind("a.docx", with_relation("subDocument", "part:2.docx", mode="")) == "docx"


def test_text_of_another_format_taken_in_whole() -> None:
    assert refusal("a.docx", with_relation("aFChunk", "../a.rtf", mode="")) == EMBEDDED


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"PK\x03\x04", NESTED),
        (b"Rar!\x1a\x07\x01", NESTED),
        (b"7z\xbc\xaf\x27\x1c", NESTED),
        (b"MZ" + bytes(100) + b"PE\0\0", EMBEDDED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", EMBEDDED),
        (b"{\\rtf1", EMBEDDED),
        (b"%PDF-1.7", EMBEDDED),
    ],
    ids=["zip", "rar", "7z", "exe", "ole", "rtf", "pdf"],
)
def test_another_file_under_the_name_of_a_picture(content: bytes, problem: str) -> None:
    padded = content + bytes(2000)
    assert refusal("a.docx", zipped(docx_members() | {"word/media/image1.png": padded})) == problem
    in_ofd = zipped(ofd_members() | {"Doc_0/Attachs/image1.png": padded})
    assert refusal("a.ofd", in_ofd) == problem.replace("docx", "ofd")


def embedding(inner: bytes, name: str = "word/embeddings/sheet.xlsx") -> bytes:
    return zipped(docx_members() | {name: inner})


def test_an_embedded_workbook_is_looked_into_as_if_it_came_alone() -> None:
    bomb = zipped(xlsx_members() | {"xl/a.xml": bytes(11 * MEGABYTE)})
    for inner, problem in (
        (zipped(xlsx_members() | {"xl/vbaProject.bin": "x"}), MACROS),
        (zipped(xlsx_members() | {"xl/a.png": zipped(xlsx_members())}), NESTED),
        (zipped(xlsx_members() | {"xl/embeddings/a.xlsx": zipped(xlsx_members())}), EMBEDDED),
        (zipped(docx_members()), EMBEDDED),
        (bomb, "文件“a.docx”解压后过大，不能上传，请删去多余的行列和图片后再上传"),
        (b"MZ", DAMAGED),
    ):
        assert refusal("a.docx", embedding(inner)) == problem


def test_files_that_hold_themselves_over_and_over() -> None:
    content = zipped(docx_members())
    for _ in range(10):
        content = embedding(content, "word/embeddings/self.docx")
    assert refusal("a.docx", content) == EMBEDDED


@pytest.mark.parametrize(
    "content_types",
    [
        "<Types",
        '<!DOCTYPE a [<!ENTITY b "c">]><Types>&b;</Types>',
        '<!DOCTYPE Types SYSTEM "http://host/a.dtd"><Types/>',
        "<Types>" + " " * (4 * MEGABYTE) + "</Types>",
    ],
    ids=["broken", "entity", "outside dtd", "oversized"],
)
def test_hostile_xml(content_types: str) -> None:
    assert refusal("a.docx", zipped(docx_members() | {"[Content_Types].xml": content_types})) == DAMAGED


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"OFD.xml": "<Other/>"}, "的内容不是 OFD，与扩展名不符，请用原来的软件打开，另存为 OFD 后再上传"),
        (
            {"OFD.xml": '<OFD xmlns="http://www.ofdspec.org/2016"/>'},
            "已损坏或结构异常，打不开，请用原来的软件重新导出或扫描后再上传",
        ),
        ({"Encryptions.xml": "<a/>"}, "已加密或设有密码，请解除后再上传"),
        ({"Doc_0/Attachs/a.exe": "x"}, "含有嵌入的对象或程序，不能上传，请删去对象或者打印成 PDF 后再上传"),
    ],
)
def test_ofd_files_that_are_refused(change: dict[str, str], problem: str) -> None:
    assert refusal("a.ofd", zipped(ofd_members() | change)) == f"文件“a.ofd”{problem}"


ROOT = "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"


@pytest.mark.parametrize(
    "roots",
    ["", "<ofd:DocRoot/>", "<ofd:DocRoot> </ofd:DocRoot>", f"{ROOT}<ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot>"],
    ids=["none", "empty", "blank", "one of two absent"],
)
def test_an_ofd_whose_document_is_absent(roots: str) -> None:
    entrance = ofd_members()["OFD.xml"].replace(ROOT, roots)
    assert (
        refusal("a.ofd", zipped(ofd_members() | {"OFD.xml": entrance}))
        == "文件“a.ofd”已损坏或结构异常，打不开，请用原来的软件重新导出或扫描后再上传"
    )
    assert (
        refusal("a.ofd", zipped({"OFD.xml": ofd_members()["OFD.xml"]}))
        == "文件“a.ofd”已损坏或结构异常，打不开，请用原来的软件重新导出或扫描后再上传"
    )


@pytest.mark.parametrize("root", ["Doc_0/Document.xml", "/Doc_0/Document.xml", " Doc_0/Document.xml\n"])
def test_an_ofd_names_its_document_from_the_root_or_not(root: str) -> None:
    entrance = ofd_members()["OFD.xml"].replace("Doc_0/Document.xml", root)
    assert kind("a.ofd", zipped(ofd_members() | {"OFD.xml": entrance})) == "ofd"
