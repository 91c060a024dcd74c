"""What the fonts of papers can draw, in which order they stand, and that nothing else is ever printed."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from tests.factories import case_in, keywords, take
from yuetan.documents.content.paragraphs import Paragraph
from yuetan.documents.freezing import frozen
from yuetan.documents.pdf import render_pdf
from yuetan.documents.samples.papers import GROUP, RARE, letter
from yuetan.documents.typesetting import fonts
from yuetan.documents.typesetting.fonts import Chain, FontsMissingError
from yuetan.documents.typesetting.letterhead import letter_rules, minutes_rules
from yuetan.documents.typesetting.line_breaking import HALVED_BEFORE, HALVED_BEHIND
from yuetan.documents.typesetting.typesetting import missing_characters, tracking_rules
from yuetan.errors import Refused
from yuetan.models import Document, NumberEntry, Unit
from yuetan.vocabulary import CaseState, DocumentKind, Verb

STANDARD = Path(__file__).with_name("standard_characters_8105.txt").read_text(encoding="utf-8").strip()
STATIC = Path(settings.BASE_DIR) / "static" / "documents"
LISTS = {"BODY": fonts.BODY, "KAI": fonts.KAI, "HEI": fonts.HEI, "TITLE": fonts.TITLE}
UNDRAWN = "\ue000"  # nobody's character


def test_by_these_names_the_font_of_the_body_is_known() -> None:
    assert {"仿宋_GB2312", "FangSong_GB2312", "FandolFang", "FangSong", "STFangsong"} == fonts.BODY_FAMILIES


def test_the_standard_characters_are_all_there() -> None:
    assert len(STANDARD) == len(set(STANDARD)) == 8105


@pytest.mark.parametrize("families", LISTS.values(), ids=LISTS)
def test_every_standard_and_every_rare_character_has_a_glyph(families: tuple[str, ...]) -> None:
    assert fonts.chain(families).missing(STANDARD + RARE) == []


def test_every_standard_and_every_rare_character_is_printed_by_a_listed_font() -> None:
    body = [Paragraph(RARE), *(Paragraph(STANDARD[start : start + 700]) for start in range(0, 8105, 700))]
    pdf = render_pdf(frozen(DocumentKind.CANCELLATION, letter(DocumentKind.CANCELLATION, "字表", body)))
    used = {
        font.get_object()["/BaseFont"].partition("+")[2].replace("-", " ")
        for page in PdfReader(BytesIO(pdf)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert len(used) >= 3
    assert all(name.startswith(tuple(fonts.LISTED)) for name in used), used


@pytest.mark.parametrize("families", LISTS.values(), ids=LISTS)
def test_the_style_sheet_names_the_same_fonts_in_the_same_order(families: tuple[str, ...]) -> None:
    css = " ".join((STATIC / "gb9704.css").read_text(encoding="utf-8").split())
    assert ", ".join(f'"{family}"' for family in families) in css


def test_every_font_that_the_style_sheet_names_may_be_printed() -> None:
    css = (STATIC / "gb9704.css").read_text(encoding="utf-8")
    named = {name for rule in re.findall(r"font(?:-family)?:([^;]+);", css) for name in re.findall(r'"([^"]+)"', rule)}
    assert {"仿宋_GB2312", "STFangsong", "KaiTi", "Heiti SC", "STSong"} <= named <= fonts.LISTED


def test_a_class_for_every_tracking() -> None:
    css = (STATIC / "tracking.css").read_text(encoding="utf-8")
    assert css.splitlines()[1:] == [rule for _, rule in tracking_rules()]
    shown = render_to_string("components/paper.html", {"label": "", "preview": ""})
    assert "documents/gb9704.css" in shown
    assert "documents/tracking.css" in shown


def test_a_frozen_paper_carries_the_trackings_it_uses_and_imports_nothing() -> None:
    html = frozen(DocumentKind.CANCELLATION, letter(DocumentKind.CANCELLATION, "函", [Paragraph(STANDARD[:90])]))
    assert "@import" not in html
    used = set(re.findall(r'class="(tracking-[^"]+)"', html))
    assert used
    assert {name for name in used if f".{name} {{" in html} == used
    assert len(re.findall(r"\.tracking-", html)) == len(used)


def test_halved_marks_have_their_ink_in_the_other_half() -> None:
    face = fonts.chain(fonts.BODY).faces[0]
    with TTFont(face.path, fontNumber=face.index) as font:
        drawn, glyphs = font.getGlyphSet(), font.getBestCmap()
        for mark in HALVED_BEHIND | HALVED_BEFORE:
            pen = BoundsPen(drawn)
            drawn[glyphs[ord(mark)]].draw(pen)
            left, _, right, _ = pen.bounds
            assert right <= 500 if mark in HALVED_BEHIND else left >= 500, mark


def test_ink_is_where_the_outlines_are() -> None:
    face = fonts.chain(fonts.TITLE).faces[0]
    with TTFont(face.path, fontNumber=face.index) as font:
        drawn, glyphs, bounds = font.getGlyphSet(), font.getBestCmap(), []
        for character in GROUP:
            pen = BoundsPen(drawn)
            drawn[glyphs[ord(character)]].draw(pen)
            bounds.append(pen.bounds)
    outlines = max(box[3] for box in bounds) / 1000, min(box[1] for box in bounds) / 1000
    assert face.ink(GROUP) == pytest.approx(outlines, abs=0.002)


def test_a_long_mark_is_fitted_to_the_type_area() -> None:
    short, long = (
        float(re.search(r"font-size: ([\d.]+)pt", letter_rules({"mark": mark}))[1]) for mark in ("某办公室", GROUP * 2)
    )
    assert short == pytest.approx(38, abs=0.01)
    assert long * len(GROUP * 2) <= 156 / 25.4 * 72


def test_organ_and_date_of_minutes_are_set_smaller_where_they_would_come_too_near() -> None:
    for size in range(20, 31):  # of the 28 characters of a row three stay free between the two
        assert (
            "font-size: 14pt" in minutes_rules({"mark": GROUP, "organ": "字" * (size - 8), "dated_words": "日" * 8})
        ) is (size > 25)


@pytest.fixture
def few_fonts(tmp_path: Path) -> Path:
    """A folder with 仿宋 alone."""
    name = "FandolFang-Regular.otf"
    (tmp_path / name).symlink_to(fonts.folder() / name)
    return tmp_path


def test_a_font_taken_away_is_noticed(few_fonts: Path) -> None:
    assert Chain(fonts.BODY, few_fonts).missing(f"办{RARE}") == list(RARE)
    assert fonts.chain(fonts.BODY).missing(f"办{RARE}") == []


def own_font(few_fonts: Path, family: str, weight: int, text: str = "办公室") -> Path:
    """A font of the office's own, of a family and a weight, with these characters alone."""
    path = few_fonts / "office" / f"{weight}.otf"
    path.parent.mkdir(exist_ok=True)
    with TTFont(few_fonts / "FandolFang-Regular.otf") as font:
        subsetter = subset.Subsetter(subset.Options(name_IDs=["*"]))
        subsetter.populate(text=text)
        subsetter.subset(font)
        font["OS/2"].usWeightClass = weight
        for record in font["name"].names:
            record.string = family.encode(record.getEncoding(), "replace")
        font.save(path)
    return path


