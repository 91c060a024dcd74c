"""密级, 抄送 and the lines of the title where a paper is issued: folded up, seen in the preview, shown on its page."""

import pytest
from django.urls import reverse

from tests import cast
from tests.factories import case_in, later, letter_in, take
from tests.views.interview.test_notice_pages import at_step
from tests.web import Visitor
from yuetan.models import Document, Letter
from yuetan.vocabulary import CaseState, DocumentKind, LetterState, Verb

FOLD = "密级、紧急程度、附注、抄送等"
WHEN = "2026-12-03T09:30"

pytestmark = pytest.mark.usefixtures("office")


def fold_of(visitor):
    return visitor.page.response.content.decode().partition('<details class="more-filters"')[2][:6].strip()


def lines_shown(visitor):
    return visitor.page.forms[-1].values["title_break"][0].splitlines()


def test_what_is_chosen_is_seen_in_the_preview_and_on_the_page_of_the_paper():
    case = case_in(CaseState.APPROVED)
    officer = at_step("officer", case, Verb.SERVE_NOTICE)
    assert FOLD in officer.page
    assert not fold_of(officer).startswith("open")
    officer.press(
        "下一步：核对",
        scheduled_at=WHEN,
        secrecy="internal",
        note="此件不公开",
        copied_lists=["蓬江区委、区政府"],
        copied_to="市公安局",
    )
    for words in ("密级 内部", "附注 此件不公开", "（此件不公开）", "抄送：蓬江区委、区政府，市公安局。"):
        assert words in officer.page
    assert "紧急程度" not in officer.page
    officer.press("书面通知")
    page = officer.open(reverse("document", args=[case.documents.get().pk]))
    for words in ("密级 内部", "附注 （此件不公开）", "抄送 蓬江区委、区政府，市公安局"):
        assert words in page


def test_who_is_copied_a_paper_sees_nothing_of_it_here(other_head):
    case, copied = case_in(CaseState.APPROVED), cast.unit(cast.DIVISION_TOWN).full_name
    take(Verb.SERVE_NOTICE, case, copied_to=copied)
    paper = case.documents.get()
    assert paper.facts["copied_to"] == copied
    stranger = Visitor(other_head)
    stranger.open(reverse("document", args=[paper.pk]), expect=404)
    assert paper.number not in stranger.open(reverse("document_list"))
    assert paper.number not in Visitor(other_head).open(f"{reverse('search')}?q=约谈通知书")


def test_a_wrong_choice_opens_the_fold_and_leaves_what_was_typed():
    officer = at_step("officer", case_in(CaseState.APPROVED), Verb.SERVE_NOTICE)
    page = officer.press("下一步：核对", expect=422, scheduled_at=WHEN, note="秘密★1年")
    assert "本系统不办理涉密文书，附注中不能写“秘密”" in page
    assert fold_of(officer).startswith("open")
    assert page.forms[-1].values["note"] == ["秘密★1年"]


def test_the_clerk_breaks_the_title_in_the_preview():
    case = case_in(CaseState.APPROVED, draft={"matter": "线索摸排不深入、群众举报线索长期不办理问题"})
    officer = at_step("officer", case, Verb.SERVE_NOTICE)
    officer.press("下一步：核对", scheduled_at=WHEN)
    chosen = lines_shown(officer)
    assert "".join(chosen) == f"{case.title}通知书"
    other = f"{chosen[0][:8]}\n{chosen[0][8:]}\n" + "\n".join(chosen[1:])
    officer.press("按此分行预览", title_break=other)
    assert lines_shown(officer) == other.splitlines()
    assert not Document.objects.filter(case=case).exists()
    page = officer.press("按此分行预览", expect=422, title_break=f"{other}表")
    assert "标题换行只能分行，不能改字" in page
    officer.press("下一步：核对", title_break=other)
    officer.press("书面通知")
    html = case.documents.get().html
    assert all(f'<span class="title-line">{line}</span>' in html for line in other.splitlines())


def test_lines_that_were_left_as_the_system_broke_them_are_nobodys_choice():
    officer = at_step("officer", case_in(CaseState.APPROVED), Verb.SERVE_NOTICE)
    officer.press("下一步：核对", scheduled_at=WHEN)
    assert lines_shown(officer) != [""]
    assert officer.press("返回修改").forms[-1].values["title_break"] == [""]


def test_the_leader_sees_what_the_drafter_of_a_letter_chose():
    letter = letter_in(LetterState.DRAFTED, secrecy="internal", copied_to="市公安局")
    leader = Visitor(cast.person("group_leader"))
    assert "密级 内部" in leader.open(reverse("letter", args=[letter.pk]))
    page = leader.open(reverse("approve_letter", args=[letter.pk]))
    assert "抄送：市公安局。" in page


def test_a_returned_letter_is_revised_with_what_was_chosen():
    letter = letter_in(LetterState.RETURNED, urgency="urgent", copied_to="市公安局")
    supervisor = Visitor(cast.person("supervisor"))
    supervisor.open(reverse("revise_letter", args=[letter.pk]))
    supervisor.press("保存，重新送签发", matter="行业乱象整治进展迟缓")
    letter = Letter.objects.get(pk=letter.pk)
    assert (letter.urgency, letter.copied_to) == ("urgent", "市公安局")


def test_papers_issued_together_bear_the_same():
    case = case_in(CaseState.RECTIFYING)
    with later(days=12):
        director = Visitor(cast.person("director"))
        director.open("/tasks/")
        director.press("印发督办单", task=[str(task.pk) for task in case.tasks.all()])
        director.press("下一步：核对", urgency="urgent", copied_to="市公安局")
        director.press("印发督办单")
    papers = case.documents.filter(kind=DocumentKind.SUPERVISION_LETTER)
    assert papers.exists()
    for paper in papers:
        assert (paper.facts["urgency"], paper.facts["copied_to"]) == ("加急", "市公安局")


def test_the_unit_prints_the_annex_that_its_minutes_name_and_no_form_of_the_office():
    case = case_in(CaseState.MINUTED)
    minutes = case.documents.get(kind=DocumentKind.MINUTES)
    unit = Visitor(cast.head(cast.TOWN))
    unit.open(reverse("document", args=[minutes.pk]))
    annex = unit.page.link("蓬江区棠下镇整改任务清单")
    served = unit.client.get(annex)
    assert served.content.startswith(b"%PDF-")
    assert case.register_number not in served["Content-Disposition"]
    for kind in (DocumentKind.APPROVAL_FORM, DocumentKind.SIGN_IN_SHEET):
        unit.open(reverse("internal_paper", args=[case.pk, kind]), expect=404)
