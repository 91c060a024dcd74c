"""督查 and the end: 启动督查, 记录督查, 办结."""

from datetime import date, timedelta

import pytest

from tests.factories import case_after, case_in, later, take
from tests.refusals import not_theirs, refused
from yuetan.rules.dates import clock
from yuetan.views.case.inspection_sections import inspection
from yuetan.vocabulary import (
    CaseState,
    FindingOutcome,
    InspectionConclusion,
    Verb,
)

TOO_FEW = "办公室设定：督查、现场核查、回头看须由两人以上进行，请选定至少两人；同一人任两职的只算一人。"
NOT_RECTIFIED = {"conclusion": InspectionConclusion.NOT_RECTIFIED, "basis": "现场核查，台账缺页。"}


@pytest.fixture
def overdue(office):
    """Under inspection with nothing reported: both dates have passed."""
    case = case_in(CaseState.RECTIFYING)
    with later(days=40):
        yield take(Verb.BEGIN_INSPECTION, case)


@pytest.fixture
def inspecting(office):
    """Under inspection with every task struck off."""
    return case_in(CaseState.INSPECTING)


def chinese(day):
    return f"{day.year}年{day.month}月{day.day}日"


def test_inspection_waits_for_reports_or_for_the_date(office):
    case = case_in(CaseState.RECTIFYING)
    first, second = case.tasks.all()
    with refused(
        f"办公室设定：第 1 项整改任务尚未报告且未到时限（{chinese(first.agreed_due_on)}），不能启动督查。",
        f"办公室设定：第 2 项整改任务尚未报告且未到时限（{chinese(second.agreed_due_on)}），不能启动督查。",
    ):
        take(Verb.BEGIN_INSPECTION, case)
    still_running = f"办公室设定：第 2 项整改任务尚未报告且未到时限（{chinese(second.agreed_due_on)}），不能启动督查。"
    with later(days=(first.agreed_due_on - clock.today()).days + 1), refused(still_running):
        take(Verb.BEGIN_INSPECTION, case)
    with later(days=(second.agreed_due_on - clock.today()).days + 1):
        assert take(Verb.BEGIN_INSPECTION, case).state == CaseState.INSPECTING


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"findings": ""}, "依据第十条第二项，尚未填写督查情况。", "findings"),
        ({"inspectors": []}, TOO_FEW, "inspectors"),
        ({"basis": " "}, "督查结论须写明依据（查实有据、查否有据）。", "basis"),
    ],
)
def test_what_a_conclusion_lacks(inspecting, changed, sentence, field):
    with refused(sentence, field=field):
        take(Verb.CONCLUDE_INSPECTION, inspecting, **changed)


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"planned_on": None}, "尚未确定督查日期。", "planned_on"),
        ({"inspectors": []}, TOO_FEW, "inspectors"),
        ({"plan": ""}, "尚未写明督查方式和重点。", "plan"),
    ],
)
def test_what_a_plan_lacks(office, changed, sentence, field):
    case = case_in(CaseState.RECTIFYING)
    with later(days=40), refused(sentence, field=field):
        take(Verb.BEGIN_INSPECTION, case, **changed)


def test_each_task_has_a_finding_and_none_stands_against_the_conclusion(inspecting):
    first, second = inspecting.tasks.order_by("number")
    borne_out = {"outcome": FindingOutcome.BORNE_OUT, "words": "台账齐全。"}
    with refused("尚未写明第 2 项整改任务的核查结果及依据。", field="task_findings"):
        take(Verb.CONCLUDE_INSPECTION, inspecting, task_findings=[{"task": first, **borne_out}])
    against = [{"task": first, **borne_out}, {"task": second, **borne_out, "outcome": FindingOutcome.NOT_BORNE_OUT}]
    with refused("办公室设定：第 2 项整改任务核查未落实，不能作出“整改到位”的结论。", field="conclusion"):
        take(Verb.CONCLUDE_INSPECTION, inspecting, task_findings=against)
    take(Verb.CONCLUDE_INSPECTION, inspecting)
    assert inspecting.current_inspection.task_findings.count() == 2


