"""What a clerk would send back in the pages of a paper: a face without text, one of one row, of names, of the end."""

from __future__ import annotations

from enum import IntEnum
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weasyprint.document import Document, Page
    from weasyprint.formatting_structure.boxes import LineBox

FACE_WITHOUT_TEXT, PAGE_OF_ONE_ROW, PAGE_OF_NAMES, PAGE_OF_THE_END = 3, 2, 2, 1
PAGE_OF_A_SIGNATURE, PAGE_OF_AN_END, PAGE_LEFT_SHORT = 3, 2, 1
BLANK_ABOVE_THE_SIGNATURE = 2
BLANK_ROWS = 4.5  # more than four at the foot of a page that is not the last are seen
ROWS_BEFORE_THE_END = 2  # so few rows of text above organ and date are 联系人 and the end of a sentence
FEW_ROWS, MANY_ROWS = 7, 17  # on the last face with text: with a row more or less a page it may go, or one may follow


class Judged(IntEnum):
    """How much is looked at; papers frozen before something was are judged without it."""

    FACES = 0
    ENDS = 1  # also how a letter ends
    GAPS = 2  # also what is left blank for that


def of(document: Document, judged: Judged) -> int:
    """How faulty laid out pages are; 0 where nothing is to be mended."""
    pages = [_kinds_of_rows(page) for page in document.pages]
    faults = sum(FACE_WITHOUT_TEXT for page in pages if not page)
    for before, page in pairwise(pages):
        if before and len(page) == 1:
            faults += PAGE_OF_ONE_ROW
        if page and set(page) == {"people"}:
            faults += PAGE_OF_NAMES
    if judged == Judged.GAPS:
        faults += sum(PAGE_LEFT_SHORT for page in document.pages[:-1] if _blank_rows(page) > BLANK_ROWS)
    return faults + (_of_the_end(pages[-1], judged) if judged and len(pages) > 1 else 0)


def _of_the_end(page: list[str], judged: Judged) -> int:
    rows = sum(kind in ("text", "heading") for kind in page)
    if "signed-on" not in page or rows > ROWS_BEFORE_THE_END:
        return 0
    if judged == Judged.ENDS:
        return PAGE_OF_THE_END
    return PAGE_OF_AN_END if rows else PAGE_OF_A_SIGNATURE


def rows_of_the_last(document: Document) -> float:
    """How many rows of the last page of a letter, with the blank ones above its signature, do not go on the others."""
    rows = len(_kinds_of_rows(document.pages[-1])) + BLANK_ABOVE_THE_SIGNATURE
    return rows - sum(map(_blank_rows, document.pages[:-1]))


def may_be_mended(document: Document, faults: int) -> bool:
    """Whether there are faults, and not only that the text ends in the middle of a right page."""
    last = next((rows for page in reversed(document.pages) if (rows := _kinds_of_rows(page))), [])
    return faults > FACE_WITHOUT_TEXT or (faults > 0 and not FEW_ROWS <= len(last) <= MANY_ROWS)


def is_blank(page: Page) -> bool:
    """Whether a page was left free for the next to be a left one."""
    return bool(page._page_box.page_type.blank)  # noqa: SLF001 - known nowhere else


def _kinds_of_rows(page: Page) -> list[str]:
    """What kind of paragraph each row of a page belongs to, the 版记 left out."""
    kinds = (row.element.get("class") or "" for row in _rows_of_text(page))
    return [kind for kind in kinds if not kind.startswith("imprint")]


def _rows_of_text(page: Page) -> list[LineBox]:
    from weasyprint.formatting_structure.boxes import LineBox

    boxes = (box for box in page._page_box.descendants() if isinstance(box, LineBox))  # noqa: SLF001 - as above
    return [box for box in boxes if box.element is not None and box.element.tag in {"p", "h2"}]


def _blank_rows(page: Page) -> float:
    """How many rows would go in below the last one; none where a page holds no text, which is another fault."""
    rows, box = _rows_of_text(page), page._page_box  # noqa: SLF001 - as above
    if not rows:
        return 0
    foot = max(row.position_y + row.height for row in rows)
    return float((box.content_box_y() + box.height - foot) / rows[-1].height)
