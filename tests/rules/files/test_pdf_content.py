"""PDF files that can do more than be read, each made by a real PDF writer."""

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject, TextStringObject

from tests.rules.files.small_files import MEGABYTE, kind, refusal
from yuetan.rules.files import pdf_content

SCRIPT = "文件“a.pdf”含有脚本（JavaScript），不能上传，请打印成 PDF 后再上传"
LAUNCH = "文件“a.pdf”含有启动外部程序的动作，不能上传，请打印成 PDF 后再上传"
EMBEDDED = "文件“a.pdf”含有嵌入的文件，不能上传，请把嵌入的文件另存后单独上传，本文件打印成 PDF 后再上传"


def written(prepare: Callable[[PdfWriter], object], *, pages: int = 1) -> bytes:
    file = io.BytesIO()
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    prepare(writer)
    writer.write(file)
    return file.getvalue()


def dictionary(**entries: str) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): NameObject(value) for key, value in entries.items()})


def with_action(action: DictionaryObject) -> Callable[[PdfWriter], object]:
    return lambda writer: writer.root_object.update({NameObject("/OpenAction"): action})


def test_a_script_that_runs_on_opening() -> None:
    action = DictionaryObject({NameObject("/JS"): TextStringObject("app.alert(1)")})
    assert refusal("a.pdf", written(with_action(action))) == SCRIPT


def test_a_script_listed_by_name_in_the_file() -> None:
    names = DictionaryObject({NameObject("/JavaScript"): DictionaryObject()})
    assert refusal("a.pdf", written(lambda writer: writer.root_object.update({NameObject("/Names"): names}))) == SCRIPT


def test_a_script_deep_inside_a_page() -> None:
    def annotate(writer: PdfWriter) -> None:
        annotation = DictionaryObject({NameObject("/A"): dictionary(S="/JavaScript")})
        writer.pages[0][NameObject("/Annots")] = ArrayObject([NullObject(), ArrayObject([annotation])])

    assert refusal("a.pdf", written(annotate)) == SCRIPT


def test_a_script_whose_name_is_spelled_with_escapes() -> None:
    content = written(with_action(dictionary(S="/JavaScript")))
    assert b"/JavaScript" in content
    # Six bytes longer, so the table of offsets no longer fits and has to be rebuilt, as malicious files provoke.
    assert refusal("a.pdf", content.replace(b"/JavaScript", b"/J#61v#61Scr#69pt")) == SCRIPT


def test_a_launch_action() -> None:
    assert refusal("a.pdf", written(with_action(dictionary(S="/Launch")))) == LAUNCH


def test_a_launch_action_whose_kind_is_kept_elsewhere() -> None:
    def perform(writer: PdfWriter) -> None:
        action = DictionaryObject({NameObject("/S"): writer._add_object(NameObject("/Launch"))})
        writer.root_object[NameObject("/OpenAction")] = action

    assert refusal("a.pdf", written(perform)) == LAUNCH


def test_an_embedded_file() -> None:
    assert refusal("a.pdf", written(lambda writer: writer.add_attachment("a.exe", b"MZ"))) == EMBEDDED


@pytest.mark.parametrize("key", ["EF", "EmbeddedFiles"])
def test_a_place_for_embedded_files(key: str) -> None:
    holder = DictionaryObject({NameObject(f"/{key}"): DictionaryObject()})
    assert refusal("a.pdf", written(lambda writer: writer._add_object(holder))) == EMBEDDED


@pytest.mark.parametrize("entry", [{"Type": "/EmbeddedFile"}, {"Subtype": "/RichMedia"}])
def test_an_object_no_page_leads_to_is_looked_at_too(entry: dict[str, str]) -> None:
    assert refusal("a.pdf", written(lambda writer: writer._add_object(dictionary(**entry)))) == EMBEDDED


