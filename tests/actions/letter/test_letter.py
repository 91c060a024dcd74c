"""提醒函: to a 成员单位 or the lead unit of a problem, signed by a leader, signed for by the unit."""

import pytest

from tests import cast
from tests.factories import case_in, letter_in
from tests.refusals import appoint, not_theirs, refused, too_late
from tests.web import Visitor
from yuetan.actions.letter.letter import (
    acknowledge_letter,
    approve_letter,
    cancel_letter,
    draft_letter,
    return_letter,
    revise_letter,
    take_back_letter,
)
from yuetan.models import Alert, Letter
from yuetan.vocabulary import CaseState, LetterCapacity, LetterState, PostKind


@pytest.fixture(autouse=True)
def _everybody(office):
    return office


def sign(letter, *, by):
    """Sign the text the letter has now."""
    return approve_letter(letter, by=by, seen=Letter.objects.get(pk=letter.pk).digest)


def test_the_letter_is_numbered_and_its_unit_sees_it_then_and_not_before(member_head, other_head, officer):
    letter = letter_in(LetterState.DRAFTED)
    assert not Letter.objects.visible_to(member_head).exists()
    assert Letter.objects.visible_to(officer).exists()
    issued = sign(letter, by=cast.person("group_leader"))
    assert issued.document.number == "江扫黑函〔2026〕1号"
    assert "行业乱象整治进展缓慢" in issued.document.html
    assert Letter.objects.visible_to(cast.head(cast.MEMBER_UNIT)).get() == letter
    assert not Letter.objects.visible_to(other_head).exists()


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"matter": ""}, "提醒函还缺：提醒事项。", "matter"),
        ({"problems": " ", "requirements": ""}, "提醒函还缺：存在的问题、工作要求。", "problems"),
        (
            {"capacity": LetterCapacity.LEAD_UNIT},
            "以重点打击问题牵头单位发函的，须写明牵头的重点打击问题。",
            "lead_matter",
        ),
    ],
)
def test_what_a_letter_lacks(changed, sentence, field):
    with refused(sentence, field=field):
        letter_in(LetterState.DRAFTED, **changed)


def test_who_is_no_member_unit_is_written_to_as_a_lead_unit(county):
    sentence = "依据第十条第三项，新会区不是成员单位；发提醒函须注明其为重点打击问题牵头单位。"
    with refused(sentence, field="capacity"):
        letter_in(LetterState.DRAFTED, to=county, capacity=LetterCapacity.MEMBER_UNIT)
    assert letter_in(LetterState.ISSUED, to=county).document.addressee


def test_the_letter_and_its_case_concern_one_unit():
    case = case_in(CaseState.INSPECTING)
    with refused("办公室设定：提醒函的主送单位与关联的约谈事项不是同一个单位，请改选其中一项。", field="case"):
        letter_in(LetterState.DRAFTED, case=case)


def test_a_letter_is_signed_once(first_deputy):
    letter = letter_in(LetterState.ISSUED)
    with too_late() as error:
        sign(letter, by=first_deputy)
    assert error.value.who.startswith("赵四（")
    assert error.value.what == "签发提醒函（现为“已印发”）"


def test_who_was_shown_no_text_signs_none(group_leader):
    letter = letter_in(LetterState.DRAFTED)
    with refused("提醒函须看过现在的文本再签发，请返回提醒函，重新打开签发页核对。"):
        approve_letter(letter, by=group_leader, seen="")
    assert Letter.objects.get().state == LetterState.DRAFTED


def test_who_comes_too_late_reads_who_signed_and_not_who_took_the_letter(first_deputy):
    letter = letter_in(LetterState.ISSUED)
    acknowledge_letter(letter, by=cast.liaison(cast.MEMBER_UNIT))
    with too_late() as error:
        sign(letter, by=first_deputy)
    assert error.value.who.startswith("赵四（")
    assert error.value.what == "签发提醒函（现为“已印发”）"


@pytest.mark.parametrize("who", ["officer", "director", "supervisor", "sysadmin", "auditor", "member_head"])
def test_nobody_but_a_leader_signs(request, who):
    letter = letter_in(LetterState.DRAFTED)
    with not_theirs():
        sign(letter, by=request.getfixturevalue(who))


