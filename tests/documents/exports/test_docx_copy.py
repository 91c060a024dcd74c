"""The editable copy: says what the paper said when issued, and cannot pass for it."""

import io
import json

import docx
import pytest
from django.db import IntegrityError, transaction

from tests.factories import case_after, case_in, letter_in, take
from yuetan.documents.exports.copy_facts import UNOFFICIAL
from yuetan.documents.exports.docx_copy import render_docx
from yuetan.models import Document
from yuetan.vocabulary import CaseState, LetterState, Verb


def opened(document):
    return docx.Document(io.BytesIO(render_docx(document.facts)))


def words(document):
    return [paragraph.text for paragraph in opened(document).paragraphs]


def test_the_copy_is_marked_in_header_title_and_properties(office):
    paper = case_in(CaseState.NOTIFIED).documents.get()
    copy = opened(paper)
    assert UNOFFICIAL in copy.sections[0].header.paragraphs[0].text
    assert f"{paper.title}（{UNOFFICIAL}）" in words(paper)
    assert copy.core_properties.title == f"{paper.title}（{UNOFFICIAL}）"


def test_the_copy_says_all_that_the_paper_says(office):
    paper = case_in(CaseState.NOTIFIED).documents.get()
    written = words(paper)
    assert written[0] == paper.number
    assert f"{paper.addressee}：" in written
    body = [each["lead"] + each["text"] for each in paper.facts["body"]]
    assert len(body) > 8
    place = written.index(body[0])
    assert written[place : place + len(body)] == body
    assert written[-2:] == [paper.facts["organ"], paper.facts["dated_words"]]
    assert not any("{" in line or "%" in line for line in written)


def test_minutes_name_who_came_and_who_gets_a_copy(office):
    paper = case_after(Verb.ISSUE_MINUTES).documents.get(kind="minutes")
    written = words(paper)
    assert any(line.startswith("出席：") for line in written)
    assert written[-1] == "抄送：省扫黑除恶专项斗争领导小组。"


def test_page_and_fonts_are_those_of_official_papers(office):
    copy = opened(letter_in(LetterState.ISSUED).document)
    page = copy.sections[0]
    measured = (page.page_width, page.page_height, page.top_margin, page.left_margin)
    assert [round(length.mm, 1) for length in measured] == [210, 297, 37, 28]
    fonts = {run.font.name for paragraph in copy.paragraphs for run in paragraph.runs}
    assert fonts == {"仿宋_GB2312", "方正小标宋简体", "黑体"}


@pytest.mark.parametrize(
    "typed", ["{{ number }}", "{% for x in y %}", "<w:t>假</w:t>", "a & b < c", "{%p if 1 %}", "䶮㛃𬱖"]
)
def test_what_was_typed_is_text_and_nothing_else(office, typed):
    paper = case_in(CaseState.NOTIFIED, serve_notice={"place": typed}).documents.get()
    assert any(line.rstrip("。") == typed for line in words(paper))


def test_the_copy_of_an_old_paper_is_not_that_of_the_new_one(office):
    case = case_in(CaseState.NOTIFIED)
    first = case.documents.get()
    before = words(first)
    take(Verb.RESCHEDULE, case, place="另一处会议室")
    assert words(Document.objects.get(pk=first.pk)) == before
    assert not any("另一处会议室" in line for line in before)


def test_what_a_paper_said_is_never_rewritten(office):
    paper = case_in(CaseState.NOTIFIED).documents.get()
    with pytest.raises(IntegrityError, match="kept as written"), transaction.atomic():
        Document.objects.filter(pk=paper.pk).update(facts={})
    json.dumps(paper.facts)
