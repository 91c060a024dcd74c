"""What is wrong with a PDF file: it cannot be read, or it can do more than be read; answers are Chinese clauses."""

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import Any, BinaryIO, cast

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, PdfObject, StreamObject

from yuetan.rules.files.zip_structure import DAMAGED, ENCRYPTED

DOTS_PER_INCH, POINTS_PER_INCH = 150, 72
MAX_OBJECTS = 50_000
# Blanks are read one by one: a small file can hold, or point at again and again, more than anybody waits for.
MAX_READS = 20_000_000
MAX_PACKED_OBJECTS_BYTES = 20 * 1024 * 1024
TOO_MANY_OBJECTS = "结构过于复杂，不能上传"
NO_PAGE = "没有任何页面"
SCRIPT = "含有脚本（JavaScript），不能上传"
LAUNCH = "含有启动外部程序的动作，不能上传"
EMBEDDED = "含有嵌入的文件，不能上传"
PROBLEM_OF_KEY = {
    "/JS": SCRIPT,
    "/JavaScript": SCRIPT,
    "/XFA": SCRIPT,
    "/EmbeddedFiles": EMBEDDED,
    "/EF": EMBEDDED,
}
PROBLEM_OF_ENTRY = {
    ("/S", "/JavaScript"): SCRIPT,
    ("/S", "/Launch"): LAUNCH,
    ("/Type", "/EmbeddedFile"): EMBEDDED,
    ("/Subtype", "/RichMedia"): EMBEDDED,
}
# Objects that the table of the file does not name. A viewer that mends the table finds them all the same.
KEYWORD = re.compile(rb"obj\b|stream\b")
MAX_KEYWORDS = 8 * MAX_OBJECTS
NUMBERED = re.compile(rb"\d{1,10}\s+\d{1,5}\s*\Z")
MAX_NUMBER_LENGTH = 200
HEXADECIMAL = re.compile(rb"#([0-9a-fA-F]{2})")
NAME = re.compile(rb"/[^\s/<>\[\](){}%]+")
PROBLEM_OF_NAME = PROBLEM_OF_KEY | {value: problem for (_, value), problem in PROBLEM_OF_ENTRY.items()}
PROBLEM_OF_UNLISTED = {name.encode(): problem for name, problem in PROBLEM_OF_NAME.items()} | {b"/ObjStm": DAMAGED}


def pdf_problems(stream: BinaryIO) -> Iterator[str]:
    """Name what forbids to take a PDF; every object is looked at, reachable from a page or not."""
    counted = _Counted(stream)
    reader = PdfReader(cast(BinaryIO, counted), strict=False)
    if reader.is_encrypted:
        yield ENCRYPTED
        return
    numbers = _object_numbers(reader)
    if counted.left < 0 or len(numbers) > MAX_OBJECTS or _packed_bytes(reader) > MAX_PACKED_OBJECTS_BYTES:
        yield TOO_MANY_OBJECTS
        return
    yield from _problems_of(reader.trailer)
    for number, generation in numbers:
        yield from _problems_of(reader.get_object(IndirectObject(number, generation, reader)))
        if counted.left < 0:  # pypdf goes on as if what it could not read were not there
            yield TOO_MANY_OBJECTS
            return
    yield from _unlisted_problems(stream, reader)
    if next(iter(reader.pages), None) is None:
        yield NO_PAGE


def has_page_of(stream: BinaryIO, short: int, long: int) -> bool:
    """Whether the first page of a PDF, looked at in 150 dots an inch, has at least so many of them on its sides."""
    stream.seek(0)
    box = PdfReader(stream, strict=False).pages[0].mediabox
    stream.seek(0)
    sides = sorted(abs(float(side)) * DOTS_PER_INCH / POINTS_PER_INCH for side in (box.width, box.height))
    return sides[0] >= short and sides[1] >= long


class _Counted:
    """A file that can be read from a number of times and no more."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.left = stream, MAX_READS

    def read(self, size: int = -1) -> bytes:
        self.left -= 1
        if self.left < 0:
            raise ValueError("this takes longer than any real file")
        return self.stream.read(size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def _packed_bytes(reader: PdfReader) -> int:
    """How much there is to read in the streams that hold objects."""
    holders = {holder for holder, _ in reader.xref_objStm.values()}
    streams = (reader.get_object(IndirectObject(holder, 0, reader)) for holder in holders)
    return sum(len(stream.get_data()) for stream in streams if isinstance(stream, StreamObject))


def _object_numbers(reader: PdfReader) -> list[tuple[int, int]]:
    plain = {(number, generation) for generation, offsets in reader.xref.items() for number in offsets}
    return sorted(plain | {(number, 0) for number in reader.xref_objStm})


def _unlisted_problems(stream: BinaryIO, reader: PdfReader) -> Iterator[str]:
    stream.seek(0)
    content = stream.read()
    if content.count(b"obj") + content.count(b"stream") > MAX_KEYWORDS:
        yield TOO_MANY_OBJECTS
        return
    listed = {offset for offsets in reader.xref.values() for offset in offsets.values()}
    for keyword, following in pairwise(chain(KEYWORD.finditer(content), [None])):
        if keyword is not None and _begins_an_object(content, keyword) and not _is_listed(content, keyword, listed):
            words = content[keyword.end() : following.start() if following else None]
            names = NAME.findall(HEXADECIMAL.sub(_spelled_out, words))
            yield from (PROBLEM_OF_UNLISTED[name] for name in names if name in PROBLEM_OF_UNLISTED)


def _begins_an_object(content: bytes, keyword: re.Match[bytes]) -> bool:
    return keyword.group() == b"obj" and content[keyword.start() - 3 : keyword.start()] != b"end"


def _is_listed(content: bytes, keyword: re.Match[bytes], listed: set[int]) -> bool:
    """Whether a place that the table names leads here, over blanks or straight."""
    first = max(0, keyword.start() - MAX_NUMBER_LENGTH)
    before = content[first : keyword.start()]
    number = NUMBERED.search(before)
    if number is None:
        return False
    blanks = number.start() - len(before[: number.start()].rstrip())
    return any(first + number.start() - back in listed for back in range(blanks + 1))


def _spelled_out(escaped: re.Match[bytes]) -> bytes:
    return bytes.fromhex(escaped[1].decode())


def _problems_of(root: PdfObject | None) -> Iterator[str]:
    waiting: list[object] = [root]
    while waiting:
        part = waiting.pop()
        if isinstance(part, DictionaryObject):
            yield from (PROBLEM_OF_KEY[key] for key in part if key in PROBLEM_OF_KEY)
            yield from (PROBLEM_OF_ENTRY[key, value] for key, value in PROBLEM_OF_ENTRY if _value(part, key) == value)
            waiting.extend(part.values())
        elif isinstance(part, ArrayObject):
            waiting.extend(part)


def _value(part: DictionaryObject, key: str) -> object:
    # An indirect value must not hide what it stands for.
    return part.get(key, NullObject()).get_object()
