"""Earlier texts of the minutes: each as it stood when another took its place, with what had been said of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NotRequired, TypedDict

from django.db import models

from yuetan.models.case.case import Case
from yuetan.rules.dates import clock

if TYPE_CHECKING:
    from yuetan.models.interview.interview import Measure


class MeasureText(TypedDict):
    """One measure in words, as a version keeps it and a correction proposes it; the date in the ISO spelling."""

    content: str
    responsible_person: str
    due_on: str
    proof_required: str
    acceptance_standard: str
    report_rhythm: str


class InterviewedPerson(TypedDict):
    """Whether one interviewee came, as a correction proposes it; the time as 08:55."""

    post: int
    attendance: str
    absence_reason: str
    arrived_at: str


class NamedPerson(TypedDict):
    """Somebody else who was there."""

    name: str
    title: str


class WhoWasThere(TypedDict):
    """Who was there as a correction proposes it; `words` say it as pages do."""

    attendances: list[InterviewedPerson]
    attendees: list[NamedPerson]
    observers: list[NamedPerson]
    submission_missing: bool
    words: list[str]


class WholeText(TypedDict):
    """All that is printed of the text of minutes; one kept before attendance could be corrected does not say it."""

    problems: str
    statement: str
    discussion: str
    copied_to: str
    measures: list[MeasureText]
    attendance: NotRequired[list[str]]


def measure_texts(measures: Iterable[Measure]) -> list[MeasureText]:
    """The measures in words, in their order."""
    return [
        {
            "content": measure.content,
            "responsible_person": measure.responsible_person,
            "due_on": measure.due_on.isoformat(),
            "proof_required": measure.proof_required,
            "acceptance_standard": measure.acceptance_standard,
            "report_rhythm": measure.report_rhythm,
        }
        for measure in measures
    ]


def due_day(measure: MeasureText) -> date:
    """The time limit of a measure in words."""
    return date.fromisoformat(measure["due_on"])


class MinutesVersion(models.Model):
    """A text of the minutes that another has replaced, kept as it was.

    `standing` holds in words whether the interviewer had confirmed or returned it and what the unit had answered.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="minutes_versions")
    number = models.PositiveSmallIntegerField()
    text = models.JSONField()
    standing = models.JSONField(default=dict)
    written_by = models.CharField(max_length=300)
    written_at = models.DateTimeField()
    replaced_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(default=clock.now)

    class Meta:
        default_permissions = ()
        ordering = ("case", "number")
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="one_minutes_version_per_number"),)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """第 2 稿."""
        return f"第 {self.number} 稿"