def test_who_drafted_does_not_sign(supervisor):
    letter = letter_in(LetterState.DRAFTED)
    appoint(supervisor, cast.unit(cast.GROUP), PostKind.DEPUTY_LEADER, "副组长")
    with refused("办公室设定：周七是拟稿人，不得签发本人起草的提醒函，请由其他有权办理的人办理。"):
        sign(letter, by=cast.person("supervisor"))


def test_nobody_reminds_a_unit_of_their_own(first_deputy, member_unit):
    letter = letter_in(LetterState.DRAFTED)
    appoint(first_deputy, member_unit, PostKind.LIAISON, "联系领导")
    with refused("办公室设定：钱五现任主送单位市公安局联系领导，应当回避，不得签发，请由其他有权办理的人办理。"):
        sign(letter, by=cast.person("first_deputy"))


def test_the_unit_signs_for_it_once(member_head, member_liaison, other_head, officer):
    letter = letter_in(LetterState.ISSUED)
    for somebody in (other_head, officer):
        with not_theirs():
            acknowledge_letter(letter, by=somebody)
    acknowledge_letter(letter, by=cast.liaison(cast.MEMBER_UNIT))
    receipt = Letter.objects.get().document.receipt
    assert receipt.signed_by == member_liaison
    with refused(f"本函已由杨十七于{receipt.signed_at_words}签收，不必再次签收。"):
        acknowledge_letter(letter, by=cast.head(cast.MEMBER_UNIT))


@pytest.mark.parametrize("who", ["officer", "director", "group_leader", "sysadmin", "auditor", "member_head"])
def test_nobody_but_a_supervisor_drafts(request, member_unit, who):
    words = {"lead_matter": "", "case": None, "matter": "甲", "problems": "乙", "requirements": "丙"}
    to = {"unit": member_unit, "capacity": LetterCapacity.MEMBER_UNIT}
    with not_theirs():
        draft_letter(by=request.getfixturevalue(who), **to, **words)


def text(letter, **changed):
    """What a letter is revised with."""
    names = ("unit", "capacity", "lead_matter", "case", "matter", "problems", "requirements")
    return {name: getattr(letter, name) for name in names} | changed


def test_a_leader_sends_it_back_and_it_comes_again_in_another_text(supervisor, group_leader, member_head):
    letter = letter_in(LetterState.DRAFTED)
    shown = letter.digest
    with refused("尚未写明退回的原因。", field="reason"):
        return_letter(letter, by=group_leader, reason=" ")
    returned = return_letter(letter, by=group_leader, reason="问题写得太笼统。")
    assert returned.state == LetterState.RETURNED
    assert Alert.objects.filter(recipient=supervisor, text__contains="被退回").exists()
    with too_late() as error:
        sign(letter, by=group_leader)
    assert error.value.what == "退回提醒函（现为“待修改”）"
    with refused("提醒函还缺：存在的问题。", field="problems"):
        revise_letter(letter, by=supervisor, **text(letter, problems=""))
    revise_letter(letter, by=supervisor, **text(letter, problems="三项任务均未启动，逾期一个月。"))
    with too_late():
        approve_letter(letter, by=group_leader, seen=shown)
    issued = approve_letter(letter, by=group_leader, seen=Letter.objects.get().digest)
    assert "逾期一个月" in issued.document.html
    assert [event.verb for event in issued.events.shown_outside()] == ["approve_letter"]


@pytest.mark.parametrize("state", [LetterState.DRAFTED, LetterState.RETURNED])
def test_a_duplicate_draft_is_cancelled_and_stays_to_be_read(supervisor, group_leader, member_head, state):
    letter = letter_in(state)
    with refused("尚未写明作废的原因。", field="reason"):
        cancel_letter(letter, by=supervisor, reason=" ")
    cancelled = cancel_letter(letter, by=supervisor, reason="与另一份重复。")
    event = cancelled.events.latest("id")
    assert (cancelled.state, event.actor, event.opinion) == (LetterState.CANCELLED, supervisor, "与另一份重复。")
    assert Letter.objects.visible_to(group_leader).get() == letter
    assert not Letter.objects.visible_to(member_head).exists()
    assert Alert.objects.filter(recipient=group_leader, text__contains="草稿已作废").exists()
    with too_late():
        sign(letter, by=group_leader)
    with too_late():
        revise_letter(letter, by=supervisor, **text(letter))


