"""Measures of a 责任制 (责任措施): one rung laid on one unit for one matter."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Max, Q
from django.utils import timezone
from django_fsm import FSMField, FSMModelMixin

from yuetan import permissions
from yuetan.errors import Reason
from yuetan.models.case.case import Case
from yuetan.models.case.coming_moments import day_after
from yuetan.models.case.current_parties import CurrentParties
from yuetan.models.case.issued_to_unit import IssuedToUnit
from yuetan.models.case.relations import relations_read_once
from yuetan.models.case.task_account import HasTasks
from yuetan.models.flow.step import Step, transition_of
from yuetan.models.ladder.measure_text import HasText
from yuetan.models.ladder.meeting_decision import ARTICLE_OF_MEETINGS, DECISION_CONSTRAINTS, DecidedByMeeting
from yuetan.models.ladder.meeting_requirements import last_day_of_effects
from yuetan.models.ladder.pleaded import OpenToPlea
from yuetan.models.ladder.queries import ISSUED_STATES, MEASURES_OVER, SEE_MEASURE, MeasureQuerySet
from yuetan.models.ladder.rungs import is_of_rung
from yuetan.models.ladder.steps import MEASURE_STEPS
from yuetan.models.law.accountability import Accountability, Door, Rung
from yuetan.models.law.regulation import Regulation
from yuetan.models.office.read_once import read_relations_once
from yuetan.models.office.written_words import grams
from yuetan.models.people.unit import Unit
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import MeasureState, Party, Verb

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.files.attachment import Attachment
    from yuetan.models.ladder.restriction import Restriction
    from yuetan.models.papers.document import Document
    from yuetan.models.people.user import User

# Refusals that rest on the article of its own rung or door: each rung has others.
ARTICLE_OF = {
    "door_does_not_stand": "door",
    "gravity_without_words": "door",
    "measure_door_of_other_rung": "rung",
    "measure_limit_missing": "rung",
    "measure_limit_past": "rung",
    "measure_for_the_group": "rung",
    **ARTICLE_OF_MEETINGS,
    "measure_without_case": "door",
}


class AccountabilityMeasure(FSMModelMixin, HasText, OpenToPlea, DecidedByMeeting, HasTasks, IssuedToUnit):
    """One rung laid on one unit for one matter, under the version of the 责任制 carried out when it was drafted."""

    STEPS, ABOUT, SEES = MEASURE_STEPS, "measure_laid", SEE_MEASURE
    earlier = ""  # nothing is entered afterwards here

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = FSMField("状态", default=MeasureState.DRAFTED, choices=MeasureState.choices, protected=True, max_length=20)
    accountability = models.ForeignKey(Accountability, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="measures_laid", verbose_name="单位")
    rung = models.ForeignKey(Rung, models.PROTECT, related_name="+", verbose_name="档次")
    door = models.ForeignKey(Door, models.PROTECT, related_name="+", verbose_name="条件")
    door_words = models.TextField("符合条件的说明", blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="measures_laid")
    matter = models.CharField("事由", max_length=200)
    facts = models.TextField("存在的问题", blank=True)
    demands = models.TextField("整改要求", blank=True)
    limit = models.DateField("整改期限", null=True, blank=True)
    drafter = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    endorser = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    decider = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("审定时间", null=True, blank=True)
    decided_sha256 = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    served_on = models.DateField("送达日期", null=True, blank=True)
    met_on = models.DateField("整改完成日期", null=True, blank=True)
    paper = models.ForeignKey("yuetan.Document", models.PROTECT, null=True, blank=True, related_name="+")

    unit_id: int
    drafter_id: int
    endorser_id: int | None
    case_id: uuid.UUID | None
    sign_by: date | None  # of `with_sign_by` alone
    attachments: RelatedManager[Attachment]
    restrictions: RelatedManager[Restriction]
    objects = MeasureQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("accountabilitymeasure")
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("-created_at", "-id"), name="measure_laid_newest"),
            models.Index(fields=("unit", "-created_at", "-id"), name="measure_laid_of_unit"),
            models.Index(fields=("limit", "id"), name="measure_laid_by_limit"),
            GinIndex(grams("matter"), name="measure_laid_by_words"),
        )
        constraints = (
            *DECISION_CONSTRAINTS,
            models.CheckConstraint(condition=Q(state__in=MeasureState.values), name="measure_laid_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(state__in=ISSUED_STATES, paper__isnull=False, served_on__isnull=False)
                | ~Q(state__in=ISSUED_STATES) & Q(paper=None, served_on=None),
                name="measure_laid_has_its_paper",
            ),
            models.CheckConstraint(
                condition=Q(state=MeasureState.ENDED, met_on__gte=F("served_on"))
                | ~Q(state=MeasureState.ENDED) & Q(met_on=None),
                name="measure_laid_ended_is_met",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_state_display(self) -> str:  # type: ignore[no-redef] # Django keeps one that is there
        """The state, in the word that its rung has for its end."""
        return self.end_words or str(MeasureState(self.state).label)

    def steps_now(self) -> list[Step]:
        """Every step out of the present state that its rung has, in the order of the table."""
        return [step for step in super().steps_now() if is_of_rung(step.verb, self.rung.kind)]

    @property
    def regulation(self) -> Regulation:
        """The version of the text that it carries out."""
        text: Regulation = self.accountability.regulation
        return text

    @property
    def paper_number(self) -> str:
        """The number of the paper by which it was served, or went to the superior of the unit; empty before."""
        proposal = self.proposal
        paper = self.paper or (proposal.document if proposal else None)
        return paper.number if paper else ""

    @property
    def issued_paper(self) -> Document:
        """The paper by which it was served; raises DoesNotExist before."""
        if self.paper is None:
            raise self.DoesNotExist
        return self.paper

    def reason(self, finding: Finding) -> Reason:
        """A finding as a sentence under the version of the 责任制 it rests on."""
        row = getattr(self, ARTICLE_OF[finding.code]) if finding.code in ARTICLE_OF else None
        if row is not None:
            return finding.reason(row.article.name)
        return self.regulation.reason(finding, self.unit.kind)

    @transition_of(state, MEASURE_STEPS, Verb.SUBMIT_MEASURE)
    def submit_measure(self) -> None:
        """报核: the director reads it."""

    @transition_of(state, MEASURE_STEPS, Verb.ENDORSE_MEASURE)
    def endorse_measure(self, *, endorser: User) -> None:
        """核稿: it goes to a leader."""
        self.endorser = endorser

    @transition_of(state, MEASURE_STEPS, Verb.DECIDE_MEASURE)
    def decide_measure(self, *, decider: User, sha256: str) -> None:
        """审定: this text, and no other, will be served."""
        self.decider, self.decided_at, self.decided_sha256 = decider, clock.now(), sha256

    @transition_of(state, MEASURE_STEPS, Verb.RETURN_MEASURE)
    def return_measure(self) -> None:
        """退回: its drafter changes it; whoever endorsed it will read it anew."""
        self.endorser = None

    @transition_of(state, MEASURE_STEPS, Verb.DECLINE_MEASURE)
    def decline_measure(self) -> None:
        """不予实施."""

    @transition_of(state, MEASURE_STEPS, Verb.WITHDRAW_MEASURE)
    def withdraw_measure(self) -> None:
        """撤回: it is never served, and stays to be read."""

    @transition_of(state, MEASURE_STEPS, Verb.SERVE_MEASURE)
    def serve_measure(self, *, paper: Document) -> None:
        """送达: its paper is issued, and the unit is a party."""
        self.paper, self.served_on = paper, clock.today()

    @transition_of(state, MEASURE_STEPS, Verb.CONCLUDE_MEASURE)
    def conclude_measure(self, *, met_on: date) -> None:
        """认定整改完成: who laid it finds its target met; no door stands behind it any more."""
        self.met_on = met_on

    def coming_moments(self) -> Iterator[datetime]:
        """The day after its limit, its effects, or the time for a plea or a receipt, after which it waits for other
        things; the days of its tasks."""
        days: list[date | None] = []
        if self.state == MeasureState.SERVED:
            days = [*day_after(self.limit or last_day_of_effects(self), self.plea_until), *self.days_of_tasks()]
        if self.is_open_to_unit:
            days += day_after(self.paper_to_sign.receipt_due_on, self.paper_to_sign.receipt_director_on)
        yield from (datetime.combine(day, time(), CHINA_STANDARD_TIME) for day in days if day)

    def read_relations_once(self) -> None:
        """Read its tasks, and what else hangs on it, once for as long as the step or the request lasts."""
        read_relations_once([self], relations_read_once, empty=getattr(self, "empty_relations", ()))

    @property
    def is_in_force(self) -> bool:
        """Served, and its paper not voided."""
        return self.state == MeasureState.SERVED and self.voided_on is None

    @property
    def voided_on(self) -> date | None:
        """The day on which the paper by which it was served was voided; None where it holds or there is none."""
        at = self.paper.entry.voided_at if self.paper else None
        return timezone.localdate(at) if at else None

    @property
    def is_over(self) -> bool:
        """Whether it asks for nothing any more of itself: met, delisted, revoked, put to the superior, or voided."""
        return self.state in MEASURES_OVER or self.voided_on is not None

    @property
    def closes_until(self) -> date | None:
        """The last day of what it closed or closes; None where it closed nothing, as before it is served."""
        if self.served_on is None:
            return None
        last: date | None = self.restrictions.aggregate(last=Max("until"))["last"]
        return last

    def next_due_on(self) -> date | None:
        """By when what it requires is to be done: the soonest of its tasks, where it has any."""
        if not self.tasks_run:
            return None
        return self.next_limit() if self.tasks.all() else self.limit

    @property
    def tasks_run(self) -> bool:
        """Whether its tasks are under rectification: while it is in force and its target not found met."""
        return self.is_in_force

    @property
    def task_year(self) -> int:
        """The year in which it was served, under which its tasks are listed."""
        return (self.served_on or timezone.localtime(self.created_at).date()).year

    @property
    def rectified_since(self) -> date | None:
        """The day from which somebody may look at what is done about it."""
        return self.served_on

    @property
    def register_number(self) -> str:
        """The number of its paper; raises DoesNotExist before it is served."""
        return self.issued_paper.number

    @property
    def is_open_to_unit(self) -> bool:
        """Whether the unit is a party: once the measure is served, and not a moment earlier."""
        return self.state in ISSUED_STATES

    def office_parties(self) -> dict[Party, list[int]]:
        """Who drafted it, and who acts for the office."""
        return {Party.DRAFTER: CurrentParties.today().drafters(self), **super().office_parties()}
