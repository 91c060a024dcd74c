"""书面通知, 改期, 签收: all six elements, a lawful time, one number a paper."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import cast
from tests.factories import case_in, later, take
from tests.refusals import not_theirs, refused, too_late
from yuetan.actions.office.office import change_office_setting
from yuetan.models import Case, NumberCounter, OfficeSetting
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import CaseState, DocumentKind, DocumentStatus, Verb

ELEMENTS = {
    "matter": "事由",
    "scheduled_at": "时间",
    "place": "地点",
    "procedure": "程序",
    "participants": "参加人员",
    "required_materials": "需提交的材料",
}
STEPS = [(Verb.SERVE_NOTICE, CaseState.APPROVED), (Verb.RESCHEDULE, CaseState.NOTIFIED)]


@pytest.fixture(autouse=True)
def _everybody(office):
    return office


def china(month, day, hour=9, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA_STANDARD_TIME)


def test_the_notice_is_numbered_and_frozen(officer):
    case = take(Verb.SERVE_NOTICE, case_in(CaseState.APPROVED), scheduled_at=china(11, 30, 9, 30), place="一号楼会议室")
    notice = case.documents.get()
    assert (notice.kind, notice.number) == (DocumentKind.INTERVIEW_NOTICE, "江扫黑办〔2026〕1号")
    assert notice.issued_by == officer
    for words in ("2026年11月30日", "一号楼会议室", "江扫黑办〔2026〕1号", case.notice_matter.rstrip("。")):
        assert words in notice.html
    assert case.due_on == china(11, 30).date()


def test_from_the_notice_on_and_no_earlier_the_unit_sees_its_case(head, liaison, other_head):
    case = case_in(CaseState.APPROVED)
    assert not Case.objects.visible_to(head).exists()
    take(Verb.SERVE_NOTICE, case)
    for person in (f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"):
        assert Case.objects.visible_to(cast.person(person)).get() == case
    assert not Case.objects.visible_to(other_head).exists()


@pytest.mark.parametrize(("verb", "state"), STEPS)
@pytest.mark.parametrize("element", ELEMENTS)
def test_a_notice_without_one_of_the_six(verb, state, element):
    case = case_in(state)
    empty = None if element == "scheduled_at" else ""
    with refused(f"依据第七条，约谈通知还缺：{ELEMENTS[element]}。", field=element):
        take(verb, case, **{element: empty})


def test_all_that_is_missing_is_named_in_one_sentence():
    case = case_in(CaseState.APPROVED)
    with refused("依据第七条，约谈通知还缺：地点、需提交的材料。", field="place"):
        take(Verb.SERVE_NOTICE, case, place="", required_materials="")


@pytest.mark.parametrize(("verb", "state"), STEPS)
def test_a_time_that_has_passed(verb, state):
    case = case_in(state)
    with refused("办公室设定：约谈时间2026年11月20日（星期五）上午9:30已过，须另定将来的时间。", field="scheduled_at"):
        take(verb, case, scheduled_at=china(11, 20, 9, 30))


@pytest.mark.parametrize(("verb", "state"), STEPS)
@pytest.mark.parametrize("when", [china(11, 23, 10, 30), china(11, 24), china(11, 26, 23, 59)])
def test_a_time_inside_the_lead_time(verb, state, when):
    case = case_in(state)
    sentence = "办公室设定：约谈时间须在通知后 3 个工作日之后，最早为2026年11月27日。"
    with refused(sentence, field="scheduled_at"):
        take(verb, case, scheduled_at=when)


def test_the_first_moment_after_the_lead_time():
    case = take(Verb.SERVE_NOTICE, case_in(CaseState.APPROVED), scheduled_at=china(11, 27, 0, 0))
    assert case.scheduled_at == datetime(2026, 11, 26, 16, 0, tzinfo=UTC)


def test_the_lead_time_counts_working_days_and_is_the_offices_own(director):
    case = case_in(CaseState.APPROVED)
    setting = OfficeSetting.objects.get(key="notice_lead_days")
    change_office_setting(setting, by=director, value=5)
    with refused("办公室设定：约谈时间须在通知后 5 个工作日之后，最早为2026年12月1日。"):
        take(Verb.SERVE_NOTICE, case, scheduled_at=china(11, 30))
    change_office_setting(setting, by=director, value=0)
    assert take(Verb.SERVE_NOTICE, case, scheduled_at=china(11, 23, 16)).state == CaseState.NOTIFIED


def test_a_changed_date_takes_a_new_number_and_marks_the_old_paper():
    case = take(Verb.RESCHEDULE, case_in(CaseState.NOTIFIED), scheduled_at=china(12, 4, 15), reason="会议冲突。")
    new, old = case.documents.order_by("-serial")
    assert (old.number, old.status) == ("江扫黑办〔2026〕1号", DocumentStatus.REPLACED)
    assert (new.number, new.status) == ("江扫黑办〔2026〕2号", DocumentStatus.VALID)
    assert (new.kind, old.replaced_by) == (DocumentKind.RESCHEDULE_NOTICE, new)
    assert "江扫黑办〔2026〕1号" in new.html
    assert "会议冲突" in new.html
    assert (case.state, case.scheduled_at, case.due_on) == (CaseState.NOTIFIED, china(12, 4, 15), china(12, 4).date())
    assert case.current_notice == new


def test_a_date_may_be_changed_again_and_again():
    case = case_in(CaseState.NOTIFIED)
    for _ in range(3):
        case = take(Verb.RESCHEDULE, case)
    papers = case.documents.order_by("serial")
    assert [paper.serial for paper in papers] == [1, 2, 3, 4]
    assert [paper.status for paper in papers] == [*[DocumentStatus.REPLACED] * 3, DocumentStatus.VALID]


def test_changing_the_date_without_a_reason():
    case = case_in(CaseState.NOTIFIED)
    with refused("办公室设定：尚未写明改期的原因。", field="reason"):
        take(Verb.RESCHEDULE, case, reason="")


def test_a_refused_notice_uses_up_no_number():
    case, other = case_in(CaseState.APPROVED), case_in(CaseState.APPROVED)
    with refused("依据第七条，约谈通知还缺：地点。"):
        take(Verb.SERVE_NOTICE, case, place="")
    assert take(Verb.SERVE_NOTICE, other).documents.get().serial == 1
    assert NumberCounter.objects.get(prefix="江扫黑办").last == 1


def test_the_numbers_begin_anew_each_year():
    assert case_in(CaseState.NOTIFIED).documents.get().number == "江扫黑办〔2026〕1号"
    with later(days=60):
        assert case_in(CaseState.NOTIFIED).documents.get().number == "江扫黑办〔2027〕1号"


@pytest.mark.parametrize("who", ["director", "group_leader", "supervisor", "sysadmin", "auditor"])
def test_nobody_but_a_case_officer_serves(request, who):
    case = case_in(CaseState.APPROVED)
    with not_theirs():
        take(Verb.SERVE_NOTICE, case, by=request.getfixturevalue(who))


@pytest.mark.parametrize("state", [CaseState.DRAFTED, CaseState.IN_REVIEW, CaseState.PROPOSED, CaseState.NOTIFIED])
def test_only_what_was_approved_is_served(officer, state):
    case = case_in(state)
    with too_late():
        take(Verb.SERVE_NOTICE, case, **_six())


def _six():
    return dict.fromkeys(ELEMENTS, "有") | {"scheduled_at": clock.now() + timedelta(days=9)}


@pytest.mark.parametrize("who", ["head", "liaison"])
def test_a_named_person_of_the_unit_signs_for_the_notice_once(request, who):
    person = request.getfixturevalue(who)
    case = take(Verb.ACKNOWLEDGE_RECEIPT, case_in(CaseState.NOTIFIED), by=cast.person(person.username))
    receipt = case.current_notice.receipt
    assert (receipt.signed_by, receipt.signed_title) == (person, person.title)
    with refused(f"本通知已由{person.name}于{receipt.signed_at_words}签收，不必再次签收。"):
        take(Verb.ACKNOWLEDGE_RECEIPT, case)


def test_the_new_notice_is_signed_for_anew():
    case = take(Verb.ACKNOWLEDGE_RECEIPT, case_in(CaseState.NOTIFIED))
    case = take(Verb.ACKNOWLEDGE_RECEIPT, take(Verb.RESCHEDULE, case))
    assert [paper.receipt_or_none is not None for paper in case.documents.all()] == [True, True]


@pytest.mark.parametrize("who", ["officer", "director", "other_head", "other_liaison", "county_head"])
def test_nobody_else_signs_for_it(request, who):
    case = case_in(CaseState.NOTIFIED)
    with not_theirs():
        take(Verb.ACKNOWLEDGE_RECEIPT, case, by=request.getfixturevalue(who))
