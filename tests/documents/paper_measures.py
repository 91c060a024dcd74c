"""A printed sample in millimetres: its rows by pdfplumber, its ink by a picture of 300 dots an inch."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

import pdfplumber
from PIL import Image, ImageChops

from yuetan.documents.freezing import frozen
from yuetan.documents.pdf import render_pdf
from yuetan.documents.samples.papers import sample_papers
from yuetan.documents.typesetting.line_breaking import HALVED_BEHIND
from yuetan.vocabulary import DocumentKind

MM = 25.4 / 72
DPI = 300
DOT = 25.4 / DPI


@dataclass(frozen=True)
class PrintedRow:
    """One row of a page: base line, edges of its character boxes, size in points, text."""

    page: int
    base: float
    left: float
    right: float
    size: float
    text: str

    def end(self, edge: float) -> float:
        """Where the row ends: a halved mark at the edge has given up the empty half of its box."""
        halved = self.text[-1] in HALVED_BEHIND and self.right > edge + 0.5
        return self.right - self.size * MM / 2 if halved else self.right


@cache
def _samples() -> dict[str, tuple[DocumentKind, dict[str, Any]]]:
    return {name: (kind, facts) for name, kind, facts in sample_papers()}


@cache
def sample_pdf(name: str) -> bytes:
    """A sample, printed once a session."""
    return render_pdf(frozen(*_samples()[name]))


@cache
def rows(name: str) -> list[PrintedRow]:
    """Every row of a sample, from top to bottom."""
    with pdfplumber.open(io.BytesIO(sample_pdf(name))) as document:
        return [row for page in document.pages for row in rows_of_page(page)]


def rows_of_page(page: pdfplumber.page.Page) -> Iterator[PrintedRow]:
    """The rows of one page of any PDF."""

    def base(character: dict) -> float:
        return round((float(page.height) - character["matrix"][5]) * MM, 2)

    for line, characters in groupby(sorted(page.chars, key=lambda c: (base(c), c["x0"])), key=base):
        row = list(characters)
        text = "".join(character["text"] for character in row)
        yield PrintedRow(page.page_number, line, row[0]["x0"] * MM, row[-1]["x1"] * MM, row[0]["size"], text)


def page_count(name: str) -> int:
    """How many pages a sample has, blank ones too."""
    with pdfplumber.open(io.BytesIO(sample_pdf(name))) as document:
        return len(document.pages)


@cache
def picture(name: str, page: int) -> Image.Image:
    """A page of a sample as a printer would draw it."""
    return page_picture(sample_pdf(name), page)


def page_picture(pdf: bytes, page: int) -> Image.Image:
    """A page of any PDF as a printer would draw it."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        command = ["pdftoppm", "-r", str(DPI), "-f", str(page), "-l", str(page), file.name]
        drawn = subprocess.run(command, capture_output=True, check=True).stdout
    return Image.open(io.BytesIO(drawn)).convert("RGB")


def red(image: Image.Image) -> Image.Image:
    """White where the page is red."""
    channels = image.split()
    return ImageChops.subtract(channels[0], channels[1]).point(lambda value: 255 if value > 128 else 0)


def black(image: Image.Image) -> Image.Image:
    """White where the page is black."""
    return image.split()[0].point(lambda value: 255 if value < 128 else 0)


def bands(mask: Image.Image, *, at_least: float = 0) -> list[tuple[float, float]]:
    """From top to bottom: where ink begins and ends, counting rows of dots that hold so many millimetres of it."""
    drawn, width = mask.tobytes(), mask.width
    filled = [drawn.count(255, y * width, (y + 1) * width) * DOT > at_least for y in range(mask.height)]
    found, y = [], 0
    for has_ink, run in groupby(filled):
        length = len(list(run))
        if has_ink:
            found.append((y * DOT, (y + length) * DOT))
        y += length
    return found


def sides(mask: Image.Image, top: float, bottom: float) -> tuple[float, float]:
    """Left and right edge of the ink between two heights."""
    strip = mask.crop((0, round(top / DOT), mask.width, round(bottom / DOT)))
    box = strip.getbbox()
    assert box is not None
    return box[0] * DOT, box[2] * DOT
