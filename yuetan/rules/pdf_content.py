"""What is wrong with a PDF file: it cannot be read, or it can do more than be read; answers are Chinese clauses."""

from collections.abc import Iterator
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, PdfObject

from yuetan.rules.zip_structure import ENCRYPTED

MAX_OBJECTS = 50_000
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


def pdf_problems(stream: BinaryIO) -> Iterator[str]:
    """Name what forbids to take a PDF; every object is looked at, reachable from a page or not."""
    reader = PdfReader(stream, strict=False)
    if reader.is_encrypted:
        yield ENCRYPTED
        return
    numbers = _object_numbers(reader)
    if len(numbers) > MAX_OBJECTS:
        yield TOO_MANY_OBJECTS
        return
    yield from _problems_of(reader.trailer)
    for number, generation in numbers:
        yield from _problems_of(reader.get_object(IndirectObject(number, generation, reader)))
    if next(iter(reader.pages), None) is None:
        yield NO_PAGE


def _object_numbers(reader: PdfReader) -> list[tuple[int, int]]:
    plain = {(number, generation) for generation, offsets in reader.xref.items() for number in offsets}
    return sorted(plain | {(number, 0) for number in reader.xref_objStm})


def _problems_of(found: PdfObject | None) -> Iterator[str]:
    waiting: list[object] = [found]
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
