"""Printing: frozen HTML in, the same PDF out every time; the only importer of WeasyPrint."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings

from yuetan.rules.official_text import joined

FONT_FILES = (
    "FandolFang-Regular.otf",
    "FandolHei-Regular.otf",
    "NotoSerifCJK-Regular.ttc",
    "NotoSerifCJK-Bold.ttc",
    "LXGWWenKai-Light.ttf",
    "HanaMinA.ttf",
    "HanaMinB.ttf",
)
BODY_FONTS = {"仿宋_GB2312", "FangSong_GB2312", "FandolFang", "FangSong", "STFangsong"}
REMEDY = "请运行 script/setup。"
COLOURS = "colours"

_printing = Lock()  # Pango's font map is one for the process and not made for several threads


class FontsMissingError(Exception):
    """The fonts of official papers are not where they are looked for; boxes would be printed instead."""


def render_pdf(html: str) -> bytes:
    """The pages of a frozen paper; nothing outside the HTML but the fonts gets in."""
    use_our_fonts()
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    with _printing:
        pdf: bytes = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",))).write_pdf(
            font_config=_font_configuration(),
            pdf_variant="pdf/a-3u",
            pdf_tags=True,
            output_intent=COLOURS,
            color_profiles={COLOURS: _colours()},
            pdf_identifier=hashlib.sha256(html.encode()).hexdigest()[:32].encode(),
            finisher=_refuse_boxes,
        )
    return pdf


def _refuse_boxes(document: Any, pdf: Any) -> None:
    # A missing font is replaced without a word, and with none at all every character becomes a box.
    if BODY_FONTS.isdisjoint(font.family for font in document.fonts.values()):
        _font_configuration.cache_clear()
        raise FontsMissingError(f"{os.environ['FONTCONFIG_FILE']} 没有给出仿宋体。{REMEDY}")


def use_our_fonts() -> None:
    """Point fontconfig to our fonts, before WeasyPrint loads it, and refuse if one is not there."""
    configuration = Path(os.environ.setdefault("FONTCONFIG_FILE", str(settings.VAR / "fonts" / "fonts.conf"))).resolve()
    folder = configuration.parent
    missing = [name for name in FONT_FILES if not (folder / name).is_file()]
    if missing:
        raise FontsMissingError(f"{folder} 缺少公文字体：{joined(missing)}。{REMEDY}")
    # Without a single font Pango ends the whole process.
    if not configuration.is_file() or f"<dir>{folder}</dir>" not in configuration.read_text():
        raise FontsMissingError(f"{configuration} 没有指向公文字体。{REMEDY}")


@cache
def _font_configuration() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _colours() -> Any:
    # WeasyPrint's own sRGB, read here because WeasyPrint would leave the file open.
    from weasyprint.css import ColorProfile

    profile = (files("weasyprint") / "pdf" / "sRGB2014.icc").read_bytes()
    return ColorProfile(BytesIO(profile), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))
