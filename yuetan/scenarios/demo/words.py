"""What the people of the demonstration say at each step, where it differs from what every scenario says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from yuetan.actions.proposal.grounds import GroundRow
from yuetan.actions.proposal.proposal import ProposalData
from yuetan.actions.proposal.proposal import draft as draft_case
from yuetan.models import CalendarDay, Case, Ground, OfficeSetting, Task, Unit, User
from yuetan.rules.dates import clock, working_days
from yuetan.scenarios import drivers
from yuetan.scenarios.actors import in_office, liaison
from yuetan.scenarios.demo import task_words
from yuetan.scenarios.demo.matters import Matter
from yuetan.scenarios.demo.task_words import WITH_EVIDENCE
from yuetan.scenarios.files import page
from yuetan.scenarios.inspection_keywords import inspectors
from yuetan.scenarios.keywords import Keywords
from yuetan.vocabulary import (
    Attendance,
    FindingOutcome,
    InspectionConclusion,
    MinutesAnswer,
    Verb,
)


@dataclass(frozen=True)
class StepContext:
    """What a step needs to know: the case, the words of its matter, the task, and when the interview shall be."""

    case: Case
    text: Matter
    number: int
    interview_at: datetime | None

    @property
    def task(self) -> Task:
        """The task this step is about."""
        return self.case.tasks.get(number=self.number)


def draft(text: Matter) -> Case:
    """提出约谈建议, some with a page of evidence, one with facts that are sent back to be put better."""
    context = proposal(text)
    first = context["grounds"][0]
    if text["key"] in WITH_EVIDENCE:
        first["files"] = [page("情况核查说明", first["facts"])]
    first["facts"] = text.get("first_drafted_facts", first["facts"])
    return draft_case(by=in_office("officer"), **context)


def proposal(text: Matter) -> ProposalData:
    """The words of a proposal, each ground with its facts and the paper they are taken from."""
    unit = Unit.objects.get(code=text["unit"])
    lawful = {ground.number: ground for ground in Ground.objects.all() if ground.fits(unit.kind)}
    grounds: list[GroundRow] = [
        {
            "ground": lawful[row["number"]],
            "facts": row["facts"],
            "reference_number": row["reference_number"],
            "reference_summary": row["reference_summary"],
            "files": [],
            "removed": [],
        }
        for row in text["grounds"]
    ]
    return {
        "unit": unit,
        "interviewees": list(unit.heads()),
        "matter": text["matter"],
        "distinct_from": [],
        "grounds": grounds,
        "other_words": text.get("other_words", ""),
        "interviewer": None,
    }


def _registration(context: StepContext) -> Keywords:
    return {
        "opinion": "经领导小组专题会议研究，同意约谈。",
        "meeting": "领导小组专题会议（2026年第5次）",
        "proof": page("领导小组专题会议记录（摘录）", f"会议同意就{context.text['matter']}启动约谈程序。"),
    }


def _approver(context: StepContext) -> User:
    """While the group leader is away, the deputy decides in their stead."""
    return in_office("deputy" if context.text["key"] == "notified_unsigned" else "group_leader")


def _notice(context: StepContext) -> Keywords:
    words = OfficeSetting.objects.words
    return {
        "matter_facts": "\n".join(row["facts"] for row in context.text["grounds"]),
        "scheduled_at": context.interview_at,
        "place": words("interview_place"),
        "procedure": words("interview_procedure"),
        "attendees": [],
        "companions": [],
        "required_materials": words("required_materials"),
        "unusual_time_accepted": False,
        "clash_accepted": True,
    }


def _rescheduled(context: StepContext) -> Keywords:
    return {
        **_notice(context),
        "reason": context.text["reschedule"],
        "interviewees": list(context.case.interviewees.all()),
    }


def _written_submission(context: StepContext) -> Keywords:
    text = context.text["submission"]
    if context.case.submissions.handed_in().exists():
        more = page("日常巡查台账（摘录）", text["measures"])
        return {**text, "measures": f"{text['measures']}巡查台账附后。", "measures_files": [more]}
    files = [page("专项整治情况统计", text["situation"])] if context.text["key"] in WITH_EVIDENCE else []
    return {**text, "situation_files": files}


def _interview_record(context: StepContext) -> Keywords:
    present = {"attendance": Attendance.PRESENT, "absence_reason": "", "arrived_at": time(14, 50)}
    return {
        "interviewer_present": True,
        "attendances": [{"post": p.first, "attended_by": p.name, **present} for p in context.case.people_named],
        "attendees": [{"name": in_office("director").name, "title": "市扫黑办主任"}],
        "observers": [{"name": liaison(context.case.unit).name, "title": f"{context.case.unit.full_name}联络员"}],
        "submission_missing": not context.case.submissions.handed_in().exists(),
        "measures": [task_words.measure(measure) for measure in context.text["measures"]],
        "problems": context.text["problems"],
        "statement": context.text["statement"],
        "discussion": context.text["discussion"],
    }


def _answer(context: StepContext) -> Keywords:
    objection = context.text.get("objection", "")
    answer = MinutesAnswer.OBJECTED if objection else MinutesAnswer.AGREED
    return {"answer": answer, "objection": objection}


def _conclusion(context: StepContext) -> Keywords:
    rectified = context.text["key"] == "closed"
    conclusion = InspectionConclusion.RECTIFIED if rectified else InspectionConclusion.NOT_RECTIFIED
    words = {"findings": context.text["findings"], "basis": context.text["basis"]}
    outcome = FindingOutcome.BORNE_OUT if rectified else FindingOutcome.NOT_BORNE_OUT
    task_findings = [
        {"task": task, "outcome": outcome, "words": context.text["findings"]} for task in context.case.tasks.all()
    ]
    signed = {"inspectors": inspectors(context.case), "scan": None}
    return {**signed, "conclusion": conclusion, "task_findings": task_findings, **words}


def _plan(context: StepContext) -> Keywords:
    return {"planned_on": clock.today(), "plan": "查阅台账，实地核查，逐项对照纪要。"}


def _closing(context: StepContext) -> Keywords:
    days = OfficeSetting.objects.number("revisit_days")
    return {"opinion": "督查结论属实，同意办结销号。", "revisit_on": clock.today() + timedelta(days=days)}


def _sent_back(context: StepContext) -> Keywords:
    begins = max(clock.today(), context.task.effective_due_on or context.task.agreed_due_on)
    due_on = working_days.add_working_days(begins, 5, CalendarDay.objects.calendar())
    return {"tasks": [context.task], "reason": context.text["reason"], "new_due_on": due_on}


def _reason(context: StepContext) -> Keywords:
    return {"reason": context.text["reason"]}


def _note(context: StepContext) -> Keywords:
    return {"task": context.task, "note": context.text["note"]}


def _fixed(**words: object) -> Callable[[StepContext], Keywords]:
    return lambda context: words


Words = Callable[[StepContext], Keywords]

# Only the keywords that differ; whatever is not here is said as in every scenario.
WORDS: dict[Verb, Words] = {
    Verb.REVISE_DRAFT: lambda context: dict(proposal(context.text)),
    Verb.RETURN_FOR_CHANGES: _fixed(reason="请补充两次书面催报的时间和文号，并核实未报件数。"),
    Verb.ENDORSE: _fixed(opinion="事实清楚，同意报领导小组审定。"),
    Verb.APPROVE: _fixed(opinion="同意。"),
    Verb.REGISTER_DECISION: _registration,
    Verb.DECLINE: lambda context: {"opinion": context.text["reason"]},
    Verb.WITHDRAW: _reason,
    Verb.SERVE_NOTICE: _notice,
    Verb.RESCHEDULE: _rescheduled,
    Verb.PREPARE_SUBMISSION: _written_submission,
    Verb.ASK_LEAVE: _fixed(reason="当天须赴省参加扫黑除恶工作调度会，请求另定时间。"),
    Verb.HOLD_INTERVIEW: _interview_record,
    Verb.ANSWER_MINUTES: _answer,
    Verb.PREPARE_REPORT: task_words.report,
    Verb.HAND_IN_REPORT: task_words.report_of_task,
    Verb.PREPARE_PROGRESS: task_words.progress,
    Verb.HAND_IN_PROGRESS: task_words.report_of_task,
    Verb.ACCEPT_TASK: _note,
    Verb.RETURN_TASK: _note,
    Verb.ASK_EXTENSION: task_words.extension,
    Verb.ISSUE_SUPERVISION_LETTER: task_words.supervision_letter,
    Verb.BEGIN_INSPECTION: _plan,
    Verb.CONCLUDE_INSPECTION: _conclusion,
    Verb.REQUEST_SEND_BACK: _sent_back,
    Verb.CLOSE: _closing,
}
WHO: dict[Verb, Callable[[StepContext], User]] = {
    Verb.APPROVE: _approver,
    Verb.DECLINE: lambda context: in_office("first_deputy"),
}


def take(verb: Verb, context: StepContext) -> Case:
    """Take one step as the demonstration has it; raises whatever the action raises."""
    by = WHO[verb](context) if verb in WHO else None
    words: Keywords = WORDS[verb](context) if verb in WORDS else {}
    return drivers.take(verb, context.case, by=by, **words)
