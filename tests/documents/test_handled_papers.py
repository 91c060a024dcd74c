"""份号, 密级, 紧急程度, 附注, 抄送, 附件 as printed, by GB/T 9704 7.2.1–7.2.3, 7.3.4, 7.3.6, 7.3.7, 7.4.3, 10.1."""

import io

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from tests.documents.paper_measures import bands, black, page_count, picture, red, rows
from tests.documents.test_measures import ASCENT, BOTTOM, CHARACTER, LEFT, PITCH, TOP
from yuetan.documents.exports.copy_facts import copy_facts
from yuetan.documents.exports.docx_copy import render_docx
from yuetan.documents.freezing import frozen
from yuetan.documents.pdf import page_count as pages_of
from yuetan.documents.pdf import render_pdf
from yuetan.documents.samples.papers import LETTERS, LIST, body_of_rows, letter, sample_papers
from yuetan.rules.text.handling import Handling
from yuetan.vocabulary import DocumentKind

LETTER, GRADED, MINUTES = "reminder_letter-handled", "supervision_letter-handled", "minutes-handled"
NUMBER = "江扫黑办〔2026〕3号"
SMALL = 14 * 25.4 / 72


def row_of(name, words, *, page=None):
    found = [row for row in rows(name) if words in row.text and page in (None, row.page)]
    assert len(found) == 1, (words, found)
    return found[0]


def test_a_letter_has_them_flush_left_under_the_rule_from_the_row_of_its_number_on():
    number = row_of(LETTER, NUMBER)
    assert number.text == f"000001{NUMBER}"
    rule = bands(red(picture(LETTER, 1)), at_least=100)[1]
    assert number.base - ASCENT - rule[1] == pytest.approx(7 / 8 * CHARACTER, abs=0.3)
    below = [row for row in rows(LETTER) if row.page == 1 and row.base > number.base]
    for place, words in enumerate(("内部", "特急"), start=1):
        assert below[place - 1].text == words
        assert below[place - 1].left == pytest.approx(LEFT, abs=0.1)
        assert below[place - 1].base - number.base == pytest.approx(place * PITCH, abs=0.1)
    usual = [row for row in rows("reminder_letter-normal") if row.base >= row_of("reminder_letter-normal", NUMBER).base]
    two_rows = next(row.base for row in usual if row.size > 20) - usual[0].base
    assert next(row.base for row in below if row.size > 20) - below[1].base == pytest.approx(two_rows, abs=0.2)


def test_the_grade_of_a_supervision_letter_stands_below_them():
    texts = [row.text for row in rows(GRADED) if row.page == 1][1:5]
    assert texts == [f"000001{NUMBER}", "内部", "特急", "黄色（警示）"]


def test_minutes_have_them_at_the_upper_left_of_the_type_area_secrecy_on_its_second_row():
    first = [row for row in rows(MINUTES) if row.page == 1][:3]
    assert [row.text for row in first] == ["000001", "内部", "特急"]
    for place, row in enumerate(first):
        assert row.left == pytest.approx(LEFT, abs=0.1)
        assert row.base - ASCENT == pytest.approx(TOP + place * PITCH, abs=0.1)
    mark, *_ = bands(red(picture(MINUTES, 1)), at_least=0.2)
    assert mark[0] == pytest.approx(TOP + 35, abs=0.3)


def test_the_note_stands_in_the_row_below_the_date_indented_by_two():
    note = row_of(LETTER, "（此件不公开）")
    date = row_of(LETTER, "2026年11月23日", page=note.page)
    above = max(row.base for row in rows(LETTER) if row.page == note.page and row.base < date.base)
    assert note.base - date.base == pytest.approx(date.base - above, abs=0.1)
    assert note.left == pytest.approx(LEFT + 2 * CHARACTER, abs=0.3)


def test_copies_of_a_letter_end_the_last_type_area_without_rules_and_without_a_printer():
    last = page_count(LETTER)
    first, *others = [
        row for row in rows(LETTER) if row.page == last and 13.5 < row.size < 14.5 and "—" not in row.text
    ]
    assert first.text.startswith("抄送：江门市扫黑除恶专项斗争领导小组，")
    assert first.left == pytest.approx(LEFT + SMALL, abs=0.3)
    assert [row.left for row in others] == pytest.approx([LEFT + 4 * SMALL] * len(others), abs=0.3)
    assert others[-1].text.endswith("。")
    assert BOTTOM - 4 < others[-1].base < BOTTOM
    ink = black(picture(LETTER, last))
    assert not [band for band in bands(ink, at_least=100) if band[0] < BOTTOM + 1]
    assert not [row for row in rows(LETTER) if "印发" in row.text and row.page == last]


@pytest.mark.parametrize("length", [6, 7, 8, 10, 11, 29])
def test_copies_never_stand_alone_on_a_page(length):
    facts = letter(DocumentKind.INTERVIEW_NOTICE, LETTERS[DocumentKind.INTERVIEW_NOTICE], body_of_rows(length))
    facts |= Handling(note="此件不公开", copied_to="市公安局、市司法局").facts()
    pdf = render_pdf(frozen(DocumentKind.INTERVIEW_NOTICE, facts))
    texts = words_of_pages(pdf)
    assert all("2026年11月23日" in text for text in texts if "抄送" in text)
    assert len(texts) == pages_of(pdf)
    assert "请于收到" in texts[-1] or "群众" in texts[-1] or "责任" in texts[-1]


def words_of_pages(pdf):
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def test_minutes_name_their_annex_a_row_below_the_text_and_before_the_names():
    note = row_of(MINUTES, LIST)
    assert note.text == f"附件：{LIST}"
    assert note.left == pytest.approx(LEFT + 2 * CHARACTER, abs=0.3)
    order = [row for row in rows(MINUTES) if row.size == pytest.approx(16, abs=0.1)]
    before, after = order[order.index(note) - 1], order[order.index(note) + 1]
    assert after.text.startswith("出席：")
    for one, other in ((before, note), (note, after)):
        assert one.page != other.page or other.base - one.base == pytest.approx(2 * PITCH, abs=0.6)


def test_the_annex_that_is_bound_apart_bears_the_number_of_its_paper_and_its_title_stands_on_the_third_row():
    mark, title = rows("task_list-normal")[:2]
    assert mark.text == "江扫黑办纪〔2026〕4号附件"
    assert mark.left == pytest.approx(35, abs=0.2)  # the page lies on its side
    assert title.text == LIST
    assert title.base - mark.base == pytest.approx(2 * PITCH, abs=1.5)  # base lines of size 3 and 2


@pytest.mark.parametrize("name", [LETTER, GRADED, MINUTES])
def test_the_copy_for_wps_shows_them_too(name):
    kind, facts = next((kind, facts) for each, kind, facts in sample_papers() if each == name)
    copy = docx.Document(io.BytesIO(render_docx(frozen(kind, facts), copy_facts(facts))))
    text = "".join(copy.element.itertext())
    assert all(facts[each] in text for each in ("copy_number", "secrecy", "urgency", "note", "copied_to"))
    secrecy = next(run for run in copy.element.iter(qn("w:r")) if run.findtext(qn("w:t")) == "内部")
    assert secrecy.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) == "黑体"
    rules = copy.element.findall(f".//{qn('w:tblBorders')}/{qn('w:top')}")
    assert bool(rules) == (name == MINUTES)
