"""Data that a PDF may carry: the XML or XBRL of an electronic voucher, which nothing opens as a page or a program."""

import re
from pathlib import PurePosixPath
from xml.parsers import expat  # nosec B407 - no document type is let through, so there is no entity to expand

DATA_ENDINGS = {".xml", ".xbrl"}
MAX_DATA_BYTES = 5 * 1024 * 1024
DECLARED_CHINESE = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"'](gbk|gb2312|gb18030)[\"']", re.IGNORECASE)
# What a browser would show or run, or what turns data into it.
ACTIVE_NAMESPACES = re.compile(r"xhtml|/svg|XSL/Transform|xforms|mathml|wordml|office:spreadsheet", re.IGNORECASE)
ACTIVE_ELEMENTS = {"html", "svg", "script", "stylesheet", "transform", "iframe", "object", "embed", "package"}
BETWEEN = " "


class _Active(Exception):  # noqa: N818 - a fact about the data, not a fault
    """Something in the data acts."""


def is_data_name(name: str) -> bool:
    """Whether a name ends as the names of such data do."""
    return PurePosixPath(name.replace("\\", "/").strip().casefold()).suffix in DATA_ENDINGS


def is_plain_data(content: bytes) -> bool:
    """Whether these bytes are well-formed XML without a document type, a style sheet, or elements that act."""
    if len(content) > MAX_DATA_BYTES:
        return False
    chinese = DECLARED_CHINESE.match(content)
    try:
        text = content.decode("gb18030").encode() if chinese else content
        parser = expat.ParserCreate("utf-8" if chinese else None, BETWEEN)
        parser.StartElementHandler, parser.StartDoctypeDeclHandler = _element, _refuse
        parser.ProcessingInstructionHandler = _refuse
        parser.Parse(text, True)
    except (_Active, ValueError, expat.ExpatError):
        return False
    return True


def _element(qualified: str, attributes: object) -> None:
    namespace, _, name = qualified.rpartition(BETWEEN)
    if name.casefold() in ACTIVE_ELEMENTS or ACTIVE_NAMESPACES.search(namespace):
        raise _Active(qualified)


def _refuse(*declared: object) -> None:
    raise _Active(str(declared[:1]))
