"""What a clerk would send back in the pages of a paper: a face without text, one of one row, of names, of the end."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weasyprint.document import Document, Page

FACE_WITHOUT_TEXT, PAGE_OF_ONE_ROW, PAGE_OF_NAMES, PAGE_OF_THE_END = 3, 2, 2, 1
ROWS_BEFORE_THE_END = 2  # so few rows of text above organ and date are 联系人 and the end of a sentence
FEW_ROWS, MANY_ROWS = 7, 17  # on the last face with text: with a row more or less a page it may go, or one may follow


def of(document: Document, *, with_ends: bool) -> int:
    """How faulty laid out pages are; 0 where nothing is to be mended. `with_ends`: also how a letter ends."""
    pages = [_kinds_of_rows(page) for page in document.pages]
    faults = sum(FACE_WITHOUT_TEXT for page in pages if not page)
    for before, page in pairwise(pages):
        if before and len(page) == 1:
            faults += PAGE_OF_ONE_ROW
        if page and set(page) == {"people"}:
            faults += PAGE_OF_NAMES
    return faults + (PAGE_OF_THE_END if with_ends and len(pages) > 1 and _is_end_alone(pages[-1]) else 0)


def _is_end_alone(page: list[str]) -> bool:
    return "signed-on" in page and sum(kind in ("text", "heading") for kind in page) <= ROWS_BEFORE_THE_END


def may_be_mended(document: Document, faults: int) -> bool:
    """Whether there are faults, and not only that the text ends in the middle of a right page."""
    last = next((rows for page in reversed(document.pages) if (rows := _kinds_of_rows(page))), [])
    return faults > FACE_WITHOUT_TEXT or (faults > 0 and not FEW_ROWS <= len(last) <= MANY_ROWS)


def is_blank(page: Page) -> bool:
    """Whether a page was left free for the next to be a left one."""
    return bool(page._page_box.page_type.blank)  # noqa: SLF001 - known nowhere else


def _kinds_of_rows(page: Page) -> list[str]:
    """What kind of paragraph each row of a page belongs to, the 版记 left out."""
    from weasyprint.formatting_structure.boxes import LineBox

    boxes = (box for box in page._page_box.descendants() if isinstance(box, LineBox))  # noqa: SLF001 - as above
    elements = (box.element for box in boxes if box.element is not None and box.element.tag in {"p", "h2"})
    kinds = (element.get("class") or "" for element in elements)
    return [kind for kind in kinds if not kind.startswith("imprint")]
