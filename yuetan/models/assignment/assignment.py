"""交办事项: what a meeting, a letter that a unit got, or a 督导 gives one unit to do, as tasks with their dates."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, FSMModelMixin

from yuetan import permissions
from yuetan.errors import Reason
from yuetan.models.assignment.queries import SEE_ASSIGNMENTS, AssignmentQuerySet
from yuetan.models.assignment.steps import ASSIGNMENT_STEPS
from yuetan.models.case.issued_to_unit import IssuedToUnit
from yuetan.models.case.relations import relations_read_once
from yuetan.models.case.task_account import HasTasks
from yuetan.models.flow.step import transition_of
from yuetan.models.law.regulation import Regulation
from yuetan.models.office.read_once import read_relations_once
from yuetan.models.office.written_words import grams
from yuetan.models.people.unit import Unit
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import AssignmentState, Verb

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.files.attachment import Attachment
    from yuetan.models.meeting.meeting import Meeting
    from yuetan.models.received.letter import ReceivedLetter
    from yuetan.models.rounds.visit import RoundVisit


class Assignment(FSMModelMixin, HasTasks, IssuedToUnit):
    """What a meeting, a letter received or a 督导 gives one unit; its tasks are accounted for as those of a 纪要.

    `matter` is what it comes from, in words (领导小组2026年第3次会议), `source_number` that paper's number.
    """

    STEPS, ABOUT, SEES = ASSIGNMENT_STEPS, "assignment", SEE_ASSIGNMENTS
    earlier = ""  # nothing is entered afterwards here
    case = None  # 知悉范围 is of cases; of this the whole office may know

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = FSMField(
        "状态", default=AssignmentState.RUNNING, choices=AssignmentState.choices, protected=True, max_length=20
    )
    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments", verbose_name="承办单位")
    meeting = models.ForeignKey("yuetan.Meeting", models.PROTECT, null=True, blank=True, related_name="assignments")
    received_letter = models.ForeignKey(
        "yuetan.ReceivedLetter", models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    round_visit = models.ForeignKey(
        "yuetan.RoundVisit", models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    matter = models.CharField("事由", max_length=300)
    source_number = models.CharField("来源文号", max_length=210, blank=True)
    drafter = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField("交办时间", default=clock.now)
    concluded_on = models.DateField("办结日期", null=True, blank=True)

    unit_id: int
    drafter_id: int
    attachments: RelatedManager[Attachment]
    objects = AssignmentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("assignment")
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("-created_at", "-id"), name="assignments_newest"),
            models.Index(fields=("unit", "-created_at", "-id"), name="assignments_of_unit"),
            GinIndex(grams("matter"), name="assignments_by_words"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=AssignmentState.values), name="assignment_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(meeting__isnull=False, received_letter=None, round_visit=None)
                | Q(meeting=None, received_letter__isnull=False, round_visit=None)
                | Q(meeting=None, received_letter=None, round_visit__isnull=False),
                name="assignment_of_one_source",
            ),
            models.CheckConstraint(
                condition=Q(state=AssignmentState.CONCLUDED, concluded_on__isnull=False)
                | ~Q(state=AssignmentState.CONCLUDED) & Q(concluded_on=None),
                name="assignment_concluded_has_its_day",
            ),
            models.UniqueConstraint(
                fields=("received_letter",),
                condition=Q(state=AssignmentState.RUNNING),
                name="one_assignment_per_received_letter",
            ),
            models.UniqueConstraint(
                fields=("round_visit",),
                condition=~Q(state=AssignmentState.REVOKED),
                name="one_assignment_per_round_visit",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """落实领导小组2026年第3次会议议定事项; 落实检察建议书（……）整改事项."""
        return f"落实{self.matter}{self.of_what}"

    @property
    def of_what(self) -> str:
        """What of its source is to be done."""
        return "议定事项" if self.meeting_id else "整改事项"

    @property
    def source(self) -> Meeting | ReceivedLetter | RoundVisit:
        """What it comes from."""
        source = self.meeting or self.received_letter or self.round_visit
        assert source is not None
        return source

    @property
    def source_paper(self) -> tuple[str, str]:
        """The title and the number of the paper that it comes from; of one that was corrected that in force."""
        if self.received_letter is not None:
            return self.received_letter.get_kind_display(), self.received_letter.paper
        if self.round_visit is not None:
            opinion = self.round_visit.opinion
            return (opinion.title, opinion.number) if opinion else ("", self.source_number)
        minutes = self.meeting.minutes if self.meeting is not None else None
        return f"{self.matter}纪要", minutes.number if minutes else self.source_number

    @property
    def register_number(self) -> str:
        """The number of the paper that it comes from."""
        return self.source_number

    def reason(self, finding: Finding) -> Reason:
        """A finding as a sentence; it cites nothing, for the 约谈办法 is about interviews, and this comes of none."""
        return finding.reason()

    @transition_of(state, ASSIGNMENT_STEPS, Verb.CONCLUDE_ASSIGNMENT)
    def conclude_assignment(self) -> None:
        """办结: everything given to the unit is accepted."""
        self.concluded_on = clock.today()

    @transition_of(state, ASSIGNMENT_STEPS, Verb.REVOKE_ASSIGNMENT)
    def revoke_assignment(self) -> None:
        """撤销交办: nothing of it is asked for any more."""

    def coming_moments(self) -> Iterator[datetime]:
        """The days of its tasks from which time alone changes what it waits for."""
        if self.tasks_run:
            yield from (datetime.combine(day, time(), CHINA_STANDARD_TIME) for day in self.days_of_tasks() if day)

    def read_relations_once(self) -> None:
        """Read its tasks, and what else hangs on it, once for as long as the step or the request lasts."""
        read_relations_once([self], relations_read_once, empty=getattr(self, "empty_relations", ()))

    def next_due_on(self) -> date | None:
        """By when the next of its tasks is to be done."""
        return self.next_limit() if self.tasks_run else None

    @property
    def tasks_run(self) -> bool:
        """Whether its tasks are under way."""
        return self.state == AssignmentState.RUNNING

    @property
    def task_year(self) -> int:
        """The year in which it was handed out, under which its tasks are listed."""
        return self.created_at.astimezone(CHINA_STANDARD_TIME).year

    @property
    def rectified_since(self) -> date | None:
        """The day from which somebody may look at what is done about it."""
        return self.created_at.astimezone(CHINA_STANDARD_TIME).date()

    @property
    def is_open_to_unit(self) -> bool:
        """Whether the unit is a party: from the first moment."""
        return True
