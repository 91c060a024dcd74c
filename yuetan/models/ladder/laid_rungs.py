"""What is laid on a unit, read off measures and cases alike, as `rules/open_doors.py` asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from django.apps import apps
from django.db.models import Exists, OuterRef, Prefetch, Q, prefetch_related_objects
from django.utils import timezone

from yuetan.models.case.case import Case, CaseQuerySet
from yuetan.models.ladder.queries import with_papers
from yuetan.models.ladder.text_rows import doors_of, effects_of, text_door
from yuetan.models.office.read_once import answer_once, remember
from yuetan.rules.dates import clock
from yuetan.rules.dates.month_periods import MonthPeriod
from yuetan.rules.open_doors import DoorFault, LaidRung, TaskStanding, TextDoor, door_fault, last_before, open_doors
from yuetan.rules.text.similar_matter import bare
from yuetan.vocabulary import CaseState, DocumentKind, MeasureState, ReferralOutcome, ReportKind, RungKind, TaskState

if TYPE_CHECKING:
    from yuetan.models.ladder.measure import AccountabilityMeasure
    from yuetan.models.ladder.referral import Referral
    from yuetan.models.law.accountability import Door
    from yuetan.models.rectification.task import Task

NEVER_LAID = (CaseState.DECLINED, CaseState.WITHDRAWN)
BACK = timedelta(days=730)  # what was over longer before stands in no line: a unit may have had any number of them
LAID_IN = ("accountabilitymeasure", "case", "document", "numberentry", "referral", "task", "taskreport")


def fault_of_door(measure: AccountabilityMeasure, unit: int) -> tuple[TextDoor, DoorFault | None]:
    """The door of a measure, and why it does not stand today for a unit that it is laid on; nothing where it does."""
    door = text_door(measure.door)
    interviews = cases_about(unit) if measure.door.after else Case.objects.none()
    matters = Matters(type(measure).objects.laid_on(unit), interviews)
    laid = [rung for rung in matters.laid() if rung.key != str(measure.pk)]
    return door, door_fault(door, laid, matters.of_measure(measure), clock.today())


def rung_before(measure: AccountabilityMeasure) -> LaidRung | None:
    """The rung whose target was not met in time, by which a measure came; None for one that came by another door."""
    if measure.door.after is None:
        return None
    matters = Matters(type(measure).objects.laid_on(measure.unit_id), cases_about(measure.unit_id))
    return last_before(text_door(measure.door), matters.laid(), matters.of_measure(measure))


class NextDoor(NamedTuple):
    """The door to a further rung, why it does not stand (None: it does), and the facts in words where it does."""

    row: Door
    door: TextDoor
    fault: DoorFault | None
    facts: str


def fault_of_next_door(measure: AccountabilityMeasure, kind: RungKind) -> NextDoor | None:
    """The door that stands open to a rung once this measure was not met in time; None where the text has none."""
    doors = doors_of(measure.accountability_id)
    row = next((one for one in doors if one.rung.kind == kind and one.after_id == measure.rung_id), None)
    return _doors_after(measure, [row])[0] if row is not None else None


def standing_after(before: AccountabilityMeasure | Case) -> list[NextDoor]:
    """The doors that stand open today because the target of this rung was not met in time, the lightest rung first.

    Of a case they are those of the 责任制 that the office carries out today; of a measure, those of its own.
    """
    rows = _rows_after(before)
    return [one for one in _doors_after(before, rows) if one.fault is None and one.facts] if rows else []


def _rows_after(before: AccountabilityMeasure | Case) -> list[Door]:
    if not isinstance(before, Case):
        doors = doors_of(before.accountability_id) if before.is_in_force else []
        return [one for one in doors if one.after_id == before.rung_id]
    if not any(standing_of(task).is_late(clock.today()) for task in before.tasks.all()):
        return []
    text = apps.get_model("yuetan", "accountability").objects.carried_out(clock.today())
    doors = doors_of(text.pk) if text else []
    return [one for one in doors if one.after and one.after.kind == RungKind.INTERVIEW]


def _doors_after(before: AccountabilityMeasure | Case, rows: Sequence[Door]) -> list[NextDoor]:
    matters = _matters(before.unit_id, _day_laid(before))
    matter = matters.of(before)
    laid, today = matters.laid(), clock.today()
    return [_next_door(row, laid, matter, str(before.pk), today) for row in rows]


def _next_door(row: Door, laid: Sequence[LaidRung], matter: str, before: str, today: date) -> NextDoor:
    door = text_door(row)
    standing = [one for one in open_doors([door], laid, today) if one.before.key == before]
    return NextDoor(row, door, door_fault(door, laid, matter, today), standing[0].facts if standing else "")


def matters_of_line(about: AccountabilityMeasure | Case) -> Matters:
    """Everything that may stand in one line with a measure or a case; the doors behind it are read off it for free."""
    line, begun = _matters(about.unit_id, timezone.localdate(about.created_at) - BACK), _day_laid(about)
    if begun is not None:
        remember(("matters", about.unit_id, begun), _laid_in(), line.since(begun))
    return line


def _day_laid(before: AccountabilityMeasure | Case) -> date | None:
    return timezone.localdate(before.created_at) if isinstance(before, Case) else before.served_on


def _matters(unit: int, since: date | None) -> Matters:
    """Everything laid on a unit but for what was over before a day."""
    measures = apps.get_model("yuetan", "accountabilitymeasure").objects.laid_on(unit, since=since)
    read = partial(Matters, measures, cases_about(unit, since=since))
    return answer_once(("matters", unit, since), _laid_in(), read)


def _laid_in() -> frozenset[str]:
    return frozenset(apps.get_model("yuetan", name)._meta.db_table for name in LAID_IN)


class Matters:
    """Everything laid on one unit, by its matter: what follows on each other, or has the same words, is one matter."""

    def __init__(self, measures: Iterable[AccountabilityMeasure], cases: Iterable[Case]) -> None:
        self._measures, self._cases = list(measures), list(cases)
        prefetch_related_objects([one for one in self._measures if one.goes_to_superior], with_papers())
        self._by_words: dict[str, str] = {}
        about: list[AccountabilityMeasure | Case] = [*self._measures, *self._cases]
        for one in sorted(about, key=lambda each: (each.created_at, str(each.pk))):
            self._by_words.setdefault(bare(one.matter), self.of(one))

    def since(self, day: date) -> Matters:
        """What would have been read from a later day on: see `laid_on` and `cases_about`."""
        measures = [one for one in self._measures if not _was_over(one, day)]
        return Matters(measures, [case for case in self._cases if _counts_since(case, day)])

    def of(self, one: AccountabilityMeasure | Case) -> str:
        """What the matter of either is known by."""
        return self.of_case(one) if isinstance(one, Case) else self.of_measure(one)

    def of_measure(self, measure: AccountabilityMeasure) -> str:
        """What the matter of a measure is known by."""
        if measure.case is not None:
            return self.of_case(measure.case)
        return self._by_words.get(bare(measure.matter), str(measure.pk))

    def of_case(self, case: Case) -> str:
        """The same of a case: that of the rung by which it was opened, if it was."""
        if case.rung_laid is not None:
            return self.of_measure(case.rung_laid)
        return self._by_words.get(bare(case.matter), str(case.pk))

    def all_of(self, matter: str) -> list[AccountabilityMeasure | Case]:
        """Everything laid for one matter."""
        measures = [one for one in self._measures if self.of_measure(one) == matter]
        return [*measures, *(one for one in self._cases if self.of_case(one) == matter)]

    def laid(self) -> list[LaidRung]:
        """The rungs laid, each in force or not."""
        return [*map(self._of_measure, self._measures), *map(self._interview_of, self._cases)]

    def _of_measure(self, measure: AccountabilityMeasure) -> LaidRung:
        if measure.proposal is not None:
            return self._of_proposal(measure, measure.proposal)
        paper = measure.issued_paper
        assert measure.served_on is not None
        return LaidRung(
            key=str(measure.pk),
            matter=self.of_measure(measure),
            kind=RungKind(measure.rung.kind),
            laid_on=measure.served_on,
            paper=f"《{paper.title}》（{paper.number}）",
            limit=measure.limit,
            tasks=tuple(map(standing_of, measure.tasks.all())),
            met_on=measure.met_on,
            ended=measure.met_on is not None,
            revoked=paper.entry.voided_at is not None,
        )

    def _of_proposal(self, measure: AccountabilityMeasure, put: Referral) -> LaidRung:
        paper = put.document
        return LaidRung(
            key=str(measure.pk),
            matter=self.of_measure(measure),
            kind=RungKind(measure.rung.kind),
            laid_on=timezone.localdate(put.referred_at),
            paper=f"《{paper.title}》（{paper.number}）",
            ended=_is_settled(measure, put),
            revoked=paper.entry.voided_at is not None,
            proposed=True,
        )

    def _interview_of(self, case: Case) -> LaidRung:
        minutes = next((paper for paper in case.documents.all() if paper.kind == DocumentKind.MINUTES), None)
        laid_at = minutes.issued_at if minutes else case.created_at
        return LaidRung(
            key=str(case.pk),
            matter=self.of_case(case),
            kind=RungKind.INTERVIEW,
            laid_on=timezone.localtime(laid_at).date(),
            paper=f"《{minutes.title}》（{minutes.number}）" if minutes else f"“{case.title}”",
            tasks=tuple(map(standing_of, case.tasks.all())),
            ended=case.state == CaseState.CLOSED,
        )


def _is_settled(measure: AccountabilityMeasure, put: Referral) -> bool:
    """Whether a 书面建议 stands no more: the superior did not take it up, or what the rung closes for its time is open
    again since it did."""
    if put.outcome_on is None:
        return False
    months = [effect.months for effect in effects_of(measure)]
    is_over = not months or MonthPeriod(put.outcome_on, max(months)).last < clock.today()
    return is_over or put.outcome == ReferralOutcome.NOT_PURSUED


def _was_over(measure: AccountabilityMeasure, day: date) -> bool:
    return measure.state == MeasureState.ENDED and measure.served_on is not None and measure.served_on < day


def _counts_since(case: Case, day: date) -> bool:
    minutes = [paper.issued_at for paper in case.documents.all() if paper.kind == DocumentKind.MINUTES]
    moments = (*minutes, case.created_at)
    return case.state != CaseState.CLOSED or any(timezone.localdate(moment) >= day for moment in moments)


def cases_about(unit: int, *, since: date | None = None) -> CaseQuerySet:
    """Every case that may count as a rung laid on the unit, with its papers and tasks.

    With `since`, of closed ones those alone that were laid on that day or later: what was over before a rung was laid
    shuts no door behind it, and a unit may have any number of them.
    """
    rows: CaseQuerySet = Case.objects.filter(unit=unit).exclude(state__in=NEVER_LAID)
    documents = apps.get_model("yuetan", "document").objects
    if since is not None:
        begun = timezone.make_aware(datetime.combine(since, time()))
        minutes = documents.filter(case=OuterRef("pk"), kind=DocumentKind.MINUTES)
        rows = rows.filter(
            ~Q(state=CaseState.CLOSED) | Q(Exists(minutes.filter(issued_at__gte=begun))) | Q(created_at__gte=begun)
        )
    papers = Prefetch("documents", documents.defer("html", "facts"))
    return rows.order_by("pk").select_related("rung_laid__case").prefetch_related(papers, "tasks__reports")


def standing_of(task: Task) -> TaskStanding:
    """How a task stands, by its limit and the report that waits or was accepted."""
    handed_in = task.handed_in(ReportKind.COMPLETION)
    moment = handed_in[0].handed_in_at if handed_in else None
    day = timezone.localtime(moment).date() if moment else None
    return TaskStanding(
        task.number,
        task.effective_due_on,
        finished_on=day if task.state == TaskState.ACCEPTED else None,
        awaits_since=day if task.state == TaskState.REPORTED else None,
    )
