"""The mark on an issued paper: in the foot margin of the last page alone, readable, and no row is moved by it."""

import io
from collections.abc import Iterator

import pdfplumber
import pypdfium2
import pytest
import segno

from yuetan.documents.content.check_mark import address, check_mark
from yuetan.documents.freezing import frozen, frozen_with_mark
from yuetan.documents.pdf import render_pdf
from yuetan.documents.samples.papers import sample_papers
from yuetan.rules import check_code
from yuetan.rules.text.canonical_wording import wording_sha256

CODE = "ABCDEFGHJKMNPQRS"
DIGEST = "3f2a9c0177bde04a" + "0" * 48
MM = 72 / 25.4
PUBLIC = "https://yuetan.example"
WITH_A_NUMBER = [(name, kind, facts) for name, kind, facts in sample_papers() if facts.get("number")]


def words_of(pdf: bytes) -> list[list[tuple[str, float, float]]]:
    """A page's words with their place, in hundredths of a millimetre."""
    with pdfplumber.open(io.BytesIO(pdf)) as pages:
        return [
            [(w["text"], round(w["x0"] / MM, 2), round(w["top"] / MM, 2)) for w in page.extract_words()]
            for page in pages.pages
        ]


@pytest.fixture
def public_url(settings: object) -> None:
    settings.PUBLIC_URL = PUBLIC


@pytest.mark.parametrize(("name", "kind", "facts"), WITH_A_NUMBER[::3], ids=[n for n, _, _ in WITH_A_NUMBER[::3]])
def test_the_mark_stands_under_everything_on_the_last_page_and_moves_nothing(name, kind, facts, public_url):
    bare = words_of(render_pdf(frozen(kind, facts)))
    marked = words_of(render_pdf(frozen_with_mark(kind, facts, CODE)[0]))
    assert len(marked) == len(bare)
    assert marked[:-1] == bare[:-1]
    added = [word for word in marked[-1] if word not in bare[-1]]
    assert [word for word in marked[-1] if word in bare[-1]] == bare[-1]
    digest = check_code.shortened(wording_sha256(frozen(kind, facts)))
    code = ("文书查验码", "ABCD-EFGH-JKMN-PQRS", "内容校验", digest)
    assert {text for text, _, _ in added} == {*code, f"{PUBLIC}/verify/"}
    assert all(279 < top < 291 for _, _, top in added)


def drawn_modules(pdf: bytes, size: int) -> Iterator[list[bool]]:
    """The dark and light squares of the QR code on the last page, read off a raster of 600 dots an inch."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[len(document) - 1]
    dots = 600 / 25.4
    picture = page.render(scale=600 / 72).to_pil().convert("L")
    page.close()
    document.close()
    foot = picture.crop((0, round(279.2 * dots), picture.width, round(292.8 * dots)))
    box = foot.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    left, top = box[0], box[1]
    side = 13 * dots / size
    assert top + 279.2 * dots == pytest.approx(279.5 * dots, abs=0.3 * dots)
    for row in range(size):
        yield [
            foot.getpixel((round(left + (column + 0.5) * side), round(top + (row + 0.5) * side))) < 128
            for column in range(size)
        ]


@pytest.mark.parametrize("url", ["", PUBLIC])
def test_the_drawn_code_is_the_code(settings, url):
    settings.PUBLIC_URL = url
    _, kind, facts = WITH_A_NUMBER[0]
    wanted = [[bool(module) for module in row] for row in segno.make_qr(address(CODE), error="m").matrix]
    assert list(drawn_modules(render_pdf(frozen_with_mark(kind, facts, CODE)[0]), len(wanted))) == wanted


def test_without_a_public_address_the_bare_code_is_drawn(settings):
    settings.PUBLIC_URL = ""
    assert (address(CODE), check_mark(CODE, DIGEST)["check_place"]) == (CODE, "")


def test_the_address_leads_to_the_filled_in_question(public_url):
    assert address(CODE) == f"{PUBLIC}/verify/?code={CODE}"


def test_a_paper_not_issued_bears_no_mark():
    _, kind, facts = WITH_A_NUMBER[0]
    assert "check-mark" not in frozen(kind, facts).partition("<body>")[2]
