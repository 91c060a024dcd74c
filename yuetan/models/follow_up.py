"""据此办理的事项: a 提醒函, measure or proposal that was drafted on facts of another room, and on which of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan.models.assessment.sheet import AssessmentSheet
from yuetan.models.received.letter import ReceivedLetter
from yuetan.models.reporting.report import PeriodicReport
from yuetan.models.reporting.scheme import ReportScheme
from yuetan.models.rounds.visit import RoundVisit
from yuetan.models.subjects import SUBJECTS, WITH_TITLES, Subject, subject_of
from yuetan.rules.dates import clock

if TYPE_CHECKING:
    from yuetan.models.people.user import User

FOLLOWING = ("case", "letter", "measure_laid")
SOURCES = ("visit", "report", "scheme", "received_letter", "sheet")


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """Questions about many follow-ups of opinions and findings."""

    def about_reports(self, scheme: ReportScheme, units: Collection[int]) -> FollowUpQuerySet:
        """What was drafted about these units because of their reports of a scheme, of one of them or of several."""
        of_scheme = Q(scheme=scheme) | Q(report__period__scheme=scheme)
        return self.filter(of_scheme, reduce(or_, (Q(**{f"{name}__unit__in": units}) for name in FOLLOWING)))

    def subjects_for(self, user: User) -> list[Subject]:
        """What was drafted, once each and in that order, as far as the person may see it."""
        named = [name for name in WITH_TITLES if name.split("__")[0] in FOLLOWING]
        rows = self.select_related(*named, "case__unit__parent", "letter__unit__parent").order_by("pk")
        subjects = list(dict.fromkeys(row.subject for row in rows))
        seen = {about: set(_keys_seen(about, subjects, user)) for about in FOLLOWING}
        return [one for one in subjects if one.pk in seen[one.ABOUT]]


def _keys_seen(about: str, subjects: Sequence[Subject], user: User) -> Collection[object]:
    keys = [one.pk for one in subjects if about == one.ABOUT]
    if not keys:
        return ()
    return SUBJECTS[about].objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)


def _of_exactly_one(names: Sequence[str]) -> Q:
    return reduce(or_, (Q(**{f"{name}__isnull": name != chosen for name in names}) for chosen in names))


class FollowUp(models.Model):
    """One thing that followed, linked as it was drafted from the page where the facts stand.

    The facts stand in a visit of a round, in a report, in the missed reports of a scheme (of the unit of what
    followed), in a letter that the unit got, or in its sheet of an assessment.
    """

    visit = models.ForeignKey(RoundVisit, models.PROTECT, null=True, blank=True, related_name="follow_ups")
    report = models.ForeignKey(PeriodicReport, models.PROTECT, null=True, blank=True, related_name="follow_ups")
    scheme = models.ForeignKey(ReportScheme, models.PROTECT, null=True, blank=True, related_name="follow_ups")
    received_letter = models.ForeignKey(
        ReceivedLetter, models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    sheet = models.ForeignKey(AssessmentSheet, models.PROTECT, null=True, blank=True, related_name="follow_ups")
    case = models.ForeignKey("yuetan.Case", models.PROTECT, null=True, blank=True, related_name="source_links")
    letter = models.ForeignKey("yuetan.Letter", models.PROTECT, null=True, blank=True, related_name="source_links")
    measure_laid = models.ForeignKey(
        "yuetan.AccountabilityMeasure", models.PROTECT, null=True, blank=True, related_name="source_links"
    )
    linked_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(default=clock.now)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=_of_exactly_one(SOURCES), name="follow_up_of_one_source"),
            models.CheckConstraint(condition=_of_exactly_one(FOLLOWING), name="follow_up_of_one_thing"),
            models.UniqueConstraint(fields=(*SOURCES, *FOLLOWING), nulls_distinct=False, name="follows_once"),
        )

    def __str__(self) -> str:
        return f"{self.source}之后的{self.subject.title}"

    assignment = None  # what a room gives to do names its source itself

    @property
    def source(self) -> models.Model:
        """Where the facts stand."""
        return next(row for row in (getattr(self, name) for name in SOURCES) if row is not None)

    @property
    def subject(self) -> Subject:
        """What followed."""
        subject = subject_of(self)
        assert subject is not None
        return subject
