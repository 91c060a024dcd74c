"""督导: a round to several units, planned, told to them or not (明察暗访), and ended once each has its conclusion."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from yuetan import permissions
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.vocabulary import RoundKind, RoundState

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.people.user import User
    from yuetan.models.rounds.visit import RoundVisit

SEE_ROUNDS = "see_rounds"
TEAM_SIZE = "round_team_people"  # a setting of the office: how many go at least


class SupervisionRoundQuerySet(models.QuerySet["SupervisionRound"]):
    """Questions about many of them."""

    def visible_to(self, user: User) -> SupervisionRoundQuerySet:
        """The office and the leaders see all; a unit sees its own visits, and no round as a whole."""
        return self.all() if user.has_perm(permissions.name(SEE_ROUNDS)) else self.none()

    def open(self) -> SupervisionRoundQuerySet:
        """Those neither ended nor cancelled."""
        return self.filter(ended_at=None, cancelled_at=None)

    def with_people(self) -> SupervisionRoundQuerySet:
        """With who did what, and the team."""
        people = self.select_related("planned_by", "announced_by", "ended_by", "cancelled_by")
        return people.prefetch_related("members__person")


class SupervisionRound(models.Model):
    """One round: the days it lasts, on what it rests, who goes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # a number would count them
    kind = models.CharField("督导形式", max_length=16, choices=RoundKind.choices)
    title = models.CharField("督导名称", max_length=80)
    basis = models.CharField("督导依据", max_length=200)
    begins_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    demands = models.TextField("有关要求", blank=True)
    partners = models.TextField("联合的部门和人员", blank=True)
    planned_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(default=clock.now)
    announced_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    announced_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.TextField("取消原因", blank=True)

    members: RelatedManager[RoundMember]
    visits: RelatedManager[RoundVisit]
    objects = SupervisionRoundQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("supervisionround")
        ordering = ("-begins_on", "-pk")
        indexes = (models.Index(fields=("kind", "-ends_on"), name="rounds_of_kind"),)
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="round_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(kind=RoundKind.UNANNOUNCED) | Q(announced_at=None), name="covert_round_is_not_announced"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{what}_by": None, f"{what}_at": None})
                    | Q(**{f"{what}_by__isnull": False, f"{what}_at__isnull": False}),
                    name=f"round_{what}_by_somebody",
                )
                for what in ("announced", "ended")
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by=None, cancelled_at=None, cancel_reason="")
                | (Q(cancelled_by__isnull=False, cancelled_at__isnull=False, ended_at=None) & ~Q(cancel_reason="")),
                name="round_is_cancelled_whole",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_covert(self) -> bool:
        """Whether no unit hears of it before its own day."""
        return self.kind == RoundKind.UNANNOUNCED

    @property
    def has_begun(self) -> bool:
        """Whether units were told, or of a covert one its first day has come."""
        return self.begins_on <= clock.today() if self.is_covert else self.announced_at is not None

    @property
    def state(self) -> RoundState:
        """Where it stands."""
        if self.cancelled_at is not None:
            return RoundState.CANCELLED
        if self.ended_at is not None:
            return RoundState.ENDED
        return RoundState.RUNNING if self.has_begun else RoundState.PLANNED

    @property
    def light(self) -> str:
        """The colour of its state: red once its days have passed and it has not ended."""
        if self.state in (RoundState.CANCELLED, RoundState.ENDED):
            return "green" if self.state == RoundState.ENDED else "grey"
        if self.ends_on < clock.today():
            return "red"
        return "blue" if self.state == RoundState.RUNNING else "grey"

    @property
    def days_words(self) -> str:
        """2026年12月1日至2026年12月10日; of a single day that day."""
        return between(self.begins_on, self.ends_on)

    @property
    def team_words(self) -> str:
        """带队人王三（主任）；成员张一（承办人）、周七（督查员）."""
        members = list(self.members.all())
        leader = joined([str(one) for one in members if one.leads])
        others = joined([str(one) for one in members if not one.leads])
        return f"带队人{leader}；成员{others}"


class RoundMember(models.Model):
    """One person of the team, by the post held when the round was planned; one of them leads."""

    round = models.ForeignKey(SupervisionRound, models.PROTECT, related_name="members")
    person = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    title = models.CharField("职务", max_length=200)
    leads = models.BooleanField("带队", default=False)

    person_id: int

    class Meta:
        default_permissions = ()
        ordering = ("-leads", "id")
        constraints = (
            models.UniqueConstraint(fields=("round", "person"), name="one_place_a_person_in_a_round"),
            models.UniqueConstraint(fields=("round",), condition=Q(leads=True), name="one_leads_a_round"),
        )

    def __str__(self) -> str:
        return f"{self.person.name}（{self.title}）"


def between(first: date, last: date) -> str:
    """The days in words; a single day once."""
    return chinese_date(first) if first == last else f"{chinese_date(first)}至{chinese_date(last)}"
