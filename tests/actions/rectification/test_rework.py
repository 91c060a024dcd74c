"""退回整改 and 复发重启: asked for by the supervisor, decided by the director; no limit grows shorter or runs away."""

from datetime import date, timedelta

import pytest

from tests import cast
from tests.factories import case_in, later, take
from tests.refusals import appoint, by_the_office, not_theirs, refused
from tests.web import Visitor
from yuetan.models import Alert, CalendarDay, Case, OfficeSetting, Unit
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import add_working_days
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import CaseState, FindingOutcome, InspectionConclusion, ReportKind, TaskState, Verb

NOT_RECTIFIED = {"conclusion": InspectionConclusion.NOT_RECTIFIED, "basis": "现场核查，台账缺页。"}
PENDING = "办公室设定：已提请退回整改，待办公室主任决定，决定以前不能另行提请、另作结论。"


@pytest.fixture
def concluded(office):
    """Inspected after both dates with nothing reported: not rectified."""
    case = case_in(CaseState.RECTIFYING)
    with later(days=40):
        take(Verb.BEGIN_INSPECTION, case)
        yield take(Verb.CONCLUDE_INSPECTION, case, **NOT_RECTIFIED)


@pytest.fixture
def early(office):
    """Both tasks were reported long before their dates, and the inspection found that nothing was done."""
    case = case_in(CaseState.INSPECTING)
    doubted = [{"task": t, "outcome": FindingOutcome.NOT_BORNE_OUT, "words": "台账系补写。"} for t in case.tasks.all()]
    return take(Verb.CONCLUDE_INSPECTION, case, task_findings=doubted, **NOT_RECTIFIED)


@pytest.fixture
def relapsed(office):
    """Closed long ago; the 回头看 found the problems again."""
    case = case_in(CaseState.CLOSED)
    with later(days=80):
        yield take(Verb.RECORD_REVISIT, case)


def working(days, since=None):
    return add_working_days(since or clock.today(), days, CalendarDay.objects.calendar())


def dates(case):
    return {task.number: (task.agreed_due_on, task.effective_due_on) for task in case.tasks.all()}


def test_nothing_moves_until_the_director_has_decided(concluded, director, supervisor):
    before = dates(concluded)
    take(Verb.REQUEST_SEND_BACK, concluded)
    assert dates(concluded) == before
    assert "提请退回，另定时限，请决定" in Alert.objects.filter(recipient=director).first().text
    case = take(Verb.SEND_BACK, concluded, opinion="同意，盯紧。")
    request = case.rework_requests.get()
    assert (request.requested_by, request.decided_by, request.granted) == (supervisor, director, True)
    assert case.state == CaseState.RECTIFYING
    assert {due for due, _ in dates(case).values()} == {request.new_due_on}
    assert {task.first_due_on for task in case.tasks.all()} == {first for first, _ in before.values()}
    page = Visitor(cast.head(cast.TOWN)).open(f"/cases/{case.pk}/")
    for words in (f"新的时限：{chinese_date(request.new_due_on)}", "退回、重启的原因：台账不全。"):
        assert words in page
    event = case.events.newest_first()[0]
    assert (event.opinion, event.data["tasks"], event.data["rework_reason"]) == ("同意，盯紧。", [1, 2], "台账不全。")


@pytest.mark.parametrize("who", ["officer", "director", "group_leader", "head"])
@pytest.mark.parametrize(
    ("fixture", "verb"), [("concluded", Verb.REQUEST_SEND_BACK), ("relapsed", Verb.REQUEST_REOPENING)]
)
def test_nobody_but_a_supervisor_asks(request, fixture, verb, who):
    case = request.getfixturevalue(fixture)
    with not_theirs():
        take(verb, case, by=request.getfixturevalue(who))


@pytest.mark.parametrize("who", ["officer", "supervisor", "group_leader", "head"])
def test_nobody_but_the_director_decides(concluded, request, who):
    take(Verb.REQUEST_SEND_BACK, concluded)
    for verb in (Verb.SEND_BACK, Verb.REFUSE_REWORK):
        with not_theirs():
            take(verb, concluded, by=request.getfixturevalue(who))


def test_who_asks_does_not_decide(concluded, director):
    appoint(director, cast.unit(cast.OFFICE), "supervisor", "督查员")
    both = cast.person("director")
    take(Verb.REQUEST_SEND_BACK, concluded, by=both)
    sentence = "办公室设定：王三是提请人，不得决定本人的提请，请另一人提请或者决定。"
    for verb in (Verb.SEND_BACK, Verb.REFUSE_REWORK):
        with refused(sentence):
            take(verb, concluded, by=both)


def test_who_asked_hears_that_it_was_not_agreed_to(concluded, supervisor):
    take(Verb.REFUSE_REWORK, take(Verb.REQUEST_SEND_BACK, concluded))
    newest = Alert.objects.filter(recipient=supervisor).order_by("id").last()
    assert newest.text.endswith("重新整改的提请未获同意，请查看原因。")


