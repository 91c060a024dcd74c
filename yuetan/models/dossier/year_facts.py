"""What the records say of a unit between two days, for the dossier: counted, never typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q

from yuetan.models.case.case import Case
from yuetan.models.letter.letter import Letter
from yuetan.models.people.unit import Post, Unit
from yuetan.models.rectification.consequence import Consequence
from yuetan.models.rectification.rework import ReworkRequest
from yuetan.models.rectification.supervision_letter import SupervisionLetter
from yuetan.models.rectification.task import Extension, Task, TaskReport
from yuetan.rules.dates import clock
from yuetan.vocabulary import UNREPORTED_TASK_STATES, ConsequenceKind, LetterState, ReportKind

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


def year_facts(unit: Unit, days: Days, *, inner: bool) -> YearFacts:
    """What stood about a unit on these days; 问责 is named to the office alone, as on the pages of a case."""
    cases = Case.objects.filter(days.on("interviewed_on"), unit=unit).order_by("interviewed_on", "pk")
    listed = list(cases[: MAX_LISTED + 1])
    count = len(listed) if len(listed) <= MAX_LISTED else cases.count()
    figures = [("约谈（次）", count), *_of_tasks(unit, days), *_of_papers(unit, days)]
    if inner:
        figures.append(("问责处理（次）", _consequences(unit, days)))
    return YearFacts(figures, [_interview_line(case) for case in listed[:MAX_LISTED]], max(count - MAX_LISTED, 0))


def _interview_line(case: Case) -> str:
    assert case.interviewed_on is not None
    day = case.interviewed_on
    return f"{day.month}月{day.day}日　{case.title}（{case.get_state_display()}）"


def _of_tasks(unit: Unit, days: Days) -> Iterator[tuple[str, int]]:
    handed_in = days.on("handed_in_at__date")
    late, decided = handed_in & Q(handed_in_at__date__gt=F("due_on")), days.on("decided_at__date")
    completion, progress = Q(kind=ReportKind.COMPLETION), Q(kind=ReportKind.PROGRESS)
    of_reports = TaskReport.objects.filter(task__case__unit=unit).aggregate(
        reports=Count("pk", completion & handed_in),
        late=Count("pk", completion & late),
        returned=Count("pk", decided & Q(outcome=TaskReport.Outcome.RETURNED)),
        accepted=Count("pk", decided & Q(outcome=TaskReport.Outcome.ACCEPTED)),
        progress=Count("pk", progress & handed_in),
        late_progress=Count("pk", progress & late),
    )
    tasks = Task.objects.filter(case__unit=unit)
    overdue = tasks.filter(days.on("effective_due_on"), state__in=UNREPORTED_TASK_STATES)
    extended = Extension.objects.filter(days.on("decided_at__date"), task__case__unit=unit, granted=True)
    rework = ReworkRequest.objects.filter(days.on("decided_at__date"), case__unit=unit, granted=True)
    yield "交办整改任务（项）", tasks.filter(days.on("assigned_on")).count()
    yield "报送整改报告（份）", of_reports["reports"]
    yield "其中逾期报送", of_reports["late"]
    yield "报告被退回（份）", of_reports["returned"]
    yield "销号（项）", of_reports["accepted"]
    yield "时限已到、至今未报告（项）", overdue.filter(effective_due_on__lt=clock.today()).count()
    yield "报送进展报告（份）", of_reports["progress"]
    yield "其中逾期的进展报告", of_reports["late_progress"]
    yield "同意延期（次）", extended.count()
    yield "退回、重启整改（次）", rework.count()


def _of_papers(unit: Unit, days: Days) -> Iterator[tuple[str, int]]:
    issued, answered_late = days.on("document__issued_at__date"), Q(answered_at__date__gt=F("answer_until"))
    supervisions = SupervisionLetter.objects.in_force().filter(issued, document__case__unit=unit)
    letters = Letter.objects.filter(issued, unit=unit, state=LetterState.ISSUED, document__entry__voided_at=None)
    unanswered = Q(answered_at=None, answer_until__lt=clock.today())
    of_letters = letters.aggregate(all=Count("pk"), late=Count("pk", answered_late), unanswered=Count("pk", unanswered))
    of_supervisions = supervisions.aggregate(all=Count("pk"), late=Count("pk", answered_late | unanswered))
    yield "收到督办单（份）", of_supervisions["all"]
    yield "其中逾期回复或者未回复", of_supervisions["late"]
    yield "收到提醒函（份）", of_letters["all"]
    yield "其中逾期答复", of_letters["late"]
    yield "其中逾期未答复", of_letters["unanswered"]


def _consequences(unit: Unit, days: Days) -> int:
    decided = Consequence.objects.filter(days.on("decided_on"), case__unit=unit)
    in_words = decided.exclude(kind=ConsequenceKind.NONE_DECIDED).prefetch_related("corrections")
    return sum(not one.is_corrected and not one.awaits_confirmation for one in in_words[: MAX_LISTED * 5])
