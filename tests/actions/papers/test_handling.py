"""密级, 紧急程度, 份号, 附注, 抄送 and the lines of the title: kept with each paper that was issued with them."""

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.factories import case_after, case_in, later, letter_in, set_office, take
from tests.refusals import refused
from yuetan.actions.letter.letter import approve_letter, revise_letter
from yuetan.forms.interview.minutes import ConfirmCorrectionForm
from yuetan.forms.interview.notice import NoticeForm, RescheduleForm
from yuetan.forms.proposal.returns import WithdrawForm
from yuetan.models import Document, Letter
from yuetan.models.papers.copies import usual_copies
from yuetan.vocabulary import CaseState, DocumentKind, LetterState, Verb

CHOSEN = {"secrecy": "internal", "urgency": "urgent", "copy_number": "000001", "note": "此件不公开"}
COPIED = {"copied_lists": ["江门市扫黑除恶专项斗争领导小组"], "copied_to": "市公安局、市司法局"}
PRINTED = {"secrecy": "内部", "urgency": "加急", "copy_number": "000001", "note": "（此件不公开）"}
COPIES = "江门市扫黑除恶专项斗争领导小组，市公安局，市司法局"

pytestmark = pytest.mark.usefixtures("office")


def bears(paper, printed):
    """Whether the frozen wording and the facts kept beside it say all of it."""
    assert {name: paper.facts.get(name) for name in printed} == printed
    sheet = paper.html.partition("<body>")[2].replace("<br>", "")
    assert all(words in sheet for name, words in printed.items() if name != "copied_to")
    return True


def test_each_letter_of_a_case_bears_what_was_chosen_for_it():
    case = case_in(CaseState.APPROVED)
    take(Verb.SERVE_NOTICE, case, **CHOSEN, **COPIED)
    take(Verb.RESCHEDULE, case, secrecy="internal", copied_to="市公安局")
    take(Verb.WITHDRAW, case, by=cast.person("group_leader"), urgency="most_urgent")
    notice, other, cancelled = Document.objects.filter(case=case).order_by("serial")
    assert bears(notice, PRINTED | {"copied_to": COPIES})
    assert bears(other, {"secrecy": "内部", "copied_to": "市公安局"})
    assert bears(cancelled, {"urgency": "特急"})
    assert not {"urgency", "copy_number", "note"} & other.facts.keys()
    assert not {"secrecy", "copied_to"} & cancelled.facts.keys()


def test_minutes_and_their_correction_bear_it_and_are_copied_to_whom_their_text_says():
    case = case_after(Verb.ANSWER_MINUTES)
    take(Verb.ISSUE_MINUTES, case, **CHOSEN)
    take(Verb.CORRECT_MINUTES, case)
    form = ConfirmCorrectionForm(case=case, by=cast.person("deputy"))
    assert form.fields["secrecy"].initial == "internal"
    assert "copied_to" not in form.fields
    take(Verb.CONFIRM_CORRECTION, case, secrecy="internal")
    old, new = case.documents.filter(kind=DocumentKind.MINUTES).order_by("serial")
    assert bears(old, PRINTED)
    assert bears(new, {"secrecy": "内部"})
    assert new.facts.get("copied_to", "") == old.facts.get("copied_to", "") == "，".join(case.minutes.copied_units)


def test_a_supervision_letter_bears_it():
    case = case_in(CaseState.RECTIFYING)
    with later(days=12):
        take(Verb.ISSUE_SUPERVISION_LETTER, case, **CHOSEN, **COPIED)
    assert bears(case.documents.get(kind=DocumentKind.SUPERVISION_LETTER), PRINTED | {"copied_to": COPIES})