def test_no_good_conclusion_over_open_tasks(overdue):
    with refused(
        "办公室设定：第 1 项整改任务尚未销号，不能作出“整改到位”的结论。",
        "办公室设定：第 2 项整改任务尚未销号，不能作出“整改到位”的结论。",
        field="conclusion",
    ):
        take(Verb.CONCLUDE_INSPECTION, overdue)


def test_no_end_with_an_open_task(overdue):
    with refused(
        "依据第十条第一项，第 1 项整改任务尚未书面报告落实情况，不能办结。",
        "依据第十条第一项，第 2 项整改任务尚未书面报告落实情况，不能办结。",
        "依据第十条第二项，尚无督查结论，不能办结；请督查员先记录督查情况。",
    ):
        take(Verb.CLOSE, overdue)


def test_no_end_with_a_report_nobody_checked(office):
    case = case_in(CaseState.RECTIFYING)
    for _ in range(2):
        take(Verb.PREPARE_REPORT, case)
        take(Verb.HAND_IN_REPORT, case)
    take(Verb.ACCEPT_TASK, case)
    take(Verb.BEGIN_INSPECTION, case)
    take(Verb.CONCLUDE_INSPECTION, case, **NOT_RECTIFIED)
    with refused(
        "依据第十条第二项，第 2 项整改任务尚未核查销号，不能办结。",
        "办公室设定：督查结论为“整改不到位”，不能办结；请督查员提请退回整改，另定时限。",
    ):
        take(Verb.CLOSE, case)


def test_no_end_without_a_conclusion(inspecting):
    with refused("依据第十条第二项，尚无督查结论，不能办结；请督查员先记录督查情况。"):
        take(Verb.CLOSE, inspecting)


def test_the_end(inspecting, director, officer, supervisor):
    take(Verb.CONCLUDE_INSPECTION, inspecting)
    for somebody in (officer, supervisor):
        with not_theirs():
            take(Verb.CLOSE, inspecting, by=somebody)
    with refused("尚未填写意见。", field="opinion"):
        take(Verb.CLOSE, inspecting, opinion="")
    case = take(Verb.CLOSE, inspecting)
    assert (case.state, case.closed_on, case.due_on) == (CaseState.CLOSED, date(2026, 11, 23), date(2027, 2, 21))


def test_a_further_conclusion_keeps_the_first_whole(inspecting, supervisor):
    case = take(Verb.CONCLUDE_INSPECTION, inspecting, findings="首次核查。", **NOT_RECTIFIED)
    with later(days=2):
        case = take(Verb.CONCLUDE_INSPECTION, case, findings="再次核查。")
    second, first = case.inspections.all()
    assert (first.number, first.findings, first.conclusion) == (1, "首次核查。", InspectionConclusion.NOT_RECTIFIED)
    assert (second.number, second.findings, second.plan) == (2, "再次核查。", first.plan)
    assert first.task_findings.count() == second.task_findings.count() == 2
    assert second.concluded_by == first.concluded_by == supervisor
    assert second.concluded_at - first.concluded_at >= timedelta(days=2)
    words = " ".join(one["value"] for one in inspection(case, [], inner=True).rows)
    assert "（周七，2026年11月23日 10:00记录）" in words
    assert "（周七，2026年11月25日 10:00记录）" in words
    with later(days=3):
        assert take(Verb.CLOSE, case).state == CaseState.CLOSED


@pytest.mark.parametrize("who", ["officer", "director", "group_leader", "head"])
def test_nobody_but_a_supervisor_inspects(request, who):
    case = request.getfixturevalue("overdue")
    with not_theirs():
        take(Verb.CONCLUDE_INSPECTION, case, by=request.getfixturevalue(who))


def test_only_the_supervisor_begins(office, director, officer):
    case = case_after(Verb.ACCEPT_TASK)
    for somebody in (director, officer):
        with not_theirs():
            take(Verb.BEGIN_INSPECTION, case, by=somebody)
