"""书面通知, 改期, 签收: all six elements, a lawful time, one number a paper."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import cast
from tests.documents.builders import plain
from tests.factories import case_in, later, take
from tests.refusals import not_theirs, refused, too_late
from tests.web import Visitor
from yuetan.actions.office.office import change_office_setting
from yuetan.models import Case, NumberCounter, OfficeSetting
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import CaseState, DocumentKind, DocumentStatus, Verb

ELEMENTS = {
    "scheduled_at": "时间",
    "place": "地点",
    "procedure": "程序",
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
    for words in ("2026年11月30日", "一号楼会议室", "江扫黑办〔2026〕1号", case.notice_matter.partition("。")[0]):
        assert words in plain(notice.html)
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


def test_the_matter_and_the_people_are_those_that_were_approved():
    case = case_in(CaseState.APPROVED)
    case = take(Verb.SERVE_NOTICE, case, companions=[{"name": "何廿", "title": "棠下镇副镇长"}], matter_facts="")
    assert case.notice_matter == f"{case.matter}。"
    leader = "市领导小组副组长孙六"
    assert case.participants.splitlines() == [
        f"约谈方：{leader}、市司法局副局长尤二十、市扫黑办记录人员。",
        "被约谈方：蓬江区棠下镇党委书记冯十、棠下镇副镇长何廿。",
    ]
    for words in (leader, "棠下镇副镇长何廿", case.matter):
        assert words in case.current_notice.html
    assert "张一" not in case.participants  # who drafted it is not told to the unit


def test_no_other_matter_and_no_other_interviewer_can_be_written():
    case = case_in(CaseState.APPROVED)
    for keyword in ("matter", "participants"):
        with pytest.raises(TypeError):
            take(Verb.SERVE_NOTICE, case, **{keyword: "另一件事"})


@pytest.mark.parametrize(("verb", "state"), STEPS)
@pytest.mark.parametrize("side", ["attendees", "companions"])
def test_whoever_else_is_named_has_a_role(verb, state, side):
    kind = {"attendees": "约谈方其他参加人员", "companions": "被约谈方其他参加人员"}[side]
    sentence = f"{kind}第 1 行还缺：单位及职务；参加人员须写明姓名和单位职务。"
    case = case_in(state)
    with refused(sentence, field=side):
        take(verb, case, **{side: [{"name": "何廿", "title": " "}]})


PARTS = {
    "说明事由、通报问题": "约谈方说明约谈事由和目的、通报存在的问题",
    "陈述说明": "被约谈方陈述说明、提出拟采取的整改措施",
    "讨论分析、确定措施": "讨论分析，确定整改措施及时限",
    "形成纪要": "形成约谈纪要",
}


@pytest.mark.parametrize(("verb", "state"), STEPS)
@pytest.mark.parametrize("left_out", PARTS)
def test_the_procedure_keeps_the_four_parts_of_the_law(verb, state, left_out):
    procedure = "；".join(part for part in PARTS if part != left_out)
    case = case_in(state)
    sentence = f"依据第九条，约谈程序还缺：{PARTS[left_out]}；四个环节都要写明，请照办公室设定的文本补齐。"
    with refused(sentence, field="procedure"):
        take(verb, case, procedure=procedure)


def test_the_offices_own_text_has_all_four():
    case = case_in(CaseState.APPROVED)
    words = OfficeSetting.objects.words
    take(
        Verb.SERVE_NOTICE,
        case,
        procedure=words("interview_procedure"),
        required_materials=words("required_materials"),
    )


@pytest.mark.parametrize(("verb", "state"), STEPS)
def test_the_materials_name_the_four_headings_or_a_reason_is_given(verb, state):
    case = case_in(state)
    sentence = "依据第八条，需提交的材料还缺：{}；确不需要的，请在“不按四项提交的原因”里写明。"
    with refused(sentence.format("基本情况、存在问题、原因分析、整改措施"), field="required_materials"):
        take(verb, case, required_materials="无")
    with refused(sentence.format("原因分析"), field="required_materials"):
        take(verb, case, required_materials="基本情况、存在问题、整改措施。", materials_reason="无")
    case = take(verb, case, required_materials="无。", materials_reason="已书面报过。")
    event = case.events.get(verb=verb)
    assert event.data["materials_reason"] == "已书面报过。"
    assert "已书面报过" not in case.current_notice.html


@pytest.mark.parametrize(("verb", "state"), STEPS)
def test_a_time_beyond_the_offices_latest_day(director, verb, state):
    case = case_in(state)
    with refused("办公室设定：约谈时间须在通知后 60 天之内，最迟为2027年1月22日。", field="scheduled_at"):
        take(verb, case, scheduled_at=datetime(2099, 6, 1, 9, tzinfo=CHINA_STANDARD_TIME))
    change_office_setting(OfficeSetting.objects.get(key="notice_latest_days"), by=director, value=10)
    with refused("办公室设定：约谈时间须在通知后 10 天之内，最迟为2026年12月3日。", field="scheduled_at"):
        take(verb, case, scheduled_at=china(12, 4))
    assert take(verb, case, scheduled_at=china(12, 3)).state == CaseState.NOTIFIED


@pytest.mark.parametrize(("verb", "state"), STEPS)
@pytest.mark.parametrize(
    ("when", "stated"),
    [
        (china(11, 28), "2026年11月28日（星期六）上午9:00不是工作日"),
        (china(11, 30, 7, 59), "2026年11月30日（星期一）上午7:59不在办公室设定的约谈时段（8时至18时）"),
        (china(11, 30, 18, 1), "2026年11月30日（星期一）晚上6:01不在办公室设定的约谈时段（8时至18时）"),
        (china(11, 29, 22), "2026年11月29日（星期日）晚上10:00不是工作日，不在办公室设定的约谈时段（8时至18时）"),
    ],
)
def test_a_weekend_or_a_night_hour_is_said_and_confirmed(verb, state, when, stated):
    case = case_in(state)
    sentence = f"办公室设定：{stated}；确需在此时约谈的，请勾选“已知悉时间特殊，仍按此安排”。"
    with refused(sentence, field="unusual_time_accepted"):
        take(verb, case, scheduled_at=when, unusual_time_accepted=False)
    assert take(verb, case, scheduled_at=when).scheduled_at == when


@pytest.mark.parametrize("when", [china(11, 30, 8), china(11, 30, 18)])
def test_a_usual_time_needs_no_tick(when):
    case = take(Verb.SERVE_NOTICE, case_in(CaseState.APPROVED), scheduled_at=when, unusual_time_accepted=False)
    assert case.scheduled_at == when


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
    assert "江扫黑办〔2026〕1号" in plain(new.html)
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
    with refused("尚未写明改期的原因。", field="reason"):
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


def test_nobody_signs_for_a_notice_that_was_served_after_they_looked(office):
    case = case_in(CaseState.NOTIFIED)
    seen = str(case.current_notice.pk)
    case = take(Verb.RESCHEDULE, case)
    with refused("改期通知在您打开本页以后已另行印发，请看过现在的改期通知再签收。"):
        take(Verb.ACKNOWLEDGE_RECEIPT, case, seen=seen)
    with refused("改期通知在您打开本页以后已另行印发，请看过现在的改期通知再签收。"):
        take(Verb.ACKNOWLEDGE_RECEIPT, case, seen="")
    assert take(Verb.ACKNOWLEDGE_RECEIPT, case).current_notice.receipt_or_none


def test_the_page_signs_for_the_notice_that_it_shows(office):
    case = case_in(CaseState.NOTIFIED)
    liaison = Visitor(cast.liaison(cast.TOWN))
    address = f"/cases/{case.pk}/steps/acknowledge_receipt/"
    liaison.open(address)
    (button,) = next(form for form in liaison.page.forms if form.action.endswith(address)).buttons
    take(Verb.RESCHEDULE, case)
    liaison.press(button, expect=422)
    assert "请看过现在的" in liaison.page
    assert Case.objects.get(pk=case.pk).current_notice.receipt_or_none is None
    liaison.open(address)
    liaison.press(button)
    liaison.press("签收通知")
    assert Case.objects.get(pk=case.pk).current_notice.receipt_or_none
