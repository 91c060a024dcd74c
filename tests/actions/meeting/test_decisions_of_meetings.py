"""审定 by meeting rests on what is recorded of it: who decided there, when and in which words, without a scan."""

import pytest
import time_machine

from tests import cast
from tests.factories import case_in, pdf, take
from tests.meetings import AFTER, WORDS, concluded, held, post_of, written
from tests.refusals import refused
from tests.web import Visitor
from yuetan.actions.people.unit import end_post
from yuetan.actions.proposal.registration import register_decision
from yuetan.documents.office_form_pdf import internal_content
from yuetan.models import Case
from yuetan.vocabulary import ApprovalMethod, CaseState, DocumentKind, Verb

pytestmark = pytest.mark.usefixtures("office")
TITLE = "领导小组2026年第1次会议"
NOTHING = {
    **dict.fromkeys(("decision", "method", "meeting", "opinion"), ""),
    **dict.fromkeys(("approver", "given_on", "proof")),
}


@pytest.fixture
def case(office):
    return case_in(CaseState.PROPOSED)


def cited(case, item, **stated):
    case = Case.objects.get(pk=case.pk)
    facts = NOTHING | stated
    return register_decision(case, by=cast.person("director"), seen=case.proposal_sha256, item=item, **facts)


def test_a_meeting_of_record_proves_the_decision_once_a_second_person_has_looked(case):
    item = written(case).items.get()
    with time_machine.travel(AFTER, tick=False):
        registration = cited(case, item).open_registration
        assert (registration.proof, registration.item, registration.opinion) == (None, item, WORDS)
        approved = take(Verb.CONFIRM_APPROVAL, Case.objects.get(pk=case.pk), by=cast.person("officer"))
    assert approved.state == CaseState.APPROVED
    assert approved.approver == cast.person("group_leader")
    assert approved.approval_method == ApprovalMethod.MEETING
    assert approved.approval_words == f"会议审定（{TITLE}），2026年11月25日"
    opinion = internal_content(DocumentKind.APPROVAL_FORM, approved)["opinions"][0]
    assert opinion.words[0] == f"审定同意（会议审定：{TITLE}）。"
    page = Visitor(cast.person("officer")).open(f"/cases/{case.pk}/")
    assert page.link(f"会议记录：{TITLE}") == f"/meetings/{item.meeting_id}/"


def test_the_form_offers_the_meeting_and_needs_nothing_else(case):
    item = written(case).items.get()
    url = f"/cases/{case.pk}/steps/register_decision/"
    with time_machine.travel(AFTER, tick=False):
        director = Visitor(cast.person("director"))
        director.open(url)
        page = director.press("登记审定", item=str(item.pk))
        if "confirmed" in str(page.forms[-1].values):
            director.press("确认")
    assert Case.objects.get(pk=case.pk).open_registration.item == item


def test_nothing_is_stated_stated_the_record(case):
    item = written(case).items.get()
    sentence = f"已引用{TITLE}的会议记录，审定结果、方式、领导、日期、意见和凭据都取自记录，请不要另外填写。"
    with time_machine.travel(AFTER, tick=False):
        for stated in ({"opinion": "会议同意。"}, {"approver": cast.person("deputy")}, {"proof": pdf()}):
            with refused(sentence, field="item"):
                cited(case, item, **stated)


def test_an_item_on_which_nothing_was_decided_proves_nothing(case):
    meeting = held(case)
    with time_machine.travel(AFTER, tick=False):
        item = concluded(meeting.items.get(), decision="", decided_by=None)
        with refused("以会议审定方式审定的，须上传会议记录或签批件的扫描件。", field="item"):
            cited(case, item)


def test_what_was_decided_before_the_proposal_was_handed_in_anew_proves_nothing(case):
    item = written(case).items.get()
    with time_machine.travel(AFTER.replace(day=27), tick=False):
        for verb in (Verb.RETURN_FOR_CHANGES, Verb.SUBMIT, Verb.ENDORSE):
            case = take(verb, case)
        sentence = "审定日期不得早于报审定之日（2026年11月27日），此前还没有这份建议可供审定。"
        with refused(f"办公室设定：{sentence}", field="item"):
            cited(case, item)


def test_a_conclusion_that_is_cited_is_changed_no_more_until_the_registration_is_returned(case):
    meeting = held(case)
    with time_machine.travel(AFTER, tick=False):
        stale, item = meeting.items.get(), concluded(meeting.items.get())
        with refused("以会议审定方式审定的，须上传会议记录或签批件的扫描件。", field="item"):
            cited(case, stale)
        cited(case, item)
        words = "这一议题的结论已作为审定凭据登记，不能再改；请先退回审定登记。"
        with refused(words):
            concluded(item)
        page = Visitor(cast.person("officer")).open(f"/meetings/items/{item.pk}/conclusion/")
        assert words in page
        assert not [form for form in page.forms if "保存" in form.buttons]
        take(Verb.RETURN_REGISTRATION, Case.objects.get(pk=case.pk), by=cast.person("officer"))
        assert concluded(item, conclusion="会议同意，从速办理。").conclusion == "会议同意，从速办理。"


def test_whoever_acts_for_all_who_may_approve_decides_at_a_meeting_too(case):
    for username in ("group_leader", "first_deputy"):
        end_post(post_of(username), by=cast.person("sysadmin"), ended_on=cast.MONDAY.date())
    item = held(case, chair=post_of("deputy")).items.get()
    with time_machine.travel(AFTER, tick=False):
        item = concluded(item, decided_by=cast.person("deputy"))
        assert cited(case, item).open_registration.approver == cast.person("deputy")
