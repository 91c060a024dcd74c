"""What is wrong with a PDF file: it cannot be read, or it can do more than be read; answers are Chinese clauses."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain, pairwise
from typing import Any, BinaryIO, cast

from pypdf import PasswordType, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, PdfObject, StreamObject

from yuetan.rules.files.plain_data import is_data_name, is_plain_data
from yuetan.rules.files.zip_structure import DAMAGED, ENCRYPTED

DOTS_PER_INCH, POINTS_PER_INCH = 150, 72
MAX_OBJECTS = 50_000
# Blanks are read one by one: a small file can hold, or point at again and again, more than anybody waits for.
MAX_READS = 20_000_000
MAX_PACKED_OBJECTS_BYTES = 20 * 1024 * 1024
TOO_MANY_OBJECTS = "结构过于复杂，不能上传，请打印成 PDF 后再上传"
NO_PAGE = "没有任何页面，请重新导出后再上传"
SCRIPT = "含有脚本（JavaScript），不能上传，请打印成 PDF 后再上传"
LAUNCH = "含有启动外部程序的动作，不能上传，请打印成 PDF 后再上传"
EMBEDDED = "含有嵌入的文件，不能上传，请把嵌入的文件另存后单独上传，本文件打印成 PDF 后再上传"
PROBLEM_OF_KEY = {
    "/JS": SCRIPT,
    "/JavaScript": SCRIPT,
    "/XFA": SCRIPT,
    "/EmbeddedFiles": EMBEDDED,
    "/EF": EMBEDDED,
}
# What a place for embedded files is called: the list of all, one file's own, and the file itself.
ALL_EMBEDDED, ONE_EMBEDDED, EMBEDDED_FILE = "/EmbeddedFiles", "/EF", "/EmbeddedFile"
NAMES_OF_FILES = ("/F", "/UF", "/DOS", "/Mac", "/Unix")
MAX_DEPTH = 10
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
# A catalogue that was replaced may have named the same files that the new one names, and that are looked into.
FORMER_CATALOGUE = ALL_EMBEDDED.encode()


def pdf_problems(stream: BinaryIO) -> Iterator[str]:
    """Name what forbids to take a PDF; every object is looked at, reachable from a page or not."""
    counted = _Counted(stream)
    reader = _opened(counted)
    if reader is None:
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


def page_size(stream: BinaryIO) -> tuple[int, int]:
    """Width and height of the first page of a PDF, looked at in 150 dots an inch."""
    stream.seek(0)
    box = PdfReader(stream, strict=False).pages[0].mediabox
    width, height = (int(abs(float(side)) * DOTS_PER_INCH / POINTS_PER_INCH) for side in (box.width, box.height))
    return width, height


def _opened(stream: "_Counted") -> PdfReader | None:
    """A reader of the file, unless a password is needed to read it. Many forbid copying only, and open for all."""
    try:
        reader = PdfReader(cast(BinaryIO, stream), strict=False)
        opens = not reader.is_encrypted or reader.decrypt("") != PasswordType.NOT_DECRYPTED
    except NotImplementedError:  # protected in a way of its own
        return None
    return reader if opens else None


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
    newest = {number: offset for offsets in reader.xref.values() for number, offset in offsets.items()}
    newest |= {number: newest[holder] for number, (holder, _) in reader.xref_objStm.items() if holder in newest}
    listed = {offset for offsets in reader.xref.values() for offset in offsets.values()}
    for keyword, following in pairwise(chain(KEYWORD.finditer(content), [None])):
        if keyword is not None and _begins_an_object(content, keyword) and not _is_listed(content, keyword, listed):
            words = content[keyword.end() : following.start() if following else None]
            names = NAME.findall(HEXADECIMAL.sub(_spelled_out, words))
            former = {FORMER_CATALOGUE} if _is_superseded(content, keyword, newest) else set()
            yield from (PROBLEM_OF_UNLISTED[name] for name in names if name in PROBLEM_OF_UNLISTED.keys() - former)


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


def _is_superseded(content: bytes, keyword: re.Match[bytes], newest: Mapping[int, int]) -> bool:
    """Whether the table names a later object of the same number, as in every file that was signed after it was made."""
    number = NUMBERED.search(content[max(0, keyword.start() - MAX_NUMBER_LENGTH) : keyword.start()])
    return number is not None and newest.get(int(number.group().split()[0]), 0) > keyword.start()


def _spelled_out(escaped: re.Match[bytes]) -> bytes:
    return bytes.fromhex(escaped[1].decode())


def _problems_of(root: PdfObject | None) -> Iterator[str]:
    waiting: list[object] = [root]
    while waiting:
        part = waiting.pop()
        if isinstance(part, DictionaryObject):
            keys = [key for key in part if key in PROBLEM_OF_KEY]
            yield from (PROBLEM_OF_KEY[key] for key in keys if not _carries_plain_data(part, key))
            entries = [(key, value) for key, value in PROBLEM_OF_ENTRY if _value(part, key) == value]
            yield from (PROBLEM_OF_ENTRY[entry] for entry in entries if not _is_plain_data(part, entry[1]))
            waiting.extend(part.values())
        elif isinstance(part, ArrayObject):
            waiting.extend(part)


def _value(part: DictionaryObject, key: str) -> object:
    # An indirect value must not hide what it stands for.
    return part.get(key, NullObject()).get_object()


def _carries_plain_data(part: DictionaryObject, key: str) -> bool:
    """Whether this place for embedded files holds some, and every one is the data of a voucher."""
    if key == ONE_EMBEDDED:
        return _is_plain_attachment(part)
    return key == ALL_EMBEDDED and _lists_plain_data(_value(part, key), MAX_DEPTH)


def _lists_plain_data(tree: object, depth: int) -> bool:
    if not isinstance(tree, DictionaryObject) or depth == 0:
        return False
    names, kids = _value(tree, "/Names"), _value(tree, "/Kids")
    files = [each.get_object() for each in names[1::2]] if isinstance(names, ArrayObject) else []
    branches = [each.get_object() for each in kids] if isinstance(kids, ArrayObject) else []
    leaves = all(isinstance(each, DictionaryObject) and _is_plain_attachment(each) for each in files)
    return bool(files or branches) and leaves and all(_lists_plain_data(each, depth - 1) for each in branches)


def _is_plain_attachment(part: DictionaryObject) -> bool:
    """Whether what is described here is called as data and is data, under each of its names."""
    names = [str(_value(part, key)) for key in NAMES_OF_FILES if key in part]
    held = _value(part, ONE_EMBEDDED)
    if not names or not all(map(is_data_name, names)) or not isinstance(held, DictionaryObject):
        return False
    return bool(held) and all(_is_plain_data(each.get_object(), EMBEDDED_FILE) for each in held.values())


def _is_plain_data(part: object, what: str) -> bool:
    return what == EMBEDDED_FILE and isinstance(part, StreamObject) and is_plain_data(part.get_data())