def test_without_a_request_nothing_is_sent_back(concluded):
    sentence = "办公室设定：尚无督查员提请，不能另定时限；请督查员先提请，写明任务、原因和新的时限。"
    with refused(sentence):
        take(Verb.SEND_BACK, concluded)
    with refused(sentence):
        take(Verb.REFUSE_REWORK, concluded)


def test_it_rests_on_a_conclusion(office):
    case = case_in(CaseState.INSPECTING)
    with refused("依据第十条第二项，尚无督查结论，不能退回整改；请督查员先记录督查情况。"):
        take(Verb.REQUEST_SEND_BACK, case)


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"tasks": []}, "尚未选择退回的整改任务。", "tasks"),
        ({"reason": ""}, "尚未写明退回整改的原因。", "reason"),
        ({"new_due_on": None}, "尚未填写新的时限。", "new_due_on"),
    ],
)
def test_what_a_request_lacks(concluded, changed, sentence, field):
    with refused(by_the_office(sentence), field=field):
        take(Verb.REQUEST_SEND_BACK, concluded, **changed)


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"tasks": []}, "尚未选择重新整改的任务。", "tasks"),
        ({"reason": ""}, "尚未写明复发重启整改的原因。", "reason"),
        ({"new_due_on": None}, "尚未填写新的时限。", "new_due_on"),
        ({"new_due_on": date(2040, 1, 2)}, "新的时限后延不得超过 30 个工作日，最晚为{latest}。", "new_due_on"),
    ],
)
def test_what_a_request_to_reopen_lacks(relapsed, changed, sentence, field):
    with refused(by_the_office(sentence.format(latest=chinese_date(working(30)))), field=field):
        take(Verb.REQUEST_REOPENING, relapsed, **changed)


def test_a_limit_never_grows_shorter(early):
    running = max(task.effective_due_on for task in early.tasks.all())
    sentence = f"办公室设定：新的时限不得早于所选任务现在的时限{chinese_date(running)}，时限只能后延。"
    with refused(sentence, field="new_due_on"):
        take(Verb.REQUEST_SEND_BACK, early, tasks=list(early.tasks.all()), new_due_on=running - timedelta(days=1))
    take(Verb.REQUEST_SEND_BACK, early, tasks=list(early.tasks.all()), new_due_on=running)


def test_it_lies_after_the_office_lead_and_within_its_cap(concluded):
    earliest, latest = working(3), working(30)
    with refused(
        f"办公室设定：新的时限须在今天之后 3 个工作日以上，最早为{chinese_date(earliest)}。", field="new_due_on"
    ):
        take(Verb.REQUEST_SEND_BACK, concluded, new_due_on=clock.today() + timedelta(days=1))
    with refused(f"办公室设定：新的时限后延不得超过 30 个工作日，最晚为{chinese_date(latest)}。", field="new_due_on"):
        take(Verb.REQUEST_SEND_BACK, concluded, new_due_on=latest + timedelta(days=60))  # beyond every 2027
    OfficeSetting.objects.filter(key="rework_most_days").update(value=0)
    take(Verb.REQUEST_SEND_BACK, concluded, new_due_on=date(2036, 1, 2))


def test_the_days_that_went_by_are_counted_again_on_the_day_of_the_decision(concluded):
    due = working(3)
    take(Verb.REQUEST_SEND_BACK, concluded, new_due_on=due)
    with later(days=7):
        earliest = chinese_date(working(3))
        why = f"办公室设定：新的时限须在今天之后 3 个工作日以上，最早为{earliest}。"
        overtaken = f"提请的新时限{chinese_date(due)}现在不能照准（{why}），请不同意本次提请，由督查员重新提请。"
        with refused(f"办公室设定：{overtaken}"):
            take(Verb.SEND_BACK, concluded)
        take(Verb.REFUSE_REWORK, concluded)
        take(Verb.REQUEST_SEND_BACK, concluded)
        assert take(Verb.SEND_BACK, concluded).state == CaseState.RECTIFYING


def test_one_request_at_a_time_and_nothing_is_concluded_over_it(concluded):
    take(Verb.REQUEST_SEND_BACK, concluded)
    for verb in (Verb.REQUEST_SEND_BACK, Verb.CONCLUDE_INSPECTION):
        with refused(PENDING):
            take(verb, concluded, **(NOT_RECTIFIED if verb == Verb.CONCLUDE_INSPECTION else {}))


def test_what_was_refused_says_why_and_changes_nothing(concluded, supervisor):
    before = dates(concluded)
    take(Verb.REQUEST_SEND_BACK, concluded)
    with refused("尚未填写意见。", field="opinion"):
        take(Verb.REFUSE_REWORK, concluded, opinion=" ")
    case = take(Verb.REFUSE_REWORK, concluded, opinion="再核一次。")
    assert (case.state, dates(case), case.rework_requests.get().granted) == (CaseState.INSPECTING, before, False)
    assert "未获同意" in Alert.objects.filter(recipient=supervisor).first().text
    assert "再核一次。" in Visitor(supervisor).open(f"/cases/{case.pk}/")
    assert "台账不全。" not in Visitor(cast.head(cast.TOWN)).open(f"/cases/{case.pk}/")