def test_the_offices_own_font_stands_first(few_fonts: Path) -> None:
    own = own_font(few_fonts, "仿宋_GB2312", 400)
    chain = Chain(fonts.BODY, few_fonts)
    assert chain.faces[0].path == own
    assert chain.is_fallback("文")
    assert not chain.is_fallback("办")


def test_of_several_weights_the_one_asked_for_is_taken_and_else_the_one_there(few_fonts: Path) -> None:
    family = "方正小标宋简体"
    weights = [own_font(few_fonts, family, weight) for weight in (500, 600, 700)]
    taken = {bold: Chain((family,), few_fonts, bold=bold).faces for bold in (False, True)}
    assert {bold: [face.path for face in faces] for bold, faces in taken.items()} == {
        False: weights[:1],
        True: weights[1:2],
    }


def test_a_title_is_set_in_the_offices_own_font_though_that_is_not_bold(few_fonts: Path) -> None:
    own = own_font(few_fonts, "FZXiaoBiaoSong-B05S", 400)
    assert [face.path for face in Chain(fonts.TITLE, few_fonts, bold=True).faces] == [own]


def test_each_list_is_drawn_by_the_fonts_it_names_in_the_weight_of_its_place() -> None:
    rest = ["LXGWWenKai-Light.ttf", "HanaMinA.ttf", "HanaMinB.ttf"]
    first = {
        fonts.BODY: ["FandolFang-Regular.otf", *rest],
        fonts.KAI: ["FandolKai-Regular.otf", *rest],
        fonts.HEI: ["FandolHei-Regular.otf", "NotoSansCJK-Regular.otf", *rest],
        fonts.TITLE: ["NotoSerifCJK-Bold.otf", "NotoSerifCJK-BoldRare.otf", *rest],
        fonts.SONG: ["NotoSerifCJK-Regular.otf"],
    }
    assert {names: [face.path.name for face in fonts.chain(names).faces] for names in first} == first
    title = fonts.chain(fonts.TITLE).faces[0]
    with TTFont(title.path, fontNumber=title.index, lazy=True) as font:
        assert font["name"].getDebugName(4) == "Noto Serif CJK SC Bold"


