"""What the records say of a unit between two days, for the dossier: counted, never typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Count, F, Q

from yuetan.models.case.case import Case
from yuetan.models.letter.letter import Letter
from yuetan.models.people.unit import Post, Unit
from yuetan.models.people.user import User
from yuetan.models.rectification.consequence import Consequence
from yuetan.models.rectification.rework import ReworkRequest
from yuetan.models.rectification.supervision_letter import SupervisionLetter
from yuetan.models.rectification.task import Extension, Task, TaskReport
from yuetan.models.rectification.task_origin import ORIGINS
from yuetan.models.subjects import SUBJECTS, known_of
from yuetan.rules.dates import clock
from yuetan.vocabulary import UNREPORTED_TASK_STATES, LetterState, ReportKind

MAX_LISTED = 20
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Days:
    """From a day until a day, both within; none at all where the last lies before the first."""

    first: date
    last: date

    @classmethod
    def of_year(cls, year: int) -> Days:
        """A year, as far as it has come."""
        return cls(date(year, 1, 1), min(date(year, 12, 31), clock.today()))

    @classmethod
    def of_post(cls, post: Post, year: int) -> Days:
        """The days of a year on which somebody held a post; the day of leaving is no longer one."""
        whole = cls.of_year(year)
        last = min(whole.last, post.ended_on - ONE_DAY) if post.ended_on else whole.last
        return cls(max(whole.first, post.began_on), last)

    def on(self, field: str) -> Q:
        """The condition that a date lies within."""
        return Q(**{f"{field}__gte": self.first, f"{field}__lte": self.last})

    def at(self, field: str) -> Q:
        """The condition that a moment lies within, as a range of moments in China, which an index answers."""
        return Q(**{f"{field}__gte": clock.day_begins(self.first), f"{field}__lt": self.over})

    @property
    def over(self) -> datetime:
        """The first moment after the last day."""
        return clock.day_begins(self.last + ONE_DAY)


@dataclass(frozen=True)
class YearFacts:
    """Figures with their labels, and the interviews in words; `more` is how many of these are not listed."""

    figures: list[tuple[str, int]]
    interviews: list[str]
    more: int

    @property
    def has_any(self) -> bool:
        """Whether anything stands on record."""
        return any(count for _, count in self.figures)


def year_facts(unit: Unit, days: Days, viewer: User, *, inner: bool) -> YearFacts:
    """What stood about a unit on these days, of what is open to it and not narrowed without whoever reads (知悉范围);
    问责 is counted for the office alone."""
    cases = Case.objects.filter(days.on("interviewed_on"), unit=unit, opened_on__isnull=False)
    cases = cases.filter(Case.objects.known_to(viewer)).order_by("interviewed_on", "pk")
    listed = list(cases[: MAX_LISTED + 1])
    count = len(listed) if len(listed) <= MAX_LISTED else cases.count()
    figures = [("约谈（次）", count), *_of_tasks(unit, days, viewer), *_of_papers(unit, days, viewer)]
    if inner:
        known = Case.objects.known_to(viewer, "case__")
        consequences = Consequence.objects.in_force().filter(days.on("decided_on"), known, case__unit=unit)
        figures.append(("问责处理（次）", consequences.count()))
    interviews = [_interview_line(case, inner=inner) for case in listed[:MAX_LISTED]]
    return YearFacts(figures, interviews, max(count - MAX_LISTED, 0))


def _interview_line(case: Case, *, inner: bool) -> str:
    assert case.interviewed_on is not None
    day, state = case.interviewed_on, case.get_state_display() if inner else case.outer_state
    return f"{day.month}月{day.day}日　{case.title}：{state}"


def _of_tasks(unit: Unit, days: Days, viewer: User) -> Iterator[tuple[str, int]]:
    decided, tasks = days.at("decided_at"), Task.objects.filter(known_of(ORIGINS, viewer), open_to=unit)
    of_task, of_case = known_of(ORIGINS, viewer, "task__"), Case.objects.known_to(viewer, "case__")
    overdue = tasks.filter(days.on("effective_due_on"), state__in=UNREPORTED_TASK_STATES)
    extended = Extension.objects.filter(decided, of_task, task__open_to=unit, granted=True)
    asked = ReworkRequest.objects.filter(of_case, case__unit=unit, case__opened_on__isnull=False)
    rework = asked.filter(decided, granted=True)
    yield "交办整改任务（项）", tasks.filter(days.on("assigned_on")).count()
    yield from _of_reports(TaskReport.objects.filter(of_task, task__open_to=unit), days)
    yield "时限已到、至今未报告（项）", overdue.filter(effective_due_on__lt=clock.today()).count()
    yield "同意延期（次）", extended.count()
    yield "退回、重启整改（次）", rework.count()


def _of_reports(reports: models.QuerySet[TaskReport], days: Days) -> Iterator[tuple[str, int]]:
    handed_in, decided = days.at("handed_in_at"), days.at("decided_at")
    late = handed_in & Q(handed_in_at__date__gt=F("due_on"))
    completion, progress = Q(kind=ReportKind.COMPLETION), Q(kind=ReportKind.PROGRESS)
    counted = {
        "报送整改报告（份）": completion & handed_in,
        "其中逾期报送": completion & late,
        "报告被退回（份）": decided & Q(outcome=TaskReport.Outcome.RETURNED),
        "销号（项）": decided & Q(outcome=TaskReport.Outcome.ACCEPTED),
        "报送进展报告（份）": progress & handed_in,
        "其中逾期的进展报告": progress & late,
    }
    numbered = {f"n{number}": Count("pk", condition) for number, condition in enumerate(counted.values())}
    counts = reports.aggregate(**numbered)
    yield from zip(counted, counts.values(), strict=True)


def _of_papers(unit: Unit, days: Days, viewer: User) -> Iterator[tuple[str, int]]:
    issued, answered_late = days.at("document__issued_at"), Q(answered_at__date__gt=F("answer_until"))
    unanswered = Q(answered_at=None, answer_until__lt=clock.today())
    of_paper = known_of(SUBJECTS, viewer, "document__")
    open_to_unit = SupervisionLetter.objects.in_force().filter(issued, of_paper, document__open_to=unit)
    supervisions = open_to_unit.aggregate(all=Count("pk"), late=Count("pk", answered_late | unanswered))
    in_force = Q(document__open_to=unit, state=LetterState.ISSUED, document__entry__voided_at=None)
    in_force &= Letter.objects.known_to(viewer)
    figures = {"all": Count("pk"), "late": Count("pk", answered_late), "unanswered": Count("pk", unanswered)}
    letters = Letter.objects.filter(issued, in_force).aggregate(**figures)
    yield "收到督办单（份）", supervisions["all"]
    yield "其中逾期回复或者未回复", supervisions["late"]
    yield "收到提醒函（份）", letters["all"]
    yield "其中逾期答复", letters["late"]
    yield "其中逾期未答复", letters["unanswered"]
