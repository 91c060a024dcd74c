"""委托审定: a leader who is away lets another leader of the group decide in their stead, for some days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from yuetan import permissions
from yuetan.models.office.fixed_query import FixedQuery
from yuetan.models.office.office import OfficeSetting
from yuetan.models.office.read_once import answer_once
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import POSTS_OF_UNIT_KIND, DelegationState, UnitKind

if TYPE_CHECKING:
    from yuetan.models.people.user import User

ALLOWED, MAX_DAYS = "delegation_allowed", "delegation_longest_days"
_TABLES = frozenset({"yuetan_delegation", "yuetan_user", "yuetan_officesetting"})
LEADING_POSTS = POSTS_OF_UNIT_KIND[UnitKind.LEADING_GROUP]


def delegation_allowed() -> bool:
    """Whether the office allows it; otherwise none holds, whatever was registered."""
    return OfficeSetting.objects.flag(ALLOWED)


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Questions about many delegations."""

    def in_force(self, on: date | None = None) -> DelegationQuerySet:
        """Those that hold on a day (today); none at all where the office does not allow delegation."""
        if not delegation_allowed():
            return self.none()
        today = clock.today()
        day = on or today
        held = Q(ended_at=None) if day >= today else Q(ended_at=None) | Q(ended_at__gte=clock.day_begins(day))
        return self.filter(held, begins_on__lte=day, ends_on__gte=day).select_related("delegator", "delegate")

    def not_ended(self) -> DelegationQuerySet:
        """Those nobody has ended before their last day."""
        return self.filter(ended_at=None)

    def overlapping(self, begins_on: date, ends_on: date) -> DelegationQuerySet:
        """Those that share a day with this span."""
        return self.filter(begins_on__lte=ends_on, ends_on__gte=begins_on)

    def of(self, user: User) -> DelegationQuerySet:
        """Those this person gave or holds: all that anybody sees of delegations."""
        return self.filter(Q(delegator=user) | Q(delegate=user)).select_related("delegator", "delegate")


_PERSON = Func("delegator_id", "delegator_id", Value("[]"), function="int8range")
_SPAN = Func("begins_on", "ends_on", Value("[]"), function="daterange", output_field=DateRangeField())


class Delegation(models.Model):
    """One leader's power to decide, in another leader's hands from a day until a day; the last day counts."""

    delegator = models.ForeignKey("yuetan.User", models.PROTECT, related_name="delegations_given")
    delegate = models.ForeignKey("yuetan.User", models.PROTECT, related_name="delegations_held")
    begins_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    reason = models.CharField("委托原因", max_length=200, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    delegator_id: int
    delegate_id: int
    objects = DelegationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("delegation")
        ordering = ("-begins_on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="delegation_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(delegate=F("delegator")), name="delegation_is_to_another"),
            ExclusionConstraint(
                name="one_delegation_at_a_time",
                expressions=[(_PERSON, RangeOperators.OVERLAPS), (_SPAN, RangeOperators.OVERLAPS)],
                condition=Q(ended_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.delegator.name}委托{self.delegate.name}（{self.span}）"

    @classmethod
    def all_in_force(cls) -> list[Delegation]:
        """Those that hold today, of all leaders; read once in a step or a request."""
        return answer_once(("delegations", clock.today()), _TABLES, _in_force_today)

    @classmethod
    def held_now_by(cls, leader: User) -> list[Delegation]:
        """Those of `all_in_force` that somebody holds, as a step or a request reads them, never as they were before."""
        return [one for one in cls.all_in_force() if one.delegate_id == leader.pk]

    @property
    def span(self) -> str:
        """From which day until which."""
        return f"{chinese_date(self.begins_on)}至{chinese_date(self.ends_on)}"

    @property
    def words(self) -> str:
        """受组长赵四委托, by the post the delegator holds today."""
        posts = (post for post in self.delegator.current_posts if post.kind in LEADING_POSTS)
        held = next((post.get_kind_display() for post in posts), "")
        return f"受{held}{self.delegator.name}委托"

    @property
    def standing(self) -> DelegationState:
        """Ahead, in force or over."""
        today = clock.today()
        if self.ended_at is not None:
            return DelegationState.ENDED
        if today > self.ends_on:
            return DelegationState.EXPIRED
        return DelegationState.IN_FORCE if today >= self.begins_on else DelegationState.AHEAD

    @property
    def is_over(self) -> bool:
        """Whether it can no longer be used or ended."""
        return self.standing in (DelegationState.ENDED, DelegationState.EXPIRED)


def lasting_on(day: date) -> DelegationQuerySet:
    """Those in force on a day, and those still ahead."""
    return Delegation.objects.not_ended().filter(ends_on__gte=day)


def _in_force_today() -> list[Delegation]:
    """As `in_force` has them, by the query that is written once."""
    today = clock.today()
    return [one for one in LASTING_ON.rows(today) if one.begins_on <= today] if delegation_allowed() else []


LASTING_ON = FixedQuery(lambda day: lasting_on(day).select_related("delegator", "delegate"), date.min)
