"""Archives that are hostile as archives, whatever they claim to hold."""

import io
import re
import stat
import struct
import warnings
import zipfile

import pytest
from PIL import Image

from tests.rules.files.small_files import MEGABYTE, docx_members, kind, refusal, zipped

ENCRYPTED = "文件“a.docx”已加密或设有密码，请解除后再上传"
DAMAGED = "文件“a.docx”已损坏或结构异常，打不开，请用原来的软件重新导出或扫描后再上传"
TOO_LARGE = "文件“a.docx”解压后过大，不能上传，请删去多余的行列和图片后再上传"
TOO_MANY = "文件“a.docx”内含的文件过多，不能上传，请拆成几份或者打印成 PDF 后再上传"
PATHS = "文件“a.docx”含有越出文件范围的路径，不能上传，请用 Office 或 WPS 打开后另存一份再上传"


def end_record(content: bytes) -> int:
    return content.rindex(b"PK\x05\x06")


def overwritten(content: bytes, at: int, *, with_: bytes) -> bytes:
    return content[:at] + with_ + content[at + len(with_) :]


def test_a_small_bomb_is_refused_by_its_ratio() -> None:
    assert refusal("a.docx", zipped(docx_members() | {"word/media/a.xml": bytes(11 * MEGABYTE)})) == TOO_LARGE


def test_repetitive_content_below_the_limit_is_no_bomb() -> None:
    assert kind("a.docx", zipped(docx_members() | {"word/media/a.xml": bytes(9 * MEGABYTE)})) == "docx"


def test_a_large_bomb_is_refused_before_it_is_unpacked() -> None:
    # Incompressible enough for the ratio, and claiming 400 MB in all through one repeated entry size.
    content = zipped(docx_members() | {"word/media/a.bin": bytes(1000)})
    claimed = struct.pack("<L", 400 * MEGABYTE)
    entry = content.rindex(b"PK\x01\x02")
    content = overwritten(content, entry + 20, with_=struct.pack("<L", 200 * MEGABYTE))
    assert refusal("a.docx", overwritten(content, entry + 24, with_=claimed)) == TOO_LARGE


@pytest.mark.parametrize("claimed", [1, 999, 1001, 5000])
def test_a_member_that_holds_more_or_less_than_it_claims(claimed: int) -> None:
    content = zipped(docx_members() | {"word/a.xml": b"x" * 1000})
    entry = content.rindex(b"PK\x01\x02")
    assert refusal("a.docx", overwritten(content, entry + 24, with_=struct.pack("<L", claimed))) == DAMAGED


def test_a_member_whose_true_content_matches_only_its_claimed_beginning() -> None:
    # The checksum fits the claimed 10 bytes, so a reader that stops there sees nothing wrong.
    content = zipped(docx_members() | {"word/a.xml": b"x" * 100_000})
    entry = content.rindex(b"PK\x01\x02")
    short = struct.pack("<L", zipfile.crc32(b"x" * 10))
    content = overwritten(overwritten(content, entry + 16, with_=short), entry + 24, with_=struct.pack("<L", 10))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
    assert refusal("a.docx", content) == DAMAGED


def test_too_many_members() -> None:
    assert refusal("a.docx", zipped(docx_members() | {f"word/{number}": "" for number in range(5000)})) == TOO_MANY


def test_a_directory_too_large_to_be_read_is_never_read() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(40):
            archive.writestr(f"{number}{'n' * 60_000}", "")
    assert refusal("a.docx", file.getvalue()) == TOO_MANY


@pytest.mark.parametrize(
    "name", ["../a.xml", "word/../../a.xml", "/etc/a.xml", "C:/a.xml", "..\\a.xml", "word\\..\\a", "\\\\host\\a", ".."]
)
def test_paths_that_lead_outside(name: str) -> None:
    assert refusal("a.docx", zipped(docx_members() | {name: "x"})) == PATHS


def test_two_dots_inside_a_name_are_harmless() -> None:
    assert kind("a.docx", zipped(docx_members() | {"word/a..b.xml": "x"})) == "docx"


