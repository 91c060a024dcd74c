"""督导: a round to several units, planned, told to them or not (明察暗访), and ended once each has its conclusion."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from yuetan import permissions
from yuetan.models.meeting.invitation import person_named
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.vocabulary import RoundKind, RoundState

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.people.user import User
    from yuetan.models.rounds.visit import RoundVisit, RoundVisitQuerySet

SEE_ROUNDS = "see_rounds"
TEAM_SIZE = "round_team_people"  # a setting of the office: how many go at least


class SupervisionRoundQuerySet(models.QuerySet["SupervisionRound"]):
    """Questions about many rounds of 督导."""

    def visible_to(self, user: User) -> SupervisionRoundQuerySet:
        """The office and the leaders see all, but for 明察暗访 that is secret from a unit in which they hold a post; a
        unit sees its own visits, and no round as a whole."""
        if not user.has_perm(permissions.name(SEE_ROUNDS)):
            return self.none()
        if not user.interviewed_units:
            return self.all()
        visits: RoundVisitQuerySet = SupervisionRound.visits.rel.related_model.objects.all()  # type: ignore[attr-defined]
        return self.exclude(pk__in=visits.secret_from(user).values("round"))

    def open(self) -> SupervisionRoundQuerySet:
        """Those neither ended nor cancelled."""
        return self.filter(ended_at=None, cancelled_at=None)

    def with_people(self) -> SupervisionRoundQuerySet:
        """With who did what, and the team."""
        people = self.select_related("planned_by", "announced_by", "ended_by", "cancelled_by", "sent_by")
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
    sent_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    sent_title = models.CharField(max_length=200, blank=True, db_default="")
    sent_on = models.DateField("派出日期", null=True, blank=True)
    errand = models.TextField("特派任务", blank=True, db_default="")
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
                condition=Q(sent_by=None, sent_title="", sent_on=None, errand="")
                | Q(kind=RoundKind.DISPATCHED, sent_by__isnull=False, sent_on__isnull=False) & ~Q(errand=""),
                name="round_is_sent_whole",
            ),
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
        """Where the round of 督导 stands."""
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
    def sent_words(self) -> str:
        """李四（组长），2026年11月20日派出; empty where nobody sent it."""
        if self.sent_by is None or self.sent_on is None:
            return ""
        return f"{self.sent_by.name}（{self.sent_title}），{chinese_date(self.sent_on)}派出"

    @property
    def team_words(self) -> str:
        """带队人王三（主任）；成员张一（承办人）、周七（督查员）."""
        return _team_words([one for one in self.members.all() if one.left_on is None])

    def team_words_on(self, day: date, among: Collection[tuple[object, ...]] = ()) -> str:
        """`team_words` of the team as a day found it; who joined on that day is named only if `among` these."""
        rows = list(self.members.all())
        team = {one.who: one for one in rows if one.joined_on == day and one.stands_as in among}
        return _team_words(list((team | {one.who: one for one in rows if one.was_there_before(day)}).values()))

    @property
    def team_changes(self) -> list[str]:
        """Who joined or left the team on the way, or led it from then on or no longer, when and why."""
        rows = list(self.members.all())
        words = ((one, one.change_words([each for each in rows if each.who == one.who])) for one in rows)
        return [f"{one}：{what}" for one, what in words if what]


class RoundMemberQuerySet(models.QuerySet["RoundMember"]):
    """Questions about many members of 督导 teams."""

    def on_day(self, of_round: SupervisionRound, day: date) -> RoundMemberQuerySet:
        """Who was of the team on a day, those who joined or left on it too."""
        joined = Q(joined_on=None) | Q(joined_on__lte=day)
        return self.filter(joined, Q(left_on=None) | Q(left_on__gte=day), round=of_round)


class RoundMember(models.Model):
    """One person of the team, by the post held then; one leads. Who joined or left on the way: when, why.

    Somebody of another department (会同有关部门) has no account: they are of it by `name`, `department` and post.
    """

    round = models.ForeignKey(SupervisionRound, models.PROTECT, related_name="members")
    person = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("姓名", max_length=40, blank=True)
    department = models.CharField("所在单位", max_length=60, blank=True)
    title = models.CharField("职务", max_length=200)
    leads = models.BooleanField("带队", default=False)
    joined_on = models.DateField("加入日期", null=True, blank=True)
    join_reason = models.TextField("加入原因", blank=True)
    left_on = models.DateField("退出日期", null=True, blank=True)
    leave_reason = models.TextField("退出原因", blank=True)

    person_id: int | None
    objects = RoundMemberQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-leads", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "person"), condition=Q(left_on=None), name="one_place_a_person_in_a_round"
            ),
            models.UniqueConstraint(
                fields=("round", "name", "department"),
                condition=Q(person=None, left_on=None),
                name="one_place_a_guest_in_a_round",
            ),
            models.UniqueConstraint(fields=("round",), condition=Q(leads=True, left_on=None), name="one_leads_a_round"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="", department="")
                | Q(person=None, leads=False) & ~Q(name="") & ~Q(department="") & ~Q(title=""),
                name="round_member_is_known_or_of_a_department",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{day}_on": None, f"{reason}_reason": ""})
                    | Q(**{f"{day}_on__isnull": False}) & ~Q(**{f"{reason}_reason": ""}),
                    name=f"who_{day}_a_round_is_given_a_reason",
                )
                for day, reason in (("joined", "join"), ("left", "leave"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.named}（{self.post}）"

    @property
    def named(self) -> str:
        """The name of the person."""
        return self.person.name if self.person is not None else self.name

    @property
    def post(self) -> str:
        """The post held then, of another department with that."""
        return f"{self.department}{self.title}"

    @property
    def who(self) -> tuple[object, ...]:
        """Who it is, the same in another row of theirs, of another department by whatever post."""
        return person_named(self.person_id, self.name, self.department)

    @property
    def stands_as(self) -> tuple[object, ...]:
        """Who it is as a finding or a 集体结论 names them, of another department with the post."""
        return person_named(self.person_id, self.name, self.post)

    def was_there_before(self, day: date) -> bool:
        """Whether the person was of the team as that day began."""
        return (self.joined_on is None or self.joined_on < day) and (self.left_on is None or self.left_on >= day)

    def change_words(self, own: Sequence[RoundMember]) -> str:
        """2026年11月26日退出：调离; empty for who was of it from the plan and still is.

        `own` are the rows of the person: where one ends as another begins that leads or no longer does, the person
        stayed, and the other row says what became of them.
        """
        others = [one for one in own if one.leads != self.leads]
        stayed = any(one.left_on == self.joined_on for one in others)
        what = ("改为带队" if self.leads else "改为成员") if stayed else ("带队" if self.leads else "加入")
        left_on = None if any(one.joined_on == self.left_on for one in others) else self.left_on
        days = ((self.joined_on, what, self.join_reason), (left_on, "退出", self.leave_reason))
        return "；".join(f"{chinese_date(day)}{happened}：{why}" for day, happened, why in days if day is not None)


def _team_words(members: Sequence[RoundMember]) -> str:
    leader = joined([str(one) for one in members if one.leads])
    others = joined([str(one) for one in members if not one.leads])
    return f"带队人{leader}；成员{others}" if others else f"带队人{leader}"


def between(first: date, last: date) -> str:
    """The days in words; a single day once."""
    return chinese_date(first) if first == last else f"{chinese_date(first)}至{chinese_date(last)}"