def test_no_end_over_an_undecided_request(early):
    take(Verb.REQUEST_SEND_BACK, early, tasks=[early.tasks.get(number=1)])
    sentence = (
        "办公室设定：有 1 件退回整改的提请尚未办理，须先由办公室主任、代行主任职责的人员办理"
        "“退回整改”或者“不同意重新整改”，再办本步骤。"
    )
    with refused("办公室设定：督查结论为“整改不到位”，不能办结；请督查员提请退回整改，另定时限。", sentence):
        take(Verb.CLOSE, early)


def test_what_was_struck_off_and_found_untrue_is_sent_back(early):
    case = take(Verb.REQUEST_SEND_BACK, early, tasks=[early.tasks.get(number=1)], new_due_on=working(30))
    case = take(Verb.SEND_BACK, case)
    assert [task.state for task in case.tasks.order_by("number")] == [TaskState.RETURNED, TaskState.ACCEPTED]
    for verb in (Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.ACCEPT_TASK, Verb.BEGIN_INSPECTION):
        take(verb, case)
    assert take(Verb.CONCLUDE_INSPECTION, case).inspections.count() == 2


def test_what_was_struck_off_and_borne_out_is_not(office):
    case = take(Verb.CONCLUDE_INSPECTION, case_in(CaseState.INSPECTING))
    sentence = "办公室设定：第 1 项整改任务已销号，督查也未认定其不属实或者未落实，不能退回。"
    with refused(sentence, field="tasks"):
        take(Verb.REQUEST_SEND_BACK, case, tasks=[case.tasks.get(number=1)], new_due_on=working(30))


def test_a_report_under_review_comes_back_with_the_reason(office):
    case = case_in(CaseState.RECTIFYING)
    for _ in range(2):
        take(Verb.PREPARE_REPORT, case)
        take(Verb.HAND_IN_REPORT, case)
    take(Verb.BEGIN_INSPECTION, case)
    take(Verb.CONCLUDE_INSPECTION, case, **NOT_RECTIFIED)
    take(Verb.REQUEST_SEND_BACK, case, reason="佐证不足。")
    case = take(Verb.SEND_BACK, case)
    assert {task.state for task in case.tasks.all()} == {TaskState.RETURNED}
    assert {task.handed_in(ReportKind.COMPLETION)[0].outcome_note for task in case.tasks.all()} == {"佐证不足。"}
    assert "佐证不足。" in Visitor(cast.head(cast.TOWN)).open(f"/cases/{case.pk}/")


def test_the_second_inspection_is_counted_and_the_first_kept(concluded):
    take(Verb.REQUEST_SEND_BACK, concluded)
    case = take(Verb.SEND_BACK, concluded)
    for _ in range(2):
        take(Verb.PREPARE_REPORT, case)
        take(Verb.HAND_IN_REPORT, case)
    case = take(Verb.BEGIN_INSPECTION, case)
    assert [one.number for one in case.inspections.all()] == [2, 1]
    with refused("依据第十条第二项，尚无督查结论，不能退回整改；请督查员先记录督查情况。"):
        take(Verb.REQUEST_SEND_BACK, case)


def test_a_relapse_is_taken_up_again_by_two_persons(relapsed, director):
    take(Verb.REQUEST_REOPENING, relapsed)
    assert "决定是否重启整改" in Visitor(director).open("/")
    case = take(Verb.REOPEN, relapsed)
    task = case.tasks.get(number=1)
    assert (case.state, task.state) == (CaseState.RECTIFYING, TaskState.RETURNED)
    page = Visitor(cast.head(cast.TOWN)).open(f"/tasks/{task.pk}/date/")
    for words in ("复发重启整改", "摸排又停了。", "同意重启整改。", "时限只由办公室主任的决定改变"):
        assert words in page


def test_the_pages_say_the_days_before_one_types(concluded, supervisor, director):
    page = Visitor(supervisor).open(f"/cases/{concluded.pk}/")
    assert "提请退回整改" in page
    assert "决定是否退回整改" not in Visitor(director).open("/")
    take(Verb.REQUEST_SEND_BACK, concluded)
    assert "决定是否退回整改" in Visitor(director).open("/")


def test_nothing_is_taken_up_again_of_a_unit_that_nobody_goes_on_for(relapsed):
    take(Verb.REQUEST_REOPENING, relapsed)
    Unit.objects.filter(pk=relapsed.unit_id).update(retired_on=clock.today())
    with refused(by_the_office("棠下镇已停用，没有承接单位，请系统管理员先登记承接单位。")):
        take(Verb.REOPEN, Case.objects.get(pk=relapsed.pk))
