"""What is laid on a unit, read off measures and cases alike, as `rules/open_doors.py` asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from django.apps import apps
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from yuetan.models.case.case import Case, CaseQuerySet
from yuetan.models.ladder.matters import NEVER_LAID, Matters, matters_of
from yuetan.models.ladder.queries import with_papers
from yuetan.models.ladder.text_rows import doors_of, effects_of, text_door
from yuetan.models.office.read_once import answer_once
from yuetan.rules.dates import clock
from yuetan.rules.dates.month_periods import MonthPeriod
from yuetan.rules.open_doors import DoorFault, LaidRung, TaskStanding, TextDoor, door_fault, last_before, open_doors
from yuetan.vocabulary import CaseState, DocumentKind, ReferralOutcome, ReportKind, RungKind, TaskState

if TYPE_CHECKING:
    from yuetan.models.ladder.measure import AccountabilityMeasure
    from yuetan.models.ladder.referral import Referral
    from yuetan.models.law.accountability import Door
    from yuetan.models.rectification.task import Task

READ_WITH = ("accountabilitymeasure", "case", "document", "numberentry", "referral", "task", "taskreport")


def fault_of_door(measure: AccountabilityMeasure, unit: int) -> tuple[TextDoor, DoorFault | None]:
    """The door of a measure, and why it does not stand today for a unit that it is laid on; nothing where it does."""
    door, matter = text_door(measure.door), matters_of(unit).of(measure)
    laid = [rung for rung in rungs_for(unit, matter).laid() if rung.key != str(measure.pk)]
    return door, door_fault(door, laid, matter, clock.today())


def rung_before(measure: AccountabilityMeasure) -> LaidRung | None:
    """The rung whose target was not met in time, by which a measure came; None for one that came by another door."""
    if measure.door.after is None:
        return None
    matter = matters_of(measure.unit_id).of(measure)
    return last_before(text_door(measure.door), rungs_for(measure.unit_id, matter).laid(), matter)


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
    matter = matters_of(before.unit_id).of(before)
    laid, today = rungs_for(before.unit_id, matter).laid(), clock.today()
    return [_next_door(row, laid, matter, str(before.pk), today) for row in rows]


def _next_door(row: Door, laid: Sequence[LaidRung], matter: str, before: str, today: date) -> NextDoor:
    door = text_door(row)
    standing = [one for one in open_doors([door], laid, today) if one.before.key == before]
    return NextDoor(row, door, door_fault(door, laid, matter, today), standing[0].facts if standing else "")


def rungs_for(unit: int, *matters: str) -> Rungs:
    """What was laid on a unit for these matters, with its papers and tasks; read once in a step or a page."""
    known = matters_of(unit)
    keys = known.laid_for(matters)
    measures = apps.get_model("yuetan", "accountabilitymeasure").objects.laid_on(unit).filter(pk__in=keys)
    read = partial(Rungs, known, measures, cases_about(unit).filter(pk__in=keys))
    return answer_once(("rungs", unit, keys), _read_with(), read)


def _read_with() -> frozenset[str]:
    return frozenset(apps.get_model("yuetan", name)._meta.db_table for name in READ_WITH)


class Rungs:
    """What was laid on one unit for some matters: the measures and cases, and how each of them stands."""

    def __init__(self, matters: Matters, measures: Iterable[AccountabilityMeasure], cases: Iterable[Case]) -> None:
        self._matters = matters
        self._measures, self._cases = list(measures), list(cases)
        prefetch_related_objects([one for one in self._measures if one.goes_to_superior], with_papers())

    @property
    def all(self) -> list[AccountabilityMeasure | Case]:
        """The measures, then the cases."""
        return [*self._measures, *self._cases]

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
            matter=self._matters.of(measure),
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
            matter=self._matters.of(measure),
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
            matter=self._matters.of(case),
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


def cases_about(unit: int) -> CaseQuerySet:
    """Every case that may count as a rung laid on the unit, with its papers and tasks."""
    rows: CaseQuerySet = Case.objects.filter(unit=unit).exclude(state__in=NEVER_LAID).order_by("pk")
    papers = Prefetch("documents", apps.get_model("yuetan", "document").objects.defer("html", "facts"))
    return rows.select_related("rung_laid__case").prefetch_related(papers, "tasks__reports")


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
