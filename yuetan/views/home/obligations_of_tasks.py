"""What the tasks of a unit ask of it, whatever handed them over: reports, replies, answers to 督办单."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypedDict, Unpack

from yuetan.actions.step import is_allowed, may_take
from yuetan.ledgers.subjects import subject_url
from yuetan.models import Chase, SupervisionLetter, Task, User
from yuetan.models.case.requirements.paper_filing import Filed
from yuetan.models.case.requirements.supervision import supervisions_of
from yuetan.models.rectification.read_for_units import read_papers_and_tasks
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.templatetags.official import day, moment
from yuetan.views.case.available_steps import label, step_url
from yuetan.views.home.obligation import EITHER, HEADS_ALONE, Fulfilment, Obligation
from yuetan.vocabulary import ReportKind, TaskState, Verb


class ObligationFacts(TypedDict, total=False):
    """By when it is to be fulfilled, whether it is open, and how far it is."""

    due_on: date | None
    is_open: bool
    standing: str


class TaskOrigins:
    """What hands tasks out to the person's units: noted room by room, and read for all of them once the first is
    looked at."""

    def __init__(self) -> None:
        self._unread: list[HandsOutTasks] = []

    def note(self, origins: Iterable[HandsOutTasks]) -> None:
        """Their papers and tasks will be looked at."""
        self._unread += origins

    def read(self) -> None:
        """Read the papers and tasks of all that were noted since."""
        unread, self._unread = self._unread, []
        read_papers_and_tasks(unread)


def obligations_of_tasks(origin: HandsOutTasks, user: User) -> Iterator[Obligation]:
    """Of each task its reports and what it is chased for; then the 督办单 in force."""
    for task in origin.tasks.all():
        yield _report(origin, task, user)
        if task.next_progress_due_on or task.reports_of(ReportKind.PROGRESS):
            yield _progress(origin, task, user)
        yield from (_chase(origin, task, chase, user) for chase in task.chases.all() if chase.replied_at is None)
    for paper in supervisions_of(origin):
        if paper.is_in_force:
            yield _supervision(origin, paper, user)


def ask_for(
    origin: HandsOutTasks,
    user: User,
    title: str,
    who: str,
    *verbs: Verb,
    suffix: str = "",
    query: str = "",
    **facts: Unpack[ObligationFacts],
) -> Obligation:
    """Linked to the first of the verbs that this person can take now, and named after it."""
    ask = Obligation(title + suffix, origin.title, subject_url(origin), who, **facts)
    for verb in verbs if ask.is_open else ():
        step = origin.find_step(verb)
        if step is not None and may_take(origin, step, user) and is_allowed(origin, step, user):
            ask.title, ask.url = label(verb) + suffix, step_url(origin, verb) + query
            break
    return ask


def on_paper(filed: Filed) -> str:
    """What marks a thing that the office registered from paper."""
    return "，纸质代录" if filed.paper_filing_id else ""


def _report(origin: HandsOutTasks, task: Task, user: User) -> Obligation:
    facts: dict[str, Any] = {"due_on": task.effective_due_on, "is_open": task.is_unreported}
    prepared = task.is_prepared(ReportKind.COMPLETION)
    verbs = (Verb.HAND_IN_REPORT,) if prepared else ()
    ask = _of_task(origin, task, user, ReportKind.COMPLETION, *verbs, Verb.PREPARE_REPORT, **facts)
    if task.is_unreported and task.open_pause:
        ask.standing = "时限暂停计算"
    elif task.is_unreported and prepared:
        ask.standing = f"报告已填写，待{HEADS_ALONE}报送"
    elif task.state == TaskState.RETURNED:
        ask.standing = "报告被退回，须重新报送"
    return ask


def _progress(origin: HandsOutTasks, task: Task, user: User) -> Obligation:
    prepared = task.is_unreported and task.is_prepared(ReportKind.PROGRESS)
    facts: dict[str, Any] = {
        "due_on": task.next_progress_due_on,
        "is_open": task.next_progress_due_on is not None or prepared,
    }
    verbs = (Verb.HAND_IN_PROGRESS,) if prepared else ()
    ask = _of_task(origin, task, user, ReportKind.PROGRESS, *verbs, Verb.PREPARE_PROGRESS, **facts)
    ask.standing = f"进展报告已填写，待{HEADS_ALONE}报送" if prepared else task.rhythm_words
    return ask


def _chase(origin: HandsOutTasks, task: Task, chase: Chase, user: User) -> Obligation:
    facts: dict[str, Any] = {"due_on": task.effective_due_on, "suffix": f"（第 {task.number} 项）"}
    ask = ask_for(origin, user, Verb.ANSWER_CHASE.label, EITHER, Verb.ANSWER_CHASE, **facts)
    ask.standing = f"{day(chase.sent_at)}催办：{chase.words}"
    return ask


def _of_task(
    origin: HandsOutTasks, task: Task, user: User, kind: ReportKind, *verbs: Verb, **facts: Unpack[ObligationFacts]
) -> Obligation:
    """A report on one task, and those of its kind that were handed in."""
    who, named = f"联络员填写，{HEADS_ALONE}报送", f"（第 {task.number} 项）"
    ask = ask_for(origin, user, kind.label, who, *verbs, query=f"?task={task.pk}", suffix=named, **facts)
    for report in reversed(task.handed_in(kind)):
        which = "报告" if kind == ReportKind.COMPLETION else kind.label
        words = f"第 {report.version} 次{which}，{moment(report.handed_in_at)}报送{on_paper(report)}"
        ask.done.append(Fulfilment(words, "逾期报送" if report.is_late else ""))
    return ask


def _supervision(origin: HandsOutTasks, paper: SupervisionLetter, user: User) -> Obligation:
    verb, who = (Verb.ACKNOWLEDGE_SUPERVISION, EITHER) if paper.is_unsigned else (Verb.ANSWER_SUPERVISION, HEADS_ALONE)
    waiting = paper.answered_at is None and origin.find_step(verb) is not None
    facts: dict[str, Any] = {"due_on": paper.answer_until, "is_open": waiting, "query": f"?supervision={paper.pk}"}
    facts["suffix"] = f"（{paper.short}）"
    ask = ask_for(origin, user, verb.label, who, verb, **facts)
    ask.standing = f"{paper.document.number}，{day(paper.document.issued_at)}印发"
    if paper.answered_at:
        ask.done.append(Fulfilment(f"{moment(paper.answered_at)}回复", "逾期回复" if paper.is_answered_late else ""))
    elif not waiting:
        ask.standing += "，未回复"
    return ask