def packed(objects: dict[int, bytes]) -> bytes:
    """Write a PDF whose objects, numbered from 3, all lie in one compressed stream."""
    offsets = [sum(len(content) + 1 for content in list(objects.values())[:place]) for place in range(len(objects))]
    index = b"".join(b"%d %d " % pair for pair in zip(objects, offsets, strict=True))
    stream = zlib.compress(index + b"\n".join(objects.values()))
    file = b"%%PDF-1.7\n1 0 obj <</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>> stream\n" % (
        *(len(objects), len(index), len(stream)),
    )
    file += stream + b"\nendstream endobj\n"
    plain = [struct.pack(">BHB", 0, 0, 0), struct.pack(">BHB", 1, 9, 0), struct.pack(">BHB", 1, len(file), 0)]
    table = b"".join(plain + [struct.pack(">BHB", 2, 1, place) for place in range(len(objects))])
    header = b"2 0 obj <</Type/XRef/Root 3 0 R/W[1 2 1]/Size %d/Length %d>> stream\n" % (len(objects) + 3, len(table))
    return file + header + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF" % len(file)


@pytest.mark.parametrize("action", ["GoTo", "Launch"])
def test_objects_kept_in_compressed_streams_are_looked_at(action: str) -> None:
    content = packed(
        {
            3: b"<</Type/Catalog/Pages 4 0 R/OpenAction 6 0 R>>",
            4: b"<</Type/Pages/Kids[5 0 R]/Count 1>>",
            5: b"<</Type/Page/Parent 4 0 R/MediaBox[0 0 9 9]>>",
            6: b"<</S/%s>>" % action.encode(),
        }
    )
    assert action.encode() not in content
    if action == "Launch":
        assert refusal("a.pdf", content) == LAUNCH
    else:
        assert kind("a.pdf", content) == "pdf"


def test_an_active_form() -> None:
    form = DictionaryObject({NameObject("/XFA"): TextStringObject("x")})
    assert (
        refusal("a.pdf", written(lambda writer: writer.root_object.update({NameObject("/AcroForm"): form}))) == SCRIPT
    )


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"])
def test_only_a_password_that_is_needed_to_read_is_refused(algorithm: str) -> None:
    needed, forbids = (
        written(lambda writer: writer.encrypt(password, "owner", algorithm=algorithm))  # noqa: B023 - used at once
        for password in ("secret", "")
    )
    assert refusal("a.pdf", needed) == "文件“a.pdf”已加密或设有密码，请解除后再上传"
    assert kind("a.pdf", forbids) == "pdf"


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_what_a_file_does_that_forbids_copying_is_looked_at(algorithm: str) -> None:
    def prepare(writer: PdfWriter) -> None:
        with_action(DictionaryObject({NameObject("/JS"): TextStringObject("app.alert(1)")}))(writer)
        writer.encrypt("", "owner", algorithm=algorithm)

    assert refusal("a.pdf", written(prepare)) == SCRIPT


def test_a_file_that_is_protected_in_a_way_of_its_own() -> None:
    content = written(lambda writer: writer.encrypt("", "owner", algorithm="RC4-128"))
    other = content.replace(b"/Filter /Standard", b"/Filter /FoxitRMS")
    assert other != content
    assert refusal("a.pdf", other) == "文件“a.pdf”已加密或设有密码，请解除后再上传"


def test_a_file_without_a_page() -> None:
    assert refusal("a.pdf", written(lambda _: None, pages=0)) == "文件“a.pdf”没有任何页面，请重新导出后再上传"


def test_words_about_scripts_in_a_title_are_harmless() -> None:
    assert kind("a.pdf", written(lambda writer: writer.add_metadata({"/Title": "/JavaScript /Launch"}))) == "pdf"


def test_links_bookmarks_and_many_pages_are_harmless() -> None:
    def bookmark(writer: PdfWriter) -> None:
        writer.add_outline_item(title="第一章", page_number=0)
        writer.root_object[NameObject("/OpenAction")] = dictionary(S="/GoTo")

    assert kind("a.pdf", written(bookmark, pages=30)) == "pdf"