def test_a_link_to_elsewhere() -> None:
    file = io.BytesIO(zipped(docx_members()))
    link = zipfile.ZipInfo("word/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert refusal("a.docx", file.getvalue()) == PATHS


@pytest.mark.parametrize("second", ["word/document.xml", "WORD/Document.xml"])
def test_two_members_of_one_name(second: str) -> None:
    file = io.BytesIO(zipped(docx_members()))
    with warnings.catch_warnings(), zipfile.ZipFile(file, "a") as archive:
        warnings.simplefilter("ignore", UserWarning)
        archive.writestr(second, "another")
    assert refusal("a.docx", file.getvalue()) == DAMAGED


def test_an_encrypted_member() -> None:
    content = zipped(docx_members())
    entry = content.rindex(b"PK\x01\x02")
    assert refusal("a.docx", overwritten(content, entry + 8, with_=b"\x01")) == (
        "文件“a.docx”已加密或设有密码，请解除后再上传"
    )


def test_a_compression_no_office_program_uses() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as archive:
        for name, content in docx_members().items():
            archive.writestr(name, content)
    assert refusal("a.docx", file.getvalue()) == DAMAGED


def test_bytes_behind_between_or_a_second_directory() -> None:
    content = zipped(docx_members())
    end = end_record(content)
    assert refusal("a.docx", content + b"x") == DAMAGED
    assert refusal("a.docx", content[:end] + b"x" + content[end:]) == DAMAGED
    assert refusal("a.docx", content + zipped({"a": "b"})) == DAMAGED


def directory(content: bytes) -> tuple[int, int]:
    length, begin = struct.unpack_from("<2L", content, end_record(content) + 12)
    return length, begin


def test_a_64_bit_directory_is_not_followed() -> None:
    # The plain record counts the 64-bit ones as part of its directory, so that all its sums are right.
    content = zipped(docx_members())
    end, (length, begin) = end_record(content), directory(content)
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 2, 2, length, begin)
    large += struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    content = overwritten(content, end + 12, with_=struct.pack("<L", length + len(large)))
    content = content[:end] + large + content[end:]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
    assert refusal("a.docx", content) == DAMAGED


def ended_in_64_bits(content: bytes, **changed: int) -> bytes:
    """The same archive, ended as libraries end it that do not know beforehand how much they will write."""
    end, (length, begin) = end_record(content), directory(content)
    count = struct.unpack_from("<H", content, end + 10)[0]
    said = {
        "rest": 44,
        "disk": 0,
        "here": count,
        "count": count,
        "length": length,
        "begin": begin,
        "at": end,
        "disks": 1,
    }
    said |= changed
    names = ("here", "count", "length", "begin")
    large = struct.pack(
        "<4sQ2H2L4Q", b"PK\x06\x06", said["rest"], 45, 45, said["disk"], 0, *(said[name] for name in names)
    )
    return content[:end] + large + struct.pack("<4sLQL", b"PK\x06\x07", 0, said["at"], said["disks"]) + content[end:]


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_workbook_that_was_written_as_a_stream_ends_in_64_bits(elsewhere: bool) -> None:
    """As Apache POI and EasyExcel write it."""
    content = ended_in_64_bits(zipped(docx_members()))
    if elsewhere:
        content = overwritten(content, end_record(content) + 8, with_=b"\xff" * 12)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
    assert kind("a.docx", content) == "docx"


@pytest.mark.parametrize(
    "changed",
    [
        {"rest": 45},
        {"disk": 1},
        {"here": 1},
        {"count": 3},
        {"here": 3, "count": 3},
        {"length": 1},
        {"begin": 0},
        {"at": 0},
        {"disks": 2},
    ],
    ids=str,
)
@pytest.mark.parametrize("elsewhere", [False, True])
def test_two_ends_of_a_directory_that_contradict_each_other(changed: dict[str, int], elsewhere: bool) -> None:
    content = ended_in_64_bits(zipped(docx_members()), **changed)
    if elsewhere:
        content = overwritten(content, end_record(content) + 8, with_=b"\xff" * 12)
    assert refusal("a.docx", content) == DAMAGED


@pytest.mark.parametrize("members", [0, 1, 3])
def test_a_directory_that_does_not_hold_what_it_counts(members: int) -> None:
    content = zipped(docx_members())
    count = struct.pack("<2H", members, members)
    assert refusal("a.docx", overwritten(content, end_record(content) + 8, with_=count)) == DAMAGED


def test_something_hidden_between_the_two_ends_of_a_directory() -> None:
    content = ended_in_64_bits(zipped(docx_members()))
    end = end_record(content)
    assert refusal("a.docx", content[: end - 20] + b"x" + content[end - 20 :]) == DAMAGED
    assert refusal("a.docx", content[: end - 76] + b"x" + content[end - 76 :]) == DAMAGED


LOCAL, ENTRY = b"PK\x03\x04", b"PK\x01\x02"


@pytest.mark.parametrize(
    ("at", "value", "problem"),
    [
        (6, b"\x01", ENCRYPTED),
        (6, b"\x40", ENCRYPTED),
        (7, b"\x20", ENCRYPTED),
        (8, b"\x00", DAMAGED),
        (14, b"\xff", DAMAGED),
        (18, b"\xff", DAMAGED),
        (22, b"\xff", DAMAGED),
        (30, b"X", DAMAGED),
    ],
    ids=["encrypted", "strongly", "masked", "method", "checksum", "packed", "unpacked", "name"],
)
def test_a_member_that_says_something_else_than_the_directory(at: int, value: bytes, problem: str) -> None:
    content = zipped(docx_members())
    assert refusal("a.docx", overwritten(content, content.rindex(LOCAL) + at, with_=value)) == problem


