"""Cases told by the real actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

from yuetan.actions.proposal.proposal import draft
from yuetan.models import Case, Ground, Post, Regulation, Task
from yuetan.rules.dates import clock
from yuetan.scenarios import drivers, keywords
from yuetan.scenarios.actors import in_office
from yuetan.scenarios.bulk import words
from yuetan.scenarios.bulk.story import Story, at
from yuetan.scenarios.keywords import Keywords
from yuetan.vocabulary import FindingOutcome, InspectionConclusion, PostKind, ReportRhythm, TaskState, Verb

INTERVIEW_HOUR = time(9, 30)
RHYTHMS = (ReportRhythm.NONE, ReportRhythm.NONE, ReportRhythm.WEEKLY, ReportRhythm.FORTNIGHTLY)


class CaseStory(Story):
    """One case."""

    root = Case

    def play(self) -> Case:
        """Take every step of a case; raises Refused or NotYours where the plan is not lawful."""
        moments = self.moments()
        with clock.at(next(moments)[0]):
            case = draft(by=in_office(self.lots.choice(("officer", "second_officer"))), **self._proposal())
        for moment, verb, number in moments:
            with clock.at(moment):
                case = Case.objects.select_related("unit").get(pk=case.pk)
                changed: dict[str, Any] = CHANGED.get(verb, _nothing)(self, case, number)
                case = drivers.take(verb, case, **changed)
        return case

    def _proposal(self) -> dict[str, Any]:
        unit, number = self.side.unit, self.lots.randint(1, 60)
        fitting = [ground for ground in Ground.objects.filter(is_other=False) if ground.fits(unit.kind)]
        ground = keywords.stated(
            self.lots.choice(fitting),
            facts=words.facts(self.lots, words.MATTER),
            reference_number=f"督导通报{number}期",
            reference_summary="督导检查情况。",
        )
        rule = Regulation.objects.in_force(clock.today()).interviewer_post(
            unit_kind=unit.kind, rank=self.side.head.rank
        )
        leader = Post.objects.current().filter(kind=PostKind(rule.interviewer)).order_by("pk").first()
        facts = {"matter": words.MATTER, "distinct_from": [], "interviewees": [self.side.head], "interviewer": leader}
        return keywords.proposal(unit, grounds=[ground], **facts)


def _nothing(story: CaseStory, case: Case, number: int) -> Keywords:
    return {}


def _task(case: Case, number: int) -> Task:
    return case.tasks.get(number=number)


def _reason(story: CaseStory, case: Case, number: int) -> Keywords:
    return {"reason": story.lots.choice(words.REASONS)}


def _opinion(story: CaseStory, case: Case, number: int) -> Keywords:
    return {"opinion": story.lots.choice(words.OPINIONS)}


def _decision(story: CaseStory, case: Case, number: int) -> Keywords:
    return _opinion(story, case, number) | {"by": in_office(story.lots.choice(("group_leader", "first_deputy")))}


def _revised(story: CaseStory, case: Case, number: int) -> Keywords:
    rows = [keywords.stated(row.ground, facts=row.facts) for row in case.case_grounds.all()]
    leader, heads = case.interviewer, list(case.interviewees.all())
    return {"matter": case.matter, "grounds": rows, "interviewer": leader, "interviewees": heads, "distinct_from": []}


def _notice(story: CaseStory, case: Case, number: int) -> Keywords:
    return {"scheduled_at": at(story.day_in(story.plan.notice_days), INTERVIEW_HOUR)}


def _written_submission(story: CaseStory, case: Case, number: int) -> Keywords:
    return dict(words.SUBMISSION)


def _interview_record(story: CaseStory, case: Case, number: int) -> Keywords:
    attendees = [{"name": in_office("director").name, "title": "市扫黑办主任"}]
    measures = [_measure(story) for _ in range(story.plan.measures)]
    return {"attendees": attendees, "measures": measures, **words.RECORD}


def _measure(story: CaseStory) -> Keywords:
    lots = story.lots
    return {
        "content": lots.choice(words.MEASURES),
        "responsible_person": story.side.head.holder.name,
        "due_on": story.day_in(story.plan.due_days),
        "proof_required": lots.choice(words.PROOFS),
        "acceptance_standard": lots.choice(words.STANDARDS),
        "report_rhythm": lots.choice(RHYTHMS),
    }


def _prepared(story: CaseStory, case: Case, number: int) -> Keywords:
    task = _task(case, number)
    # What was returned must not be said again.
    return keywords.task_report(case, task, text=words.REPORTS[task.reports.count() % len(words.REPORTS)])


def _handed_in(story: CaseStory, case: Case, number: int) -> Keywords:
    return {"tasks": [_task(case, number)]}


def _accepted(story: CaseStory, case: Case, number: int) -> Keywords:
    return {"task": _task(case, number)}


def _returned(story: CaseStory, case: Case, number: int) -> Keywords:
    return {"task": _task(case, number), "note": story.lots.choice(words.REASONS)}


def _extension(story: CaseStory, case: Case, number: int) -> Keywords:
    return {"task": _task(case, number), "new_due_on": story.day_in(story.plan.due_days + 10)}


def _sent_back(story: CaseStory, case: Case, number: int) -> Keywords:
    reason, task = story.lots.choice(words.REASONS), _task(case, number)
    new_due_on = max(story.day_in(15), task.effective_due_on or task.agreed_due_on)
    return {"tasks": [task], "reason": reason, "new_due_on": new_due_on}


def _conclusion(story: CaseStory, case: Case, number: int) -> Keywords:
    tasks = list(case.tasks.all())
    if all(task.state == TaskState.ACCEPTED for task in tasks):
        return {"findings": "各项措施均已落实。", "scan": None}
    finding = {"outcome": FindingOutcome.NOT_BORNE_OUT, "words": words.FINDING}
    facts = {"findings": "部分措施未落实。", "task_findings": [{"task": task, **finding} for task in tasks]}
    return {"conclusion": InspectionConclusion.NOT_RECTIFIED, "scan": None, **facts}


# Only the keywords that differ; whatever is not here is said as in every scenario.
CHANGED: dict[str, Callable[[CaseStory, Case, int], Keywords]] = {
    Verb.REVISE_DRAFT: _revised,
    Verb.RETURN_FOR_CHANGES: _reason,
    Verb.ENDORSE: _opinion,
    Verb.APPROVE: _decision,
    Verb.DECLINE: _decision,
    Verb.WITHDRAW: _reason,
    Verb.SERVE_NOTICE: _notice,
    Verb.RESCHEDULE: _notice,
    Verb.PREPARE_SUBMISSION: _written_submission,
    Verb.HOLD_INTERVIEW: _interview_record,
    Verb.PREPARE_REPORT: _prepared,
    Verb.HAND_IN_REPORT: _handed_in,
    Verb.ACCEPT_TASK: _accepted,
    Verb.RETURN_TASK: _returned,
    Verb.ASK_EXTENSION: _extension,
    Verb.DECIDE_EXTENSION: _accepted,
    Verb.REQUEST_SEND_BACK: _sent_back,
    Verb.CONCLUDE_INSPECTION: _conclusion,
}
