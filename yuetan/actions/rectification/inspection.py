"""Inspection (督查) and the end of a case: 启动督查, 记录督查, 办结."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypedDict

from django.utils import timezone

from yuetan.actions.files.attachment import Offer, examine_files
from yuetan.actions.rectification.retention import usual_retention
from yuetan.actions.rectification.team import InspectorRow, plan_team, record_team, team_problems
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Case, Inspection, OfficeSetting, Revisit, Task, TaskFinding, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import FindingOutcome, InspectionConclusion, TaskState, Verb


def begin_inspection(
    case: Case, *, by: User, planned_on: date | None, inspectors: Sequence[InspectorRow], plan: str
) -> Case:
    """启动督查: once every task is reported or past its date; a plan for a day ahead, and two persons at least.

    Carries out Art. 10 (二). Raises StateChanged unless the case is being put right, NotYours for anybody but a
    supervisor, Refused while a task is neither reported nor past its date, without a plan or a day that is ahead and
    not too far (办公室设定), and for fewer than two persons or one who may not inspect (回避). Effects: a round of
    inspection with its team; the case is under inspection.
    """
    facts: dict[str, Any] = {"planned_on": planned_on}
    with step(case, Verb.BEGIN_INSPECTION, by=by, facts=facts) as case:
        refuse_if_any(case, [*_plan_problems(planned_on, plan), *team_problems(case, inspectors, None)])
        team = plan_team(case, inspectors)
        facts["inspectors"] = team.names
        who = {"begun_by": by, "inspectors": team.names, "team": team}
        number = case.inspections.count() + 1
        Inspection.objects.create(case=case, number=number, planned_on=planned_on, plan=plan, **who)
        case.begin_inspection()
    return case


def _plan_problems(planned_on: date | None, plan: str) -> Iterator[Finding]:
    today, most = clock.today(), OfficeSetting.objects.number("inspection_most_days")
    if planned_on is None:
        yield finding("inspection_day_missing", "planned_on")
    elif planned_on < today:
        yield finding("planned_day_past", "planned_on")
    elif most and planned_on > today + timedelta(days=most):
        latest = official_text.chinese_date(today + timedelta(days=most))
        yield finding("planned_day_too_far", "planned_on", most=most, latest=latest)
    yield from require_words(plan, finding("plan_missing", "plan"))


class TaskFindingRow(TypedDict):
    """What an inspection found of one task."""

    task: Task
    outcome: str
    words: str


@dataclass(frozen=True)
class _Conclusion:
    inspected_on: date | None
    inspectors: Sequence[InspectorRow]
    findings: str
    task_findings: Sequence[TaskFindingRow]
    conclusion: str
    basis: str


def conclude_inspection(
    case: Case,
    *,
    by: User,
    inspected_on: date | None,
    inspectors: Sequence[InspectorRow],
    findings: str,
    task_findings: Sequence[TaskFindingRow],
    conclusion: str,
    basis: str,
    scan: Offer | None,
) -> Case:
    """记录督查情况: who went when, what was found of each task, and a conclusion with its basis.

    What was concluded before stays as it was: this is one more round. It counts once every inspector has signed it,
    each by their own account, or all on the sheet that is bound in. Raises StateChanged unless the case is under
    inspection, NotYours for anybody but a supervisor, Refused while a request for more work waits, for a task of which
    nothing is said, a day ahead or before the inspection began, a team that may not inspect, a conclusion without its
    basis or against the tasks (Art. 10 (二)), and for a file that is not accepted.
    """
    given = _Conclusion(inspected_on, inspectors, findings, task_findings, conclusion, basis)
    sheet = examine_files(case, [scan] if scan else [], "scan")
    facts: dict[str, Any] = {"conclusion": conclusion}
    with step(case, Verb.CONCLUDE_INSPECTION, by=by, opinion=findings, facts=facts) as case:
        refuse_if_any(case, _conclusion_problems(case, given))
        assert inspected_on is not None
        inspection = _round_to_conclude(case)
        inspection.team = record_team(case, inspection.team, inspectors, inspected_on, by=by, sheet=sheet)
        inspection.inspectors = inspection.team.names
        _conclude(inspection, given, by)
        facts["inspection"] = inspection.number
    return case


def _conclude(inspection: Inspection, given: _Conclusion, by: User) -> None:
    inspection.findings, inspection.conclusion, inspection.basis = given.findings, given.conclusion, given.basis
    inspection.concluded_by, inspection.concluded_at = by, clock.now()
    inspection.save()
    for row in given.task_findings:
        TaskFinding.objects.create(inspection=inspection, **row)


def _round_to_conclude(case: Case) -> Inspection:
    """The current inspection; once it is concluded, a new one on the same plan."""
    last = case.current_inspection
    assert last is not None
    if not last.conclusion:
        return last
    plan = {"planned_on": last.planned_on, "plan": last.plan}
    return Inspection(case=case, number=last.number + 1, begun_by=last.begun_by, begun_at=last.begun_at, **plan)


def _conclusion_problems(case: Case, given: _Conclusion) -> Iterator[Finding]:
    yield from _day_problems(case, given.inspected_on)
    yield from team_problems(case, given.inspectors, given.inspected_on)
    yield from require_words(given.findings, finding("inspection_findings_missing", "findings"))
    findings_by_task = {row["task"].pk: row for row in given.task_findings if row["words"].strip()}
    for task in case.tasks.all():
        words = findings_by_task[task.pk]["words"] if task.pk in findings_by_task else ""
        yield from require_words(words, finding("task_finding_missing", "task_findings", number=task.number))
    yield from require_words(given.basis, finding("conclusion_without_basis", "basis"))
    if given.conclusion == InspectionConclusion.RECTIFIED:
        yield from _contradicting_findings(case, findings_by_task)


def _day_problems(case: Case, inspected_on: date | None) -> Iterator[Finding]:
    assert case.current_inspection is not None
    begun_on = timezone.localtime(case.current_inspection.begun_at).date()
    if inspected_on is None:
        yield finding("inspection_day_missing", "inspected_on")
    elif inspected_on > clock.today():
        yield finding("inspected_ahead", "inspected_on")
    elif inspected_on < begun_on:
        yield finding("inspected_before_begun", "inspected_on", begun=official_text.chinese_date(begun_on))


def _contradicting_findings(case: Case, findings_by_task: Mapping[int, TaskFindingRow]) -> Iterator[Finding]:
    for task in case.tasks.all():
        result = findings_by_task.get(task.pk)
        if task.state != TaskState.ACCEPTED:
            yield finding("conclusion_against_tasks", "conclusion", number=task.number)
        elif result is not None and result["outcome"] == FindingOutcome.NOT_BORNE_OUT:
            yield finding("finding_against_conclusion", "conclusion", number=task.number)


def close(case: Case, *, by: User, opinion: str, revisit_on: date | None) -> Case:
    """办结销号: every task accepted on the supervisor's conclusion, which nothing replaces; 回头看 planned.

    Raises StateChanged unless the case is under inspection, NotYours for anybody but the director, Refused without an
    opinion or a day for the 回头看 that is ahead, while a task is not accepted, and without a conclusion of two
    persons that all is put right. Effects: the case has ended, with the usual 保管期限; the unit is alerted.
    """
    facts: dict[str, Any] = {"revisit_on": revisit_on}
    with step(case, Verb.CLOSE, by=by, opinion=opinion, facts=facts) as case:
        refuse_if_any(case, _closing_problems(opinion, revisit_on))
        assert revisit_on is not None
        case.close(closed_on=clock.today(), retention=usual_retention())
        Revisit.objects.create(case=case, planned_on=revisit_on)
    return case


def _closing_problems(opinion: str, revisit_on: date | None) -> Iterator[Finding]:
    yield from require_words(opinion, finding("opinion_missing", "opinion"))
    if revisit_on is None:
        yield finding("revisit_day_missing", "revisit_on")
    elif revisit_on <= clock.today():
        yield finding("revisit_day_past", "revisit_on")
