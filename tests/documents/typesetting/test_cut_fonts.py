"""Glyphs that the distribution's fonts draw like another character: listed, cut at set-up, drawn by the next font."""

from __future__ import annotations

import json
import os
import subprocess
from collections import defaultdict
from pathlib import Path

import cut_fonts
import pytest
from django.conf import settings
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageStat

from yuetan.documents.typesetting import fonts

SOURCES = settings.VAR / "font_sources"
MISDRAWN = json.loads(cut_fonts.MISDRAWN.read_text(encoding="utf-8"))
LISTS = {
    "FandolFang-Regular.otf": fonts.BODY,
    "FandolKai-Regular.otf": fonts.KAI,
    "FandolHei-Regular.otf": fonts.HEI,
}
LIKE = {  # whose strokes are most like theirs, and draw every character as itself
    "FandolFang-Regular.otf": ("LXGWWenKai-Light.ttf", 0),
    "FandolKai-Regular.otf": ("LXGWWenKai-Light.ttf", 0),
    "FandolHei-Regular.otf": ("NotoSansCJK-Regular.ttc", cut_fonts.SIMPLIFIED),
}
PAIRS = [(name, *pair) for name, pairs in MISDRAWN.items() for pair in pairs.items()]
CUT = [(name, character) for name, character, _ in PAIRS]
HAN = range(0x4E00, 0xA000)


def ink(path: Path, index: int, character: str) -> Image.Image:
    """A character, as high as it stands and as wide as a square, blurred so that style counts for less than strokes."""
    font = ImageFont.truetype(path, 96, index=index, layout_engine=ImageFont.Layout.BASIC)
    drawn = Image.new("L", (160, 160))
    ImageDraw.Draw(drawn).text((30, 120), character, fill=255, font=font, anchor="ls")
    left, _, right, _ = drawn.getbbox() or (0, 0, 1, 1)
    square = drawn.crop((left, 0, right, drawn.height)).resize((64, 64), Image.Resampling.BOX)
    return square.filter(ImageFilter.GaussianBlur(2))


def unlike(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures differ."""
    return ImageStat.Stat(ImageChops.difference(one, other)).rms[0]


def code_points(path: Path) -> set[int]:
    """What a font draws."""
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap())


def test_the_fonts_that_are_cut_are_the_fonts_that_are_compared() -> None:
    assert {name: len(glyphs) for name, glyphs in MISDRAWN.items()} == {
        "FandolFang-Regular.otf": 14,
        "FandolKai-Regular.otf": 8,
        "FandolHei-Regular.otf": 17,
    }
    assert set(MISDRAWN) == set(cut_fonts.FANDOL)


@pytest.mark.parametrize(("name", "character", "drawn_as"), PAIRS)
def test_a_listed_glyph_is_more_like_the_other_character_than_like_its_own(
    name: str, character: str, drawn_as: str
) -> None:
    glyph, (like, index) = ink(SOURCES / name, 0, character), LIKE[name]
    own, other = (unlike(glyph, ink(SOURCES / like, index, one)) for one in (character, drawn_as))
    assert other < own * 0.95


@pytest.mark.parametrize("name", cut_fonts.FANDOL)
def test_of_two_characters_drawn_alike_one_is_listed(name: str) -> None:
    font = ImageFont.truetype(SOURCES / name, 96, layout_engine=ImageFont.Layout.BASIC)
    drawn = defaultdict(set)
    for code in code_points(SOURCES / name) & set(HAN):
        glyph = font.getmask(chr(code))
        drawn[glyph.size, bytes(glyph)].add(chr(code))
    assert len(drawn) > 7000
    assert [alike for alike in drawn.values() if len(alike - set(MISDRAWN[name])) > 1] == []


@pytest.mark.parametrize(("name", "character"), CUT)
def test_the_next_font_draws_what_was_cut(name: str, character: str) -> None:
    face = fonts.chain(LISTS[name]).face(character)
    assert face is not None
    assert face.path.name == ("NotoSansCJK-Regular.otf" if "Hei" in name else "LXGWWenKai-Light.ttf")


@pytest.mark.parametrize("name", cut_fonts.FANDOL)
def test_nothing_else_was_cut(name: str) -> None:
    assert code_points(SOURCES / name) - code_points(fonts.folder() / name) == set(map(ord, MISDRAWN[name]))


def test_the_font_of_titles_lies_in_two_files_without_a_gap() -> None:
    usual, rare = (code_points(fonts.folder() / f"NotoSerifCJK-Bold{part}.otf") for part in ("", "Rare"))
    with TTFont(SOURCES / "NotoSerifCJK-Bold.ttc", fontNumber=cut_fonts.SIMPLIFIED, lazy=True) as font:
        assert usual | rare == set(font.getBestCmap())
    assert usual <= code_points(SOURCES / "FandolFang-Regular.otf")
    assert usual.isdisjoint(rare)


def set_up(var: Path) -> str:
    """What script/setup says, of another folder."""
    there = os.environ | {"YUETAN_VAR": str(var), "DATABASE_URL": "postgres://nobody", "YUETAN_STARTED": "script/setup"}
    command = [settings.BASE_DIR / "script" / "setup"]
    return subprocess.run(command, env=there, check=True, capture_output=True, text=True, timeout=300).stdout


def test_fonts_of_an_earlier_version_are_brought_up_to_date_once(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    for source in SOURCES.iterdir():
        (tmp_path / "fonts" / source.name).hardlink_to(source)
    cut = tmp_path / "fonts" / "FandolFang-Regular.otf"
    assert "裁剪公文字体" in set_up(tmp_path)
    assert cut.read_bytes() == (fonts.folder() / cut.name).read_bytes()
    first = cut.stat().st_mtime_ns
    assert "裁剪公文字体" not in set_up(tmp_path)
    assert cut.stat().st_mtime_ns == first
    (tmp_path / "fonts" / "NotoSerifCJK-Bold.otf").write_bytes(b"half")
    assert "裁剪公文字体" in set_up(tmp_path)
    assert (tmp_path / "fonts" / "NotoSerifCJK-Bold.otf").stat().st_size > 1_000_000