@pytest.mark.parametrize("name", ["FandolFang-Regular", "Regular", "Noto Serif CJK SC Bold", "NotoSerifCJKsc-Bold"])
def test_a_font_is_known_by_its_family_alone_as_the_style_sheet_names_it(name: str) -> None:
    assert Chain((name,), fonts.folder()).faces == []


def test_what_nobody_can_draw_is_named() -> None:
    assert missing_characters("字", f"好{UNDRAWN}") == [f"{UNDRAWN}（U+E000）"]
    assert missing_characters("葛\U000e0101 \u3000\ufe0f") == []


@pytest.mark.parametrize(
    ("character", "named"),
    [
        ("😀", "😀（U+1F600，图形符号）"),
        ("⚠", "⚠（U+26A0，图形符号）"),
        ("⭐", "⭐（U+2B50，图形符号）"),
        ("❤", "❤（U+2764，图形符号）"),
        ("⏰", "⏰（U+23F0，图形符号）"),
        ("1\u20e3", "\u20e3（U+20E3，图形符号）"),
        ("\ufffd", "\ufffd（U+FFFD，乱码）"),
    ],
)
def test_pictographs_and_what_was_misread_are_refused_by_name_though_a_font_draws_them(
    character: str, named: str
) -> None:
    assert missing_characters(f"涉黑{character}线索") == [named]


def test_signs_of_official_papers_are_no_pictographs() -> None:
    assert missing_characters("内部★1年☆○●◎△▲□■◇◆※√×①②③㈠→←↑↓№℃￥＄％‰·—…〔〕♀♂☑✓") == []


def test_a_title_of_usual_and_rare_characters_is_printed_whole() -> None:
    title = "关于㛃镕䶮桂鄺繁堃乄工作的函"
    assert len({fonts.chain(fonts.TITLE).face(character) for character in title}) >= 2
    pdf = render_pdf(frozen(DocumentKind.CANCELLATION, letter(DocumentKind.CANCELLATION, title, [Paragraph("字")])))
    assert title in "".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())


def test_a_step_whose_paper_cannot_be_drawn_is_refused_and_leaves_nothing(town: Unit) -> None:
    case = case_in(CaseState.APPROVED, unit=town)
    chosen = keywords(Verb.SERVE_NOTICE, case)
    with pytest.raises(Refused) as refused:
        take(Verb.SERVE_NOTICE, case, **chosen | {"place": f"线索{UNDRAWN}会议室"})
    assert f"{UNDRAWN}（U+E000）" in str(refused.value)
    case.refresh_from_db()
    assert case.state == CaseState.APPROVED
    assert not Document.objects.exists()
    assert not NumberEntry.objects.exists()
    assert take(Verb.SERVE_NOTICE, case).state == CaseState.NOTIFIED


@pytest.mark.parametrize(
    ("html", "why"),
    [
        (f"<p style='font-family: FandolFang'>字{UNDRAWN}", f"会印成方框：{UNDRAWN}"),
        ("<p style='font-family: FandolHei'>字", "没有给出仿宋体"),
    ],
)
def test_nothing_unlisted_is_printed_even_then(html: str, why: str) -> None:
    with pytest.raises(FontsMissingError, match=re.escape(why)):
        render_pdf(f'<html lang="zh-CN">{html}')


def test_a_font_that_is_not_listed_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "LISTED", fonts.LISTED - {"FandolHei"})
    with pytest.raises(FontsMissingError, match="公文字体以外的字体印出：FandolHei"):
        render_pdf('<html lang="zh-CN"><p style="font-family: FandolFang">字<b style="font-family: FandolHei">字</b>')
