"""What the people of the demonstration do at each step: the action, who takes it, and with which words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from yuetan.actions import demo_tasks
from yuetan.actions.demo_files import WITH_EVIDENCE, page
from yuetan.actions.interview import interview, leave, minutes, notice, submission
from yuetan.actions.proposal import decision
from yuetan.actions.proposal import proposal as proposing
from yuetan.actions.proposal.grounds import TEXTS
from yuetan.actions.rectification import inspection, report, supervision_letter, task, task_deadlines
from yuetan.models import CalendarDay, Case, Ground, OfficeSetting, Unit, User
from yuetan.rules.dates import clock, working_days
from yuetan.vocabulary import (
    ApprovalMethod,
    Attendance,
    FindingOutcome,
    InspectionConclusion,
    MinutesAnswer,
    Verb,
)

Text = Mapping[str, Any]

INSPECTORS = "孙六、周七"


@dataclass(frozen=True)
class Told:
    """What a step is told of: the case, the words of its matter, the task, and when the interview shall be."""

    case: Case
    text: Text
    number: int
    interview_at: datetime | None

    def __getitem__(self, key: str) -> Any:
        return self.text[key]

    @property
    def task(self) -> Any:
        """The task this step is about."""
        return self.case.tasks.get(number=self.number)


def draft(text: Text) -> Case:
    """提出约谈建议, some with a page of evidence, one with facts that are sent back to be told better."""
    told = proposal(text)
    first = told["grounds"][0]
    if text["key"] in WITH_EVIDENCE:
        first["files"] = [page("情况核查说明", first["facts"])]
    first["facts"] = text.get("first_drafted_facts", first["facts"])
    return proposing.draft(by=_officer(), **told)


def proposal(text: Text) -> dict[str, Any]:
    """The words of a proposal, each ground with its facts and the paper they are taken from."""
    unit = Unit.objects.get(code=text["unit"])
    lawful = {ground.number: ground for ground in Ground.objects.all() if ground.fits(unit.kind)}
    grounds = [
        {"ground": lawful[row["number"]], "files": [], "removed": [], **{name: row[name] for name in TEXTS}}
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


def _person(username: str) -> User:
    return User.objects.get(username=username)


def _officer() -> User:
    return _person("officer")


def _head(told: Told) -> User:
    return _person(f"head_{told.case.unit.code}")


def _liaison(told: Told) -> User:
    return _person(f"liaison_{told.case.unit.code}")


def _holder(told: Told) -> User:
    assert told.case.interviewer is not None
    return told.case.interviewer.holder


def _of_office(username: str) -> Callable[[Told], User]:
    return lambda told: _person(username)


def _head_post(told: Told) -> Any:
    return told.case.interviewees.get(holder=_head(told))


def _approval(told: Told) -> dict[str, Any]:
    if told["key"] != "approved":
        return {"opinion": "同意。", "seen": told.case.proposal_sha256}
    return {
        "opinion": "经领导小组专题会议研究，同意约谈。",
        "seen": told.case.proposal_sha256,
        "method": ApprovalMethod.MEETING,
        "approver": _person("group_leader"),
        "given_on": clock.today(),
        "meeting": "领导小组专题会议（2026年第5次）",
        "proof": page("领导小组专题会议记录（摘录）", f"会议同意就{told['matter']}启动约谈程序。"),
    }


def _approver(told: Told) -> User:
    """A meeting is registered by the office; while the group leader is away, the deputy decides in their stead."""
    others = {"approved": "director", "notified_unsigned": "deputy"}
    return _person(others.get(told["key"], "group_leader"))


def _notice(told: Told) -> dict[str, Any]:
    words = OfficeSetting.objects.words
    heads = "、".join(f"{post.full_title}{post.holder.name}" for post in told.case.interviewees.all())
    return {
        "matter": f"{told['matter']}。",
        "scheduled_at": told.interview_at,
        "place": words("interview_place"),
        "procedure": words("interview_procedure"),
        "participants": f"约谈方：{_holder(told).title}{_holder(told).name}，市扫黑办有关人员。\n被约谈方：{heads}。",
        "required_materials": words("required_materials"),
        "clash_accepted": True,
    }


def _rescheduled(told: Told) -> dict[str, Any]:
    return {**_notice(told), "reason": told["reschedule"], "interviewees": list(told.case.interviewees.all())}


def _submission(told: Told) -> dict[str, Any]:
    if told.case.submissions.handed_in().exists():
        more = page("日常巡查台账（摘录）", told["submission"]["measures"])
        return {
            **told["submission"],
            "measures": f"{told['submission']['measures']}巡查台账附后。",
            "measures_files": [more],
        }
    files = [page("专项整治情况统计", told["submission"]["situation"])] if told["key"] in WITH_EVIDENCE else []
    return {**told["submission"], "situation_files": files}


def _record(told: Told) -> dict[str, Any]:
    present = {"attendance": Attendance.PRESENT, "absence_reason": "", "arrived_at": time(14, 50)}
    return {
        "interviewer_present": True,
        "attendances": [{"post": p, "attended_by": p.holder.name, **present} for p in told.case.interviewees.all()],
        "attendees": [{"name": _person("director").name, "title": "市扫黑办主任"}],
        "observers": [{"name": _liaison(told).name, "title": f"{told.case.unit.full_name}联络员"}],
        "submission_missing": not told.case.submissions.handed_in().exists(),
        "measures": [demo_tasks.measure(measure) for measure in told["measures"]],
        **{part: told[part] for part in ("problems", "statement", "discussion")},
    }


def _answer(told: Told) -> dict[str, Any]:
    objection = told.text.get("objection", "")
    answer = MinutesAnswer.OBJECTED if objection else MinutesAnswer.AGREED_FIELDS
    return {"answer": answer, "objection": objection, **_seen(told)}


def _seen(told: Told) -> dict[str, Any]:
    return {"seen": told.case.minutes.digest}


def _conclusion(told: Told) -> dict[str, Any]:
    rectified = told["key"] == "closed"
    conclusion = InspectionConclusion.RECTIFIED if rectified else InspectionConclusion.NOT_RECTIFIED
    words = {name: told[name] for name in ("findings", "basis")}
    outcome = FindingOutcome.BORNE_OUT if rectified else FindingOutcome.NOT_BORNE_OUT
    found = [{"task": task, "outcome": outcome, "words": told["findings"]} for task in told.case.tasks.all()]
    return {"inspectors": INSPECTORS, "conclusion": conclusion, "task_findings": found, **words}


def _plan(told: Told) -> dict[str, Any]:
    return {"planned_on": clock.today(), "inspectors": INSPECTORS, "plan": "查阅台账，实地核查，逐项对照纪要。"}


def _closing(told: Told) -> dict[str, Any]:
    days = OfficeSetting.objects.number("revisit_days")
    return {"opinion": "督查结论属实，同意办结销号。", "revisit_on": clock.today() + timedelta(days=days)}


def _sent_back(told: Told) -> dict[str, Any]:
    due_on = working_days.add_working_days(clock.today(), 5, CalendarDay.objects.calendar())
    return {"tasks": [told.task], "reason": told["reason"], "new_due_on": due_on}


def _reason(told: Told) -> dict[str, Any]:
    return {"reason": told["reason"]}


def _note(told: Told) -> dict[str, Any]:
    return {"task": told.task, "note": told["note"]}


def _nothing(told: Told) -> dict[str, Any]:
    return {}


def _about(**words: Any) -> Callable[[Told], dict[str, Any]]:
    return lambda told: words


STEPS: dict[Verb, tuple[Callable[..., Case], Callable[[Told], User], Callable[[Told], dict[str, Any]]]] = {
    Verb.REVISE_DRAFT: (
        proposing.revise_draft,
        lambda told: _officer(),
        lambda told: proposal(told.text),
    ),
    Verb.SUBMIT: (proposing.submit, _of_office("officer"), _nothing),
    Verb.RETURN_FOR_CHANGES: (
        proposing.return_for_changes,
        _of_office("director"),
        _about(reason="请补充两次书面催报的时间和文号，并核实未报件数。"),
    ),
    Verb.ENDORSE: (proposing.endorse, _of_office("director"), _about(opinion="事实清楚，同意报领导小组审定。")),
    Verb.APPROVE: (decision.approve, _approver, _approval),
    Verb.DECLINE: (
        decision.decline,
        _of_office("first_deputy"),
        lambda told: {"opinion": told["reason"], "seen": told.case.proposal_sha256},
    ),
    Verb.WITHDRAW: (proposing.withdraw, lambda told: told.case.approver or told.case.drafter, _reason),
    Verb.SERVE_NOTICE: (notice.serve_notice, _of_office("officer"), _notice),
    Verb.RESCHEDULE: (
        notice.reschedule,
        _of_office("officer"),
        _rescheduled,
    ),
    Verb.ACKNOWLEDGE_RECEIPT: (notice.acknowledge_receipt, _liaison, _nothing),
    Verb.PREPARE_SUBMISSION: (submission.prepare_submission, _liaison, _submission),
    Verb.HAND_IN_SUBMISSION: (submission.hand_in_submission, _head, _nothing),
    Verb.ASK_LEAVE: (
        leave.ask_leave,
        _head,
        lambda told: {"post": _head_post(told), "reason": "当天须赴省参加扫黑除恶工作调度会，请求另定时间。"},
    ),
    Verb.HOLD_INTERVIEW: (interview.hold_interview, _of_office("officer"), _record),
    Verb.CONFIRM_MINUTES: (minutes.confirm_minutes, _holder, _seen),
    Verb.SEND_MINUTES: (minutes.send_minutes, _of_office("officer"), _seen),
    Verb.ANSWER_MINUTES: (minutes.answer_minutes, _head, _answer),
    Verb.ISSUE_MINUTES: (minutes.issue_minutes, _of_office("director"), _seen),
    Verb.ASSIGN: (task.assign, _of_office("officer"), _nothing),
    Verb.PREPARE_REPORT: (report.prepare_report, _liaison, demo_tasks.report),
    Verb.HAND_IN_REPORT: (report.hand_in_report, _head, demo_tasks.handed_in),
    Verb.PREPARE_PROGRESS: (report.prepare_progress, _liaison, demo_tasks.progress),
    Verb.HAND_IN_PROGRESS: (report.hand_in_progress, _head, demo_tasks.progress_handed_in),
    Verb.ACCEPT_TASK: (task.accept_task, _of_office("supervisor"), _note),
    Verb.RETURN_TASK: (task.return_task, _of_office("supervisor"), _note),
    Verb.ASK_EXTENSION: (task_deadlines.ask_extension, _head, demo_tasks.extension),
    Verb.ISSUE_SUPERVISION_LETTER: (
        supervision_letter.issue_supervision_letter,
        _of_office("director"),
        demo_tasks.pressed,
    ),
    Verb.ACKNOWLEDGE_SUPERVISION: (supervision_letter.acknowledge_supervision, _liaison, demo_tasks.pressing_paper),
    Verb.BEGIN_INSPECTION: (inspection.begin_inspection, _of_office("supervisor"), _plan),
    Verb.CONCLUDE_INSPECTION: (inspection.conclude_inspection, _of_office("supervisor"), _conclusion),
    Verb.SEND_BACK: (inspection.send_back, _of_office("supervisor"), _sent_back),
    Verb.CLOSE: (inspection.close, _of_office("director"), _closing),
}


def take(verb: Verb, told: Told) -> Case:
    """Take one step at the moment that is told."""
    action, whose, words = STEPS[verb]
    return action(told.case, by=whose(told), **words(told))
