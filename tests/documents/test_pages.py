"""The frozen HTML of each paper: whole, escaped, and fit to be shown under a strict policy."""

from __future__ import annotations

import re

import pytest

from tests.documents.builders import NUMBERED, facts_of, interviewed_case, notified_case, paper, plain, subject_of
from yuetan.documents.content.content import body_of
from yuetan.documents.freezing import HEADS
from yuetan.documents.samples.papers import sample_papers
from yuetan.documents.typesetting import letterhead
from yuetan.models import Unit
from yuetan.vocabulary import DocumentKind, MinutesAnswer

HOSTILE = '<script>alert(1)</script><img src="file:///etc/passwd">&amp;{{ number }}'
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=&quot;file:///etc/passwd&quot;&gt;&amp;amp;{{ number }}"


@pytest.mark.parametrize("kind", NUMBERED)
def test_a_paper_is_whole_and_needs_nothing_else(town: Unit, kind: DocumentKind) -> None:
    html = paper(kind, subject_of(kind, town))
    assert html.count("<body>") == html.count("</body>") == html.count("<h1") == 1
    assert '<html lang="zh-CN">' in html
    assert '<meta charset="utf-8">' in html
    assert ".sheet {" in html
    assert not re.search(r"\s(style|src|href|on\w+)=", html)
    assert "url(" not in html


@pytest.mark.parametrize("kind", NUMBERED)
def test_a_paper_says_all_its_facts(town: Unit, kind: DocumentKind) -> None:
    subject = subject_of(kind, town)
    html, facts = plain(paper(kind, subject)), facts_of(kind, subject)
    for words in ("number", "dated_words", "organ", "mark", "addressee"):
        assert facts[words] in html
    for paragraph in [*facts["body"], *facts.get("people", [])]:
        assert paragraph.text in html


def test_a_notice_bears_a_signature_and_minutes_an_imprint(town: Unit) -> None:
    notice = plain(paper(DocumentKind.INTERVIEW_NOTICE, notified_case(town)))
    minutes = plain(paper(DocumentKind.MINUTES, interviewed_case(town)))
    assert "蓬江区棠下镇党委、镇政府：" in notice
    assert "抄送" not in notice
    assert "抄送：省扫黑除恶专项斗争领导小组。" in minutes
    assert "2026年11月23日印发" in minutes
    assert 'class="signature"' in notice
    assert 'class="signature"' not in minutes


def test_minutes_copied_to_nobody_have_no_such_line(town: Unit) -> None:
    case = interviewed_case(town)
    case.minutes.copied_to = ""
    assert "抄送" not in paper(DocumentKind.MINUTES, case)


def test_what_is_typed_into_a_notice_is_text(town: Unit) -> None:
    case = notified_case(town)
    case.matter = case.notice_matter = case.place = case.procedure = HOSTILE
    case.participants = case.required_materials = HOSTILE
    html = paper(DocumentKind.RESCHEDULE_NOTICE, case, reason=HOSTILE)
    assert "<script" not in html
    assert "<img" not in html
    assert html.count(ESCAPED) == 1  # in <title>; the sheet has it in lines
    assert plain(html).count(HOSTILE) == 7


def test_what_is_typed_into_minutes_is_text(town: Unit) -> None:
    case = interviewed_case(town)
    minutes = case.minutes
    minutes.problems = minutes.statement = minutes.discussion = HOSTILE
    minutes.copied_to = HOSTILE.replace("&amp;", "&")  # a semicolon parts one unit from the next
    minutes.answer, minutes.objection = MinutesAnswer.OBJECTED, HOSTILE
    html = paper(DocumentKind.MINUTES, case)
    assert "<script" not in html
    assert plain(html).count(HOSTILE) == 4
    assert plain(html).count(HOSTILE.replace("&amp;", "&")) == 1


def test_the_sheet_alone_is_shown_in_our_pages(town: Unit) -> None:
    case = notified_case(town)
    case.notice_matter = "</body>正文"
    sheet = body_of(paper(DocumentKind.INTERVIEW_NOTICE, case))
    assert sheet.startswith('<article class="sheet sheet-letter">')
    assert sheet.endswith("</article>")
    assert "&lt;/body&gt;" in sheet


def test_no_sheet_in_half_a_document() -> None:
    with pytest.raises(ValueError, match="whole HTML document"):
        body_of("<p>只有一半</p>")


def test_a_mark_says_what_its_head_is() -> None:
    """“……文件” stands over the head of a 文件; a letter names its organ alone."""
    odd = {
        name
        for name, kind, facts in sample_papers()
        if facts.get("mark", "").endswith("文件")
        != (HEADS.get(kind) in (letterhead.document_rules, letterhead.upward_rules))
    }
    assert odd == set()