def test_a_file_of_more_objects_than_can_be_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_content, "MAX_OBJECTS", 20)
    assert (
        refusal("a.pdf", written(lambda _: None, pages=30))
        == "文件“a.pdf”结构过于复杂，不能上传，请打印成 PDF 后再上传"
    )


@pytest.mark.parametrize("table", ["right", "elsewhere", "missing", "free"])
@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (b"<</S/JavaScript/JS(app.alert)>>", SCRIPT),
        (b"<</S/J#61vaScript>>", SCRIPT),
        (b"<</S/Launch/F(cmd.exe)>>", LAUNCH),
        (b"<</Type/Filespec/EF<<>>>>", EMBEDDED),
        (b"<</S/GoTo/T(JavaScript /JavaScripts)>>", ""),
    ],
)
def test_an_object_that_the_table_hides_and_a_mended_table_finds(table: str, words: bytes, problem: str) -> None:
    contents = [b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    contents += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>", words]
    offsets, file = [], b"%PDF-1.4\n"
    for number, content in enumerate(contents, start=1):
        offsets.append(len(file) + (7 if number == 4 and table == "elsewhere" else 0))
        file += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    rows = [b"%010d 00000 n \n" % offset for offset in offsets]
    rows = rows[:3] if table == "missing" else [*rows[:3], rows[3].replace(b"n", b"f" if table == "free" else b"n")]
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(rows) + 1, len(file))
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(rows) + 1) + b"".join(rows) + end
    if problem:
        assert refusal("a.pdf", file) == problem
    else:
        assert kind("a.pdf", file) == "pdf"


@pytest.mark.parametrize("blanks", [10, 2000])
def test_blanks_that_take_longer_to_read_than_anybody_waits(monkeypatch: pytest.MonkeyPatch, blanks: int) -> None:
    """Three hundred objects behind many blanks each, and at last one that could do something."""
    monkeypatch.setattr(pdf_content, "MAX_READS", 100_000)
    contents = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    contents += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>", *[b"<</S/GoTo>>"] * 300]
    offsets, file = [], b"%PDF-1.4\n"
    for number, content in enumerate(contents, start=1):
        offsets.append(len(file))
        file += b"%d 0 obj" % number + b" " * blanks + content + b"\nendobj\n"
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(offsets) + 1, len(file))
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1) + rows + end
    if blanks == 10:
        assert kind("a.pdf", file) == "pdf"
    else:
        assert refusal("a.pdf", file) == "文件“a.pdf”结构过于复杂，不能上传，请打印成 PDF 后再上传"


@pytest.mark.parametrize("beginnings", [b" obj" * 400_001, b" stream" * 400_001, b" obj stream" * 200_001])
def test_more_beginnings_of_objects_than_anybody_writes(beginnings: bytes) -> None:
    assert (
        refusal("a.pdf", written(lambda _: None) + beginnings)
        == "文件“a.pdf”结构过于复杂，不能上传，请打印成 PDF 后再上传"
    )


def test_object_streams_that_unpack_to_more_than_anybody_writes() -> None:
    objects = {3: b"<</Type/Catalog/Pages 4 0 R>>", 4: b"<</Type/Pages/Kids[5 0 R]/Count 1>>"}
    objects[5] = b"<</Type/Page/Parent 4 0 R/MediaBox[0 0 9 9]>>" + b" " * 21 * MEGABYTE
    content = packed(objects)
    assert len(content) < MEGABYTE
    assert refusal("a.pdf", content) == "文件“a.pdf”结构过于复杂，不能上传，请打印成 PDF 后再上传"


def test_nothing_but_a_beginning() -> None:
    assert (
        refusal("a.pdf", b"%PDF-1.7\n") == "文件“a.pdf”已损坏或结构异常，打不开，请用原来的软件重新导出或扫描后再上传"
    )
