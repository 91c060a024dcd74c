"""Which files are taken, by what their bytes are, and how a refusal is worded."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter

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
from yuetan.rules.files.file_kind import FileKind, FileProblem, content_to_store, examine, name_to_keep, safe_name


def pdf() -> bytes:
    file = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(file)
    return file.getvalue()


def picture(image_format: str) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((64, 48), 60).convert("RGB").save(file, image_format)
    return file.getvalue()


SAMPLES = {
    "pdf": pdf(),
    "ofd": zipped(ofd_members()),
    "docx": zipped(docx_members()),
    "xlsx": zipped(xlsx_members()),
    "jpg": picture("JPEG"),
    "png": picture("PNG"),
}


@pytest.mark.parametrize("extension", SAMPLES)
def test_a_file_that_is_what_it_says_is_taken(extension: str) -> None:
    assert kind(f"整改报告.{extension}", SAMPLES[extension]) == extension
    assert kind(f"整改报告.{extension.upper()}", SAMPLES[extension]) == extension


@pytest.mark.parametrize("held", SAMPLES)
@pytest.mark.parametrize("stated", SAMPLES)
def test_a_file_that_is_another_kind_is_kept_as_what_it_is(stated: str, held: str) -> None:
    assert kind(f"x.{stated}", SAMPLES[held]) == held
    assert name_to_keep(f"x.{stated}", FileKind(held)) == f"x.{held}"


@pytest.mark.parametrize("stated", SAMPLES)
def test_a_file_that_is_of_no_accepted_kind_is_refused_under_every_name(stated: str) -> None:
    label = stated.upper()
    expected = f"文件“x.{stated}”的内容不是 {label}，与扩展名不符，请用原来的软件打开，另存为 {label} 后再上传"
    for content in (b"MZ\x90\0" + bytes(2000), b"just words", b"GIF89a" + bytes(50), zipped({"a.txt": "words"})):
        assert refusal(f"x.{stated}", content) == expected


@pytest.mark.parametrize(
    ("name", "held", "kept"),
    [
        ("照片.jpg", "png", "照片.png"),
        ("照片.JFIF", "jpg", "照片.jpg"),
        ("报告.wps", "docx", "报告.wps"),
        ("报告.wps", "xlsx", "报告.xlsx"),
        ("../a\u202e.et", "docx", "a.docx"),
        ("督" * 200 + ".jpg", "png", "督" * 110 + ".png"),
    ],
)
def test_a_name_gets_the_ending_of_its_kind(name: str, held: str, kept: str) -> None:
    assert name_to_keep(name, FileKind(held)) == kept


@pytest.mark.parametrize(("name", "held"), [("照片.jpeg", "jpg"), ("报告.wps", "docx"), ("台账.et", "xlsx")])
def test_other_extensions_of_the_same_kinds(name: str, held: str) -> None:
    assert kind(name, SAMPLES[held]) == held


@pytest.mark.parametrize(("name", "save_as"), [("报告.wps", "DOCX"), ("台账.et", "XLSX")])
def test_wps_own_formats_are_answered_what_to_save_as(name: str, save_as: str) -> None:
    own_format = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048)
    assert refusal(name, own_format) == f"文件“{name}”是 WPS 专有格式，请另存为 {save_as} 后再上传"


@pytest.mark.parametrize("name", ["a.exe", "a.pdf.exe", "a.ppt", "a.pptx", "a.svg", "a.html", "a.odt"])
def test_kinds_that_are_not_taken(name: str) -> None:
    words = "的类型不允许，只收 PDF、OFD、DOCX、XLSX、JPG、PNG，请另存或打印成 PDF 后再上传"
    assert refusal(name, SAMPLES["pdf"]) == f"文件“{name}”{words}"


@pytest.mark.parametrize("name", ["pdf", ".pdf", "a."])
def test_a_name_without_an_ending(name: str) -> None:
    words = refusal(name, SAMPLES["pdf"])
    assert words.startswith(f"文件“{safe_name(name)}”没有扩展名，看不出类型，只收 PDF、OFD、DOCX、XLSX、JPG、PNG，请在")


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("报告.doc", "是旧版格式，请另存为 DOCX 后再上传"),
        ("报告.RTF", "是旧版格式，请另存为 DOCX 后再上传"),
        ("台账.xls", "是旧版格式，请另存为 XLSX 后再上传"),
        ("报告.docm", "是可带宏的格式，请另存为不带宏的 DOCX 后再上传"),
        ("台账.xlsb", "是可带宏的格式，请另存为不带宏的 XLSX 后再上传"),
        ("材料.zip", "是压缩包，请解压后逐个上传"),
        ("材料.rar", "是压缩包，请解压后逐个上传"),
    ],
)
def test_kinds_a_clerk_can_do_something_about(name: str, problem: str) -> None:
    assert refusal(name, SAMPLES["docx"]) == f"文件“{name}”{problem}"


def test_an_empty_file() -> None:
    assert refusal("现场照片.jpg", b"") == "文件“现场照片.jpg”是空文件，请核对后重新选择文件"


def test_the_size_limit_counts_what_is_said_and_what_is_there() -> None:
    content = SAMPLES["pdf"]
    limit = len(content)
    assert examine("a.pdf", io.BytesIO(content), limit, limit_bytes=limit) is FileKind.PDF
    for stated, allowed in ((limit, limit - 1), (0, limit - 1), (limit + 1, limit)):
        with pytest.raises(FileProblem, match="的上限，请压缩图片或者拆成几份后再上传"):
            examine("a.pdf", io.BytesIO(content), stated, limit_bytes=allowed)


def test_the_limit_is_named_in_megabytes() -> None:
    with pytest.raises(FileProblem, match=r"^文件“a\.pdf”超过 50 MB 的上限，请压缩图片或者拆成几份后再上传$"):
        examine("a.pdf", io.BytesIO(b"%PDF-"), 50 * MEGABYTE + 1, limit_bytes=50 * MEGABYTE)


def test_a_stream_that_was_read_before_is_examined_from_its_beginning() -> None:
    stream = io.BytesIO(SAMPLES["png"])
    stream.read()
    assert examine("a.png", stream, len(SAMPLES["png"]), limit_bytes=MEGABYTE) is FileKind.PNG


@pytest.mark.parametrize("extension", ["docx", "xlsx"])
def test_an_office_file_with_a_password(extension: str) -> None:
    # Office wraps what it encrypts into an OLE file with this stream, here across two blocks of reading.
    wrapped = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(256 * 1024 - 20) + "EncryptedPackage".encode("utf-16-le")
    assert refusal(f"a.{extension}", wrapped) == f"文件“a.{extension}”已加密或设有密码，请解除后再上传"


def test_an_old_office_file_renamed() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048)
    assert refusal("a.docx", old) == "文件“a.docx”其实是旧版 Office 文件，请打开后另存为 DOCX，再上传"
    assert refusal("a.xlsx", old) == "文件“a.xlsx”其实是旧版 Office 文件，请打开后另存为 XLSX，再上传"
    assert refusal("a.pdf", old) == "文件“a.pdf”的内容不是 PDF，与扩展名不符，请用原来的软件打开，另存为 PDF 后再上传"


@pytest.mark.parametrize(
    "before",
    [
        b"\n",
        b"\xef\xbb\xbf",
        b"%%PRINT JOB 1\r\n%%\xe6\x89\x93\xe5\x8d\xb0\r\n",
        b"\x1b%-12345X@PJL JOB NAME=a\r\n@PJL ENTER LANGUAGE = PDF\r\n",
        b"\x1b%-12345X",
        b" " * 1019,
    ],
)
def test_what_printing_systems_write_before_a_pdf(before: bytes) -> None:
    assert kind("a.pdf", before + SAMPLES["pdf"]) == "pdf"


@pytest.mark.parametrize(
    "before",
    [
        b"GIF89a",
        b"MZ\x90\0\n",
        b"#!/bin/sh\n",
        b"%!PS-Adobe\n",
        b"<?php\n",
        b"x=1;\n",
        b"{\\rtf1\n",
        b"%\0\n",
        b" " * 1020,
    ],
)
def test_what_only_somebody_writes_before_a_pdf_who_wants_it_to_be_two_kinds(before: bytes) -> None:
    assert refusal("a.pdf", before + SAMPLES["pdf"]).startswith("文件“a.pdf”的内容不是 PDF，与扩展名不符")


def test_an_archive_that_is_two_kinds_at_once() -> None:
    assert "同时夹带另一种文件" in refusal("a.ofd", zipped(docx_members() | ofd_members()))


def test_a_workbook_that_opens_as_a_document_too_is_what_its_name_says() -> None:
    more = f'<Override PartName="/xl/workbook.xml" ContentType="{OOXML}spreadsheetml.sheet.main+xml"/>'
    both = zipped(xlsx_members() | docx_members(more=more))
    assert (kind("a.docx", both), kind("a.xlsx", both)) == ("docx", "xlsx")


@pytest.mark.parametrize("outer", ["pdf", "jpg", "png"])
def test_a_file_with_an_archive_behind_it(outer: str) -> None:
    for carried in (SAMPLES["docx"], SAMPLES["docx"] + b"trailing"):
        assert (
            refusal(f"a.{outer}", SAMPLES[outer] + carried)
            == f"文件“a.{outer}”同时夹带另一种文件，不能上传，请打印成 PDF 或者重新扫描后再上传"
        )


def test_a_picture_that_is_also_a_pdf() -> None:
    jpg = SAMPLES["jpg"]
    comment = b"\xff\xfe\x00\x0b%PDF-1.7\n"
    assert (
        refusal("a.jpg", jpg[:2] + comment + jpg[2:])
        == "文件“a.jpg”同时夹带另一种文件，不能上传，请打印成 PDF 或者重新扫描后再上传"
    )


@pytest.mark.parametrize("outer", ["pdf", "jpg", "png"])
@pytest.mark.parametrize("archive", [b"Rar!\x1a\x07\x01\x00", b"7z\xbc\xaf\x27\x1c\x00\x04"], ids=["rar", "7z"])
def test_a_file_with_an_archive_that_is_found_wherever_it_begins(outer: str, archive: bytes) -> None:
    carried = SAMPLES[outer] + archive + bytes(200_000)
    assert (
        refusal(f"a.{outer}", carried)
        == f"文件“a.{outer}”同时夹带另一种文件，不能上传，请打印成 PDF 或者重新扫描后再上传"
    )


def with_comment(extension: str, words: bytes) -> bytes:
    """The sample with a comment behind its first bytes, as its kind allows."""
    content = SAMPLES[extension]
    if extension == "pdf":
        return content[:9] + b"%" + words + b"\n" + content[9:]
    if extension == "jpg":
        return content[:2] + b"\xff\xfe" + struct.pack(">H", len(words) + 2) + words + content[2:]
    chunk = b"tEXt" + b"Comment\0" + words
    sized = struct.pack(">L", len(chunk) - 4) + chunk + struct.pack(">L", zlib.crc32(chunk))
    return content[:33] + sized + content[33:]


@pytest.mark.parametrize("outer", ["pdf", "jpg", "png"])
@pytest.mark.parametrize("page", [b"<html>", b"<!DOCTYPE html>", b"<SCRIPT src=//host>", b"< script>"])
def test_a_file_that_is_also_a_page(outer: str, page: bytes) -> None:
    two_kinds = f"文件“a.{outer}”同时夹带另一种文件，不能上传，请打印成 PDF 或者重新扫描后再上传"
    assert refusal(f"a.{outer}", with_comment(outer, page)) == two_kinds
    assert refusal(f"a.{outer}", SAMPLES[outer] + b"\n" + page) == two_kinds
    assert kind(f"a.{outer}", with_comment(outer, b"< 5 htmls")) == outer


@pytest.mark.parametrize("words", ["<html>", "%PDF-1.7"])
def test_an_archive_that_is_also_a_page_or_a_pdf(words: str) -> None:
    for name, members in (("a.docx", docx_members()), ("a.ofd", ofd_members())):
        content = zipped({"first.txt": words} | members)
        assert refusal(name, content) == f"文件“{name}”同时夹带另一种文件，不能上传，请打印成 PDF 或者重新扫描后再上传"


@pytest.mark.parametrize("extension", ["jpg", "png"])
def test_of_a_picture_nothing_but_the_picture_is_kept(extension: str) -> None:
    hidden = b"x" * 3000 + b"<script>alert(1)</script>"
    picture = io.BytesIO(with_comment(extension, hidden) + b"\0" * 2000 + hidden + b"\0" * 2000)
    examined = examine(f"a.{extension}", picture, len(picture.getvalue()), limit_bytes=MEGABYTE)
    kept = content_to_store(f"a.{extension}", examined, picture).read()
    assert b"script" not in kept
    assert kind(f"a.{extension}", kept) == extension


@pytest.mark.parametrize("extension", SAMPLES)
def test_half_a_file_is_damaged(extension: str) -> None:
    content = SAMPLES[extension]
    words = refusal(f"a.{extension}", content[: len(content) // 2])
    assert words == f"文件“a.{extension}”已损坏或结构异常，打不开，请用原来的软件重新导出或扫描后再上传"


@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_a_file_with_broken_bytes_is_taken_or_refused_but_never_an_error(extension: str, data: st.DataObject) -> None:
    content = bytearray(SAMPLES[extension])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    stream = io.BytesIO(bytes(content))
    try:
        answer = examine(f"a.{extension}", stream, len(content), limit_bytes=MEGABYTE).value
    except FileProblem as problem:
        answer = str(problem)
    assert answer == extension or answer.startswith(f"文件“a.{extension}”")
    assert stream.tell() == 0


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("现场照片.jpg", "现场照片.jpg"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\资料\\报告.docx", "报告.docx"),
        ("..\\..\\a.pdf", "a.pdf"),
        ("报告\u202efdp.exe", "报告fdp.exe"),
        ("报\x00告\r\n.pdf", "报告_.pdf"),
        ("零\u200b宽.pdf", "零宽.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        (".htaccess", "htaccess"),
        ("a.pdf. . ", "a.pdf"),
        ("a .pdf", "a.pdf"),
        ("", "未命名"),
        ("..", "未命名"),
        ("资料/", "未命名"),
        ("\ud800.png", "png"),
        ("督" * 200 + ".docx", "督" * 115 + ".docx"),
        ("督" * 200, "督" * 120),
    ],
)
def test_safe_names(given_name: str, safe: str) -> None:
    assert safe_name(given_name) == safe


@given(st.text(st.characters(), max_size=200))
def test_every_name_becomes_a_short_storable_one(name: str) -> None:
    safe = safe_name(name)
    assert 1 <= len(safe) <= 120
    assert not set(safe) & set('/\\<>:"|?*\n\0')
    assert not safe.startswith(".")
    assert safe.encode().decode() == safe


def test_every_kind_says_how_it_is_served_and_called() -> None:
    assert {kind.label: (kind.extensions, kind.content_type) for kind in FileKind} == {
        "PDF": ((".pdf",), "application/pdf"),
        "OFD": ((".ofd",), "application/ofd"),
        "DOCX": (
            (".docx", ".wps"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        "XLSX": ((".xlsx", ".et"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        "JPG": ((".jpg", ".jpeg"), "image/jpeg"),
        "PNG": ((".png",), "image/png"),
    }
