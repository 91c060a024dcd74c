"""Printing: frozen HTML in, the same PDF out every time; with page_faults.py the only importer of WeasyPrint."""

from __future__ import annotations

import hashlib
import os
import re
from functools import cache
from importlib.resources import files
from io import BytesIO
from threading import Lock
from typing import Any

from yuetan.documents import page_faults
from yuetan.documents.page_faults import Judged
from yuetan.documents.typesetting import fonts
from yuetan.documents.typesetting.fonts import FontsMissingError
from yuetan.rules.text.official_text import joined

IMPRINT = 'class="imprint-place'
RUNNING = '<div class="head">'
COLOURS = "colours"
SIGNED = re.compile('<article class="sheet sheet-(letter|document)')  # minutes bear no signature
NAMES_KEPT, END_KEPT, FEW_KEPT = "names-kept", "end-kept", "few-kept"
# The names of those present, or the last paragraphs, kept together, other rows a page than 22: in the order tried.
OF_MINUTES = (NAMES_KEPT, "rows-23", "rows-23 names-kept", "rows-21 names-kept", "rows-24", "rows-24 names-kept")
OF_LETTERS = ("rows-23", "rows-24", "rows-25", FEW_KEPT, END_KEPT, f"rows-21 {FEW_KEPT}", f"rows-21 {END_KEPT}")
MORE_ROWS = {"rows-23": 1, "rows-24": 2, "rows-25": 3}  # on each page; if they do not bring all back they bring nothing
OF_LETTERS_BEFORE = ("rows-23", "rows-24", END_KEPT, f"rows-21 {END_KEPT}")

_printing = Lock()  # Pango's font map is one for the process and not made for several threads


def render_pdf(html: str) -> bytes:
    """The pages of a frozen paper; nothing outside the HTML but the fonts gets in."""
    fonts.folder()
    with _printing:
        pdf: bytes = _pages(html).write_pdf(
            pdf_variant="pdf/a-3u",
            pdf_tags=True,
            output_intent=COLOURS,
            pdf_identifier=hashlib.sha256(html.encode()).hexdigest()[:32].encode(),
            finisher=_refuse_boxes,
        )
    return pdf


def _pages(html: str) -> Any:
    """The pages with the fewest faults: as they are, else with a row more or less on each where that mends one."""
    document, judged = _with_imprint(html), _judged(html)
    least = page_faults.of(document, judged)
    trials = _trials(html) if page_faults.may_be_mended(document, least) else ()
    if judged == Judged.GAPS:
        room = {classes: rows * (len(document.pages) - 1) for classes, rows in MORE_ROWS.items()}
        needed = page_faults.rows_of_the_last(document)
        trials = tuple(classes for classes in trials if room.get(classes, needed) >= needed)
    for classes in trials:
        other = _with_imprint(html.replace('class="sheet ', f'class="sheet {classes} ', 1))
        faults = page_faults.of(other, judged)
        if faults < least:
            document, least = other, faults
        if not least:
            break
    return document


def _judged(html: str) -> Judged:
    """What a paper is judged by: one frozen before the style sheet knew of it is printed as it was."""
    if not SIGNED.search(html) or not _knows(html, END_KEPT):
        return Judged.FACES
    return Judged.GAPS if _knows(html, FEW_KEPT) else Judged.ENDS


def _trials(html: str) -> tuple[str, ...]:
    """The classes of the sheet by which its breaks are tried; none for a form, which is no running text."""
    if RUNNING not in html or not _knows(html, NAMES_KEPT):
        return ()
    if SIGNED.search(html) and _knows(html, END_KEPT):
        return OF_LETTERS if _knows(html, FEW_KEPT) else OF_LETTERS_BEFORE
    return OF_MINUTES


def _knows(html: str, name: str) -> bool:
    return f".sheet.{name} " in html


def _with_imprint(html: str) -> Any:
    """The pages, the 版记 on an even one: where the text ends on an odd one, on the back of that."""
    document = _laid_out(html)
    if IMPRINT not in html or len(document.pages) % 2 == 0:
        return document
    document = _laid_out(html.replace(IMPRINT, f"{IMPRINT} imprint-face"))
    if page_faults.is_blank(document.pages[-2]):
        document = _laid_out(html.replace(IMPRINT, f"{IMPRINT} imprint-face imprint-unnumbered"))
    return document


def _laid_out(html: str) -> Any:
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=("data",))
    return HTML(string=html, url_fetcher=fetcher).render(
        font_config=_font_configuration(), color_profiles={COLOURS: _colours()}, pdf_variant="pdf/a-3u"
    )


def _refuse_boxes(document: Any, pdf: Any) -> None:
    # A missing font is replaced without a word, and a missing character becomes a box that can still be copied.
    used = {font.family for font in document.fonts.values()}
    unlisted = sorted(used - fonts.LISTED)
    boxes = sorted({chr(code) for font in document.fonts.values() for code in font.missing})
    refusals = []
    if used.isdisjoint(fonts.BODY_FAMILIES):
        refusals.append(f"{os.environ['FONTCONFIG_FILE']} 没有给出仿宋体。")
    if unlisted:
        refusals.append(f"有文字会用公文字体以外的字体印出：{joined(unlisted)}。")
    if boxes:
        refusals.append(f"字库中没有下列字，会印成方框：{joined(boxes)}。")
    if refusals:
        _font_configuration.cache_clear()
        raise FontsMissingError("".join([*refusals, fonts.REMEDY]))


@cache
def _font_configuration() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _colours() -> Any:
    # WeasyPrint's own sRGB, read here because WeasyPrint would leave the file open.
    from weasyprint.css import ColorProfile

    profile = (files("weasyprint") / "pdf" / "sRGB2014.icc").read_bytes()
    return ColorProfile(BytesIO(profile), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    from pypdf import PdfReader

    return len(PdfReader(BytesIO(pdf)).pages)
