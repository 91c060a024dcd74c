"""script/compare_glyphs.py [--write]: what the Fandol fonts draw like another character, every glyph compared.

Run by hand when a font has changed; it needs numpy, which nothing else of ours does, and takes some minutes. It says
where misdrawn_glyphs.json differs from what it sees, or rewrites that file, by which script/cut_fonts.py cuts.

A glyph is described by the directions of its edges in 8 × 8 cells. It is listed if in all four reference fonts
another character is clearly more like it than its own; a little suffices where its own font draws another the same.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SOURCES = Path(os.environ.get("YUETAN_VAR", "var")) / "font_sources"
LISTED = Path(__file__).parent.parent / "yuetan" / "documents" / "typesetting" / "misdrawn_glyphs.json"
COMPARED = ("FandolFang-Regular.otf", "FandolKai-Regular.otf", "FandolHei-Regular.otf")
SIMPLIFIED = 2  # the place of that face in a collection of Noto
REFERENCES = {
    "NotoSerifCJK-Regular.ttc": SIMPLIFIED,
    "NotoSansCJK-Regular.ttc": SIMPLIFIED,
    "LXGWWenKai-Light.ttf": 0,
    "HanaMinA.ttf": 0,
}
HAN = range(0x4E00, 0xA000)
# Not Han, seen by eye on 2026-11-27 among all the marks and letters that the fonts draw.
MARKS = {"￥": "＄", "￣": "－"}

SIDE, FRAME, CELLS, DIRECTIONS = 64, 80, 8, 8
CLEARLY, A_LITTLE = 0.1, 0.03
SAME = 0.98

Matrix = np.ndarray


def han_of(name: str) -> set[int]:
    with TTFont(SOURCES / name, fontNumber=REFERENCES.get(name, 0), lazy=True) as font:
        return {code for code in font.getBestCmap() if code in HAN}


def squared(font: ImageFont.FreeTypeFont, character: str) -> Matrix:
    """The ink of a character in the middle of a square, flat and narrow ones lengthened."""
    drawn = Image.new("L", (200, 200))
    ImageDraw.Draw(drawn).text((50, 150), character, fill=255, font=font, anchor="ls")
    left, top, right, bottom = drawn.getbbox() or (0, 0, 1, 1)
    longest = max(right - left, bottom - top)
    size = [max(16, int(SIDE * (side / longest) ** 0.5)) for side in (right - left, bottom - top)]
    square = Image.new("L", (FRAME, FRAME))
    ink = drawn.crop((left, top, right, bottom)).resize((size[0], size[1]), Image.Resampling.BOX)
    square.paste(ink, ((FRAME - size[0]) // 2, (FRAME - size[1]) // 2))
    return np.asarray(square.filter(ImageFilter.GaussianBlur(1.2)), np.float32) / 255


def described(square: Matrix) -> Matrix:
    """The strength of the edges in each direction and cell, as a vector of length 1."""
    down, across = np.gradient(square)
    strength = np.hypot(across, down)
    turn = np.arctan2(down, across) % (2 * np.pi) / (2 * np.pi / DIRECTIONS)
    lower, part = np.floor(turn).astype(int) % DIRECTIONS, turn % 1
    cells = []
    for direction in range(DIRECTIONS):
        share = (lower == direction) * (1 - part) + ((lower + 1) % DIRECTIONS == direction) * part
        edges = Image.fromarray((np.clip(strength * share * 4, 0, 1) * 255).astype(np.uint8))
        cells.append(np.asarray(edges.filter(ImageFilter.GaussianBlur(5)), np.float32)[5::10, 5::10].ravel())
    vector = np.sqrt(np.concatenate(cells))
    vector -= vector.mean()
    return vector / (np.linalg.norm(vector) or 1)


def descriptions(name: str, codes: list[int]) -> Matrix:
    font = ImageFont.truetype(SOURCES / name, 96, index=REFERENCES.get(name, 0), layout_engine=ImageFont.Layout.BASIC)
    return np.stack([described(squared(font, chr(code))) for code in codes])


def misdrawn(codes: list[int], glyphs: Matrix, reference_codes: list[int], references: list[Matrix]) -> dict[str, str]:
    """Characters with the one that stands in their place, by references that all draw the same characters."""
    place = {code: row for row, code in enumerate(reference_codes)}
    own = [place[code] for code in codes]
    likenesses = [glyphs @ reference.T for reference in references]
    gain = np.min([each.max(axis=1) - each[np.arange(len(codes)), own] for each in likenesses], axis=0)
    nearest = np.sum(likenesses, axis=0).argmax(axis=1)
    listed = {}
    for row in np.flatnonzero(gain > A_LITTLE):
        others = glyphs @ glyphs[row]
        others[row] = 0
        if gain[row] > CLEARLY or others.max() > SAME:
            listed[chr(codes[row])] = chr(reference_codes[nearest[row]])
    return listed


def main() -> None:
    shared = sorted(set.intersection(*(han_of(name) for name in REFERENCES)))
    references = [descriptions(name, shared) for name in REFERENCES]
    seen: dict[str, dict[str, str]] = {}
    kept = json.loads(LISTED.read_text(encoding="utf-8"))
    for name in COMPARED:
        codes = sorted(han_of(name) & set(shared))
        seen[name] = misdrawn(codes, descriptions(name, codes), shared, references) | MARKS
        # The nearest is not always the very character; what stands in the list was seen by eye.
        seen[name] |= {one: other for one, other in kept.get(name, {}).items() if one in seen[name]}
    if "--write" in sys.argv[1:]:
        LISTED.write_text(json.dumps(seen, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    for name, glyphs in seen.items():
        differing = sorted(set(glyphs.items()) ^ set(kept.get(name, {}).items()))
        sys.stdout.write(f"{name} {len(glyphs)} {''.join(glyphs)} differing: {differing}\n")
    sys.exit(seen != kept and "--write" not in sys.argv[1:])


if __name__ == "__main__":
    main()
