"""电子印章: where a seal stands on a paper, and the one interface through which any product puts it there."""

from __future__ import annotations

from typing import NamedTuple, Protocol, cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from yuetan.models import Document
from yuetan.rules.text import official_text

POINTS_PER_MM = 72 / 25.4
DIAMETER = 42 * POINTS_PER_MM  # of the round seal of an office like this one
# GB/T 9704 7.3.5.1: the seal lies on organ and date, which stand a little below its middle.
ABOVE_DATE = 22.0


class Box(NamedTuple):
    """Where the seal stands, in points from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float


class Seal(Protocol):
    """What a product for seals gives: the document with its seal, nothing of what was there before changed."""

    def __call__(self, document: bytes, page: int, box: Box) -> bytes:
        """Seal a PDF on a page, counted from 0."""


class NoPlaceForSeal(Exception):  # noqa: N818 - a fact, not a fault
    """The paper does not bear the date on which a seal would lie."""


def configured_seal() -> Seal:
    """The function that `YUETAN_SEAL` names; raises ImproperlyConfigured if it names none that can be imported."""
    if not settings.SEAL:
        raise ImproperlyConfigured("没有配置电子印章（YUETAN_SEAL）。")
    try:
        return cast("Seal", import_string(settings.SEAL))
    except ImportError as missing:
        raise ImproperlyConfigured(f"电子印章 {settings.SEAL} 没有装好：{missing}") from missing


def seal_paper(document: Document, pdf: bytes) -> bytes:
    """A copy of the stored PDF with the seal of the installation; the stored one stays as it is.

    Raises ImproperlyConfigured without a seal, NoPlaceForSeal for a paper that bears none.
    """
    return configured_seal()(pdf, *place_of_seal(pdf, official_text.chinese_date(document.issued_at)))


def place_of_seal(pdf: bytes, dated: str) -> tuple[int, Box]:
    """The page and the box of a seal on the last place where this date stands; raises NoPlaceForSeal if it does not."""
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as pages:
        for number in reversed(range(len(pages))):
            text = pages[number].get_textpage()
            search = text.search(dated)
            places = list(iter(search.get_next, None))
            if places:
                first, count = places[-1]
                left, bottom, _, _ = text.get_charbox(first)
                _, _, right, top = text.get_charbox(first + count - 1)
                x, y, half = (left + right) / 2, (bottom + top) / 2 + ABOVE_DATE, DIAMETER / 2
                return number, Box(x - half, y - half, x + half, y + half)
    raise NoPlaceForSeal(dated)