@pytest.mark.parametrize(
    ("chosen", "sentence", "field"),
    [
        (
            {"copy_number": "12"},
            "份号须为六位阿拉伯数字，从 000001 起编，如 000001；不需要标注份号的，不填。",
            "copy_number",
        ),
        (
            {"note": "机密★1年"},
            "本系统不办理涉密文书，附注中不能写“机密”；涉密的请用涉密计算机另行办理。",
            "note",
        ),
        (
            {"secrecy": "internal", "note": "此件公开发布"},
            "标注“内部”的文书，附注不能写公开：请改附注，或者不标注密级。",
            "note",
        ),
        (
            {"title_break": "关于线索\n不清的约谈通知书"},
            "标题换行只能分行，不能改字：各行连起来须是“{title}通知书”。",
            "title_break",
        ),
    ],
)
def test_what_cannot_stand_on_a_paper(chosen, sentence, field):
    case = case_in(CaseState.APPROVED)
    with refused(sentence.format(title=case.title), field=field):
        take(Verb.SERVE_NOTICE, case, **chosen)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (1, "标题换行每行不超过 20 字，第 1 行有 {whole} 字：请在词语之间再分一行。"),
        (5, "标题换行最多 4 行，所填有 5 行：请减少几行，或者不填，由系统分行。"),
    ],
)
def test_lines_of_a_title_that_do_not_fit(lines, sentence):
    case = case_in(CaseState.APPROVED, draft={"matter": "涉黑涉恶线索摸排不深入不扎实问题"})
    title = f"{case.title}通知书"
    parts = [title[place * 4 : place * 4 + 4] for place in range(lines - 1)] + [title[(lines - 1) * 4 :]]
    with refused(sentence.format(whole=len(title)), field="title_break"):
        take(Verb.SERVE_NOTICE, case, title_break="\n".join(parts))


def test_the_lines_of_the_title_are_those_that_were_chosen():
    case = case_in(CaseState.APPROVED, draft={"matter": "线索摸排不深入问题"})
    take(Verb.SERVE_NOTICE, case, title_break="关于\n线索摸排不深入问题的\n约谈通知书\n")
    html = case.documents.get().html
    for line in ("关于", "线索摸排不深入问题的", "约谈通知书"):
        assert f'<span class="title-line">{line}</span>' in html


def test_a_new_notice_and_a_cancellation_begin_with_what_the_notice_bore():
    case = take(Verb.SERVE_NOTICE, case_in(CaseState.APPROVED), **CHOSEN, **COPIED)
    for form_class in (RescheduleForm, WithdrawForm):
        form = form_class(case=case, by=cast.person("officer"))
        assert [form.fields[name].initial for name in ("secrecy", "urgency", "note")] == [
            *("internal", "urgent", "此件不公开")
        ]
        assert not form.fields["copy_number"].initial
        assert form.fields["copied_lists"].initial == COPIED["copied_lists"]
        assert form.fields["copied_to"].initial == COPIED["copied_to"]


def test_where_no_paper_is_issued_none_is_chosen_for():
    form = WithdrawForm(case=case_in(CaseState.APPROVED), by=cast.person("group_leader"))
    assert list(form.fields) == ["reason"]


def test_whom_a_letter_is_usually_copied_to(town, county):
    set_office("usual_copies", "市纪委监委机关、市委组织部")
    group = "江门市扫黑除恶专项斗争领导小组"
    others = [f"{group}各成员单位", "市纪委监委机关", "市委组织部"]
    assert usual_copies(town, by_group=False) == [group, "蓬江区委、区政府", *others]
    assert usual_copies(county, by_group=False) == [group, *others]
    assert usual_copies(None, by_group=True) == others
    offered = NoticeForm(case=case_in(CaseState.APPROVED), by=cast.person("officer")).fields["copied_lists"]
    assert [name for name, _ in offered.choices] == [group, "蓬江区委、区政府", *others]


def test_a_reminder_letter_bears_what_its_drafter_chose_and_the_leader_signed():
    letter = letter_in(LetterState.RETURNED, **CHOSEN, copied_to="市公安局")
    before = letter.digest
    wording = ("unit", "capacity", "lead_matter", "case", "matter", "problems", "requirements")
    same = {name: getattr(letter, name) for name in wording}
    letter = revise_letter(letter, by=cast.person("supervisor"), **same, **CHOSEN, copied_to="市司法局、市公安局")
    assert letter.digest != before
    letter = approve_letter(Letter.objects.get(pk=letter.pk), by=cast.person("group_leader"), seen=letter.digest)
    assert bears(letter.document, PRINTED | {"copied_to": "市司法局，市公安局"})


def test_a_reminder_letter_is_refused_where_it_is_drafted_not_where_it_is_signed():
    with refused("标题换行最多 4 行，所填有 5 行：请减少几行，或者不填，由系统分行。", field="title_break"):
        letter_in(LetterState.DRAFTED, title_break="关于\n行业乱象\n整治进展\n缓慢的\n提醒函")


def test_the_database_knows_no_other_secrecy():
    letter = letter_in(LetterState.DRAFTED)
    with pytest.raises(IntegrityError, match="letter_handled_as_may_be"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(secrecy="secret")
