"""资格限制: what a measure of a 责任制 closes to a unit or a leader, from the day of its paper to a last day."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from yuetan import permissions
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.law.accountability import Effect
from yuetan.models.people.unit import Post, Unit
from yuetan.rules.dates import clock
from yuetan.rules.dates.month_periods import MonthPeriod
from yuetan.rules.refusals import OFFICE_SETTING
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary.restriction import RestrictionEnd, RestrictionStanding

if TYPE_CHECKING:
    from yuetan.models.people.user import User

SEE_RESTRICTIONS = "see_restrictions"
NOT_ENDED_EARLY = Q(ended_on=None, end_kind="", end_reason="", end_paper="", ended_by=None, ended_at=None)
ENDED_EARLY = Q(ended_on__isnull=False, ended_by__isnull=False, ended_at__isnull=False)
ENDED_EARLY &= ~(Q(end_kind="") | Q(end_reason="") | Q(end_paper=""))
OF_UNIT = Q(person=None, post=None, person_name="", person_title="")


def with_restriction_relations(rows: models.QuerySet[Restriction]) -> models.QuerySet[Restriction]:
    """Restrictions with all that a line of a list, or the page of one, shows."""
    related = ("unit__parent", "effect__article__regulation", "measure_laid__rung", "measure_laid__paper__entry")
    return rows.select_related(*related, "person").defer("measure_laid__paper__html", "measure_laid__paper__facts")


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    """Questions about many restrictions (资格限制)."""

    def visible_to(self, user: User) -> RestrictionQuerySet:
        """The office sees all but what was narrowed without the person; a unit its own, a person their own.

        Who holds a post in the unit sees what the unit sees (回避).
        """
        own = Q(person=user) | Q(OF_UNIT, open_to__in=user.interviewed_units)
        if not user.has_perm(permissions.name(SEE_RESTRICTIONS)):
            return self.filter(own)
        measures = AccountabilityMeasure.objects.all()
        if measures.shows_all_to(user):
            return self.all()
        kept_from = ~Q(open_to__in=user.interviewed_units) if user.interviewed_units else Q()
        return self.filter(own | (kept_from & measures.known_to(user, "measure_laid__")))

    def on(self, day: date) -> RestrictionQuerySet:
        """Those that hold on a day."""
        return self.filter(first_day__lte=day, until__gte=day)

    def with_relations(self) -> RestrictionQuerySet:
        """The same of the rows of this query."""
        return with_restriction_relations(self)  # type: ignore[return-value] # of the same class


class Restriction(models.Model):
    """One thing closed to one unit, or to one person who held a named post in it on the day of the decision.

    `until` is the last day on which it holds: `last_day`, or the day before `ended_on`. `open_to` is the unit whose
    people see it, the successor's once the measure went over to it. `proof` shows the post of who had none on record;
    what was added before proofs were asked for has none. Nothing else of a row ever changes, but that it
    ends early, once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure_laid = models.ForeignKey(AccountabilityMeasure, models.PROTECT, related_name="restrictions")
    effect = models.ForeignKey(Effect, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="restrictions", verbose_name="单位")
    open_to = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="restrictions")
    person = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="restrictions")
    person_name = models.CharField("姓名", max_length=40, blank=True)
    person_title = models.CharField("职务", max_length=200, blank=True)
    first_day = models.DateField("起")
    last_day = models.DateField("止")
    until = models.DateField("限制到")
    added_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    added_reason = models.TextField("补列的理由", blank=True)
    proof = models.ForeignKey("yuetan.Attachment", models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    ended_on = models.DateField("提前解除之日", null=True, blank=True)
    end_kind = models.CharField("提前解除的情形", max_length=10, choices=RestrictionEnd.choices, blank=True)
    end_reason = models.TextField("提前解除的理由", blank=True)
    end_paper = models.CharField("据以提前解除的文书", max_length=200, blank=True)
    ended_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    unit_id: int
    person_id: int | None
    proof_id: object
    objects = RestrictionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("restriction")
        ordering = ("-first_day", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("measure_laid", "effect", "person"),
                condition=Q(person__isnull=False),
                name="one_restriction_a_person",
            ),
            models.UniqueConstraint(
                fields=("measure_laid", "effect", "person_name", "person_title"),
                condition=Q(person=None),
                name="one_restriction_a_name",
            ),
            models.CheckConstraint(
                condition=OF_UNIT | ~(Q(person_name="") | Q(person_title="")), name="restriction_names_its_person"
            ),
            models.CheckConstraint(
                condition=Q(person=None, post=None) | Q(person__isnull=False, post__isnull=False),
                name="restriction_person_by_post",
            ),
            models.CheckConstraint(
                condition=Q(added_by=None, added_reason="") | Q(added_by__isnull=False) & ~Q(added_reason=""),
                name="restriction_added_says_why",
            ),
            models.CheckConstraint(
                condition=Q(proof=None) | Q(added_by__isnull=False), name="restriction_proof_of_an_addition"
            ),
            models.CheckConstraint(
                condition=(NOT_ENDED_EARLY & Q(until=F("last_day")))
                | (ENDED_EARLY & Q(until__lt=F("ended_on"), ended_on__gte=F("first_day"), ended_on__lte=F("last_day"))),
                name="restriction_ends_whole",
            ),
        )
        indexes = (
            models.Index(fields=("until", "id"), name="restriction_by_end"),
            models.Index(fields=("-first_day", "-id"), name="restriction_newest"),
            models.Index(fields=("unit", "-first_day", "-id"), name="restriction_of_unit"),
            models.Index(fields=("open_to", "-first_day", "-id"), name="restriction_open_to"),
            models.Index(fields=("person", "-first_day", "-id"), name="restriction_of_person"),
            models.Index(fields=("person_name",), condition=~Q(person_name=""), name="restriction_by_name"),
        )

    def __str__(self) -> str:
        return f"{self.who}：{self.effect.get_closed_display()}"

    @property
    def who(self) -> str:
        """The unit, or the person by the post held then."""
        return f"{self.person_title}{self.person_name}" if self.person_name else self.unit.full_name

    @property
    def standing(self) -> RestrictionStanding:
        """Whether it holds today."""
        if self.ended_on is not None:
            return RestrictionStanding.ENDED_EARLY
        return RestrictionStanding.IN_FORCE if self.until >= clock.today() else RestrictionStanding.ENDED

    @property
    def days_left(self) -> int | None:
        """How many days it holds after today; None once it does not hold."""
        return (self.until - clock.today()).days if self.standing == RestrictionStanding.IN_FORCE else None

    @property
    def days_words(self) -> str:
        """2026年11月23日至2027年5月23日（江扫黑通〔2026〕1号）, and how it ended early."""
        paper = self.measure_laid.issued_paper.number
        days = f"{chinese_date(self.first_day)}至{chinese_date(self.last_day)}（{paper}）"
        return f"{days}，{self.early_words}" if self.early_words else days

    @property
    def reason_first(self) -> str:
        """为什么从这一天起."""
        paper = self.measure_laid.issued_paper
        return f"自《{paper.title}》（{paper.number}）印发送达之日起，当日计入。"

    @property
    def reason_last(self) -> str:
        """为什么到这一天止: how long by the law; how it is counted, by calendar months, by the office."""
        article = self.effect.article
        counted = MonthPeriod(self.first_day, self.effect.months).reason(self.effect.period)
        law = f"《{article.regulation.title}》{article.name}规定为{self.effect.period}"
        return f"{law}；起算办法为{OFFICE_SETTING}：{counted}"

    @property
    def early_words(self) -> str:
        """2026年12月1日提前解除（列入有误）：……; empty where it was not."""
        if self.ended_on is None:
            return ""
        kind = self.get_end_kind_display()
        return f"{chinese_date(self.ended_on)}提前解除（{kind}，{self.end_paper}）：{self.end_reason}"