def test_what_waits_for_a_signature_is_taken_back_and_comes_again(supervisor, group_leader):
    letter = letter_in(LetterState.DRAFTED)
    with refused("尚未写明取回的原因。", field="reason"):
        take_back_letter(letter, by=supervisor, reason=" ")
    again = take_back_letter(letter, by=supervisor, reason="时限写错了。")
    assert again.state == LetterState.RETURNED
    assert Alert.objects.filter(recipient=group_leader, text__contains="取回修改").exists()
    with too_late():
        sign(letter, by=group_leader)
    revise_letter(letter, by=supervisor, **text(letter, problems="三项任务均未启动，逾期一个月。"))
    issued = sign(Letter.objects.get(), by=group_leader)
    assert "逾期一个月" in issued.document.html
    with too_late():
        take_back_letter(letter, by=supervisor, reason="又写错了。")


def test_from_the_page_of_a_draft_back_to_its_form():
    letter = letter_in(LetterState.DRAFTED)
    supervisor = Visitor(cast.person("supervisor"))
    supervisor.open(f"/letters/{letter.pk}/")
    supervisor.click("取回提醒函")
    supervisor.press("取回修改", expect=422, reason="")
    assert "待修改" in supervisor.press("取回修改", reason="时限写错了。")
    supervisor.click("修改提醒函")
    assert "取回原因" in supervisor.page
    assert "时限写错了。" in supervisor.page


@pytest.mark.parametrize("who", ["officer", "director", "group_leader", "sysadmin", "member_head"])
def test_nobody_but_a_supervisor_takes_back(request, who):
    letter = letter_in(LetterState.DRAFTED)
    with not_theirs():
        take_back_letter(letter, by=request.getfixturevalue(who), reason="改。")


def test_what_was_issued_is_voided_as_a_paper_and_not_cancelled(supervisor):
    letter = letter_in(LetterState.ISSUED)
    with too_late():
        cancel_letter(letter, by=supervisor, reason="重复。")


@pytest.mark.parametrize("who", ["officer", "director", "group_leader", "sysadmin", "member_head"])
def test_nobody_but_a_supervisor_cancels(request, who):
    letter = letter_in(LetterState.DRAFTED)
    with not_theirs():
        cancel_letter(letter, by=request.getfixturevalue(who), reason="重复。")


def test_from_the_page_of_a_draft_to_its_end():
    letter = letter_in(LetterState.RETURNED)
    supervisor = Visitor(cast.person("supervisor"))
    supervisor.open(f"/letters/{letter.pk}/")
    supervisor.click("作废提醒函草稿")
    supervisor.press("作废草稿", expect=422, reason="")
    page = supervisor.press("作废草稿", reason="与另一份重复。")
    assert "草稿已作废" in page
    assert "与另一份重复。" in page
    assert letter.title not in supervisor.open("/")


@pytest.mark.parametrize("who", ["officer", "director", "supervisor", "sysadmin", "member_head"])
def test_nobody_but_a_leader_sends_back(request, who):
    letter = letter_in(LetterState.DRAFTED)
    with not_theirs():
        return_letter(letter, by=request.getfixturevalue(who), reason="不妥。")


def test_whoever_revised_it_does_not_sign_it(supervisor, group_leader, first_deputy):
    letter = letter_in(LetterState.DRAFTED)
    return_letter(letter, by=group_leader, reason="不妥。")
    with not_theirs():
        revise_letter(letter, by=first_deputy, **text(letter))
    appoint(first_deputy, cast.unit(cast.OFFICE), PostKind.SUPERVISOR, "督查员")
    both = cast.person("first_deputy")
    revise_letter(letter, by=both, **text(letter, matter="行业乱象整治迟缓"))
    with refused("办公室设定：钱五是拟稿人，不得签发本人起草的提醒函，请由其他有权办理的人办理。"):
        sign(letter, by=cast.person("first_deputy"))