def moved(content: bytes, by: int) -> bytes:
    """The directory as it must be once `by` bytes were put before everything."""
    length, begin = directory(content)
    for entry in [found.start() for found in re.finditer(re.escape(ENTRY), content)]:
        (offset,) = struct.unpack_from("<L", content, entry + 42)
        content = overwritten(content, entry + 42, with_=struct.pack("<L", offset + by))
    return overwritten(content, end_record(content) + 12, with_=struct.pack("<2L", length, begin + by))


def test_a_member_that_the_directory_does_not_name() -> None:
    """A reader that goes by the directory sees a document; one that goes from member to member sees a program first."""
    hidden = zipped({"start.exe": "x"})
    hidden = hidden[: hidden.index(ENTRY)]
    content = hidden + moved(zipped(docx_members()), len(hidden))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
    assert refusal("a.docx", content) == DAMAGED


def test_members_that_lie_inside_one_another() -> None:
    """As bombs are built that outgrow every ratio: one kernel, counted again and again."""
    inner = zipped({"word/inner.xml": "x" * 100})
    kernel, entry = inner[: inner.index(ENTRY)], inner[inner.index(ENTRY) : end_record(inner)]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in docx_members().items():
            archive.writestr(name, text)
        archive.writestr("word/outer.xml", kernel)
    content = file.getvalue()
    entry = overwritten(entry, 42, with_=struct.pack("<L", content.index(kernel)))
    end, (length, begin) = end_record(content), directory(content)
    record = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 4, 4, length + len(entry), begin, 0)
    content = content[:end] + entry + record
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist()[-1] == "word/inner.xml"
    assert refusal("a.docx", content) == DAMAGED


def test_a_member_whose_size_lies_in_64_bits() -> None:
    file = io.BytesIO(zipped(docx_members()))
    with zipfile.ZipFile(file, "a") as archive, archive.open("word/a.xml", "w", force_zip64=True) as member:
        member.write(b"x" * 1000)
    assert kind("a.docx", file.getvalue()) == "docx"
    content = file.getvalue()
    entry = content.rindex(ENTRY)
    name, extra = struct.unpack_from("<2H", content, entry + 28)
    lie = struct.pack("<2HQ", 1, 8, 5000)
    longer = overwritten(content, entry + 24, with_=b"\xff" * 4)
    longer = overwritten(longer, entry + 30, with_=struct.pack("<H", extra + len(lie)))
    longer = longer[: entry + 46 + name] + lie + longer[entry + 46 + name :]
    length, begin = directory(content)
    longer = overwritten(longer, end_record(longer) + 12, with_=struct.pack("<2L", length + len(lie), begin))
    assert refusal("a.docx", longer) == DAMAGED


def test_an_archive_behind_or_before_something_else() -> None:
    content = zipped(docx_members())
    for prefix in (b"#!/bin/sh\n", b"MZ" + bytes(100), b"GIF89a"):
        assert (
            refusal("a.docx", prefix + content)
            == "文件“a.docx”的内容不是 DOCX，与扩展名不符，请用原来的软件打开，另存为 DOCX 后再上传"
        )
        assert (
            refusal("a.docx", prefix + moved(content, len(prefix)))
            == "文件“a.docx”的内容不是 DOCX，与扩展名不符，请用原来的软件打开，另存为 DOCX 后再上传"
        )
        assert refusal("a.docx", content + prefix) == DAMAGED


def test_a_picture_with_a_64_bit_archive_behind_it() -> None:
    file = io.BytesIO()
    Image.new("L", (4, 3)).save(file, "PNG")
    end = b"PK\x05\x06" + bytes(4) + b"\xff" * 12 + bytes(2)
    carried = b"PK\x06\x06" + bytes(52) + b"PK\x06\x07" + bytes(16) + end
    assert (
        refusal("a.png", file.getvalue() + carried)
        == "文件“a.png”同时夹带另一种文件，不能上传，请打印成 PDF 或者重新扫描后再上传"
    )


def test_a_second_directory_inside_the_comment() -> None:
    # Both directories are exact; which one counts is up to the reader, so neither is believed.
    content = zipped(docx_members())
    end, (length, begin) = end_record(content), directory(content)
    second = content[begin:end] + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, length, len(content), 0)
    content = content[:-2] + struct.pack("<H", len(second)) + second
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
    assert refusal("a.docx", content) == DAMAGED


def test_a_name_that_goes_on_behind_a_zero_byte() -> None:
    content = zipped(docx_members() | {"word/a.png_.exe": "x"})
    assert refusal("a.docx", content.replace(b"a.png_.exe", b"a.png\0.exe")) == PATHS


def test_a_comment_is_no_hiding_place_but_allowed() -> None:
    file = io.BytesIO(zipped(docx_members()))
    with zipfile.ZipFile(file, "a") as archive:
        archive.comment = b"WPS Office"
    assert kind("a.docx", file.getvalue()) == "docx"


def test_no_directory_at_all() -> None:
    assert refusal("a.docx", b"PK\x03\x04" + bytes(100)) == DAMAGED
