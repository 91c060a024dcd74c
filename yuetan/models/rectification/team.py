"""Who inspects (督查, 现场核查, 回头看): people of the office or of a member unit, in the posts of that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan.models.assignment.assignment import Assignment
from yuetan.models.case.case import Case
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.people.unit import Post, PostQuerySet
from yuetan.models.rectification.task_origin import HandsOutTasks, of_one_origin
from yuetan.rules.dates import clock
from yuetan.rules.text import official_text
from yuetan.vocabulary import NARROWED_POSTS, PostKind, UnitKind

if TYPE_CHECKING:
    from yuetan.models.rectification.inspection import Inspection, Revisit
    from yuetan.models.rectification.site_check import SiteCheck

INSPECTING_POSTS = (PostKind.CASE_OFFICER, PostKind.OFFICE_DIRECTOR, PostKind.SUPERVISOR)


def may_inspect(post: Post) -> bool:
    """Whether it is a post of the office that handles cases, or any post of a member unit."""
    return post.kind in INSPECTING_POSTS or post.unit.kind == UnitKind.MEMBER_UNIT


def possible_inspectors(origin: HandsOutTasks) -> PostQuerySet:
    """Posts held at some time since the interview or the service, the office's first, without people of the unit
    (回避), and of the office without those left out (知悉范围)."""
    today = clock.today()
    since = origin.rectified_since or today
    own = Post.objects.current().filter(unit=origin.unit_id).values("holder")
    kinds = Q(kind__in=INSPECTING_POSTS) | Q(unit__kind=UnitKind.MEMBER_UNIT)
    held = Post.objects.filter(kinds, Q(ended_on=None) | Q(ended_on__gt=since), began_on__lte=today)
    office_first = models.Case(models.When(unit__kind=UnitKind.OFFICE, then=0), default=1)
    posts = held.exclude(holder__in=own).exclude(unit=origin.unit_id).select_related("holder", "unit__parent")
    if origin.readers is not None:
        posts = posts.exclude(kind__in=NARROWED_POSTS, unit__kind=UnitKind.OFFICE, holder__in=_left_out(origin, posts))
    return posts.order_by(office_first, "unit__code", "-kind", "holder__name", "pk")


def _left_out(origin: HandsOutTasks, posts: PostQuerySet) -> list[int]:
    """Keys of those of the office without whom it was narrowed (知悉范围)."""
    return [post.holder_id for post in posts if origin.leaves_out(post.holder)]


class InspectionTeam(models.Model):
    """The persons of one inspection, check or revisit; until that was made, those who are to make it."""

    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="inspection_teams")
    measure_laid = models.ForeignKey(
        AccountabilityMeasure, models.PROTECT, null=True, blank=True, related_name="inspection_teams"
    )
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="inspection_teams")
    inspected_on = models.DateField("实际日期", null=True, blank=True)

    inspection: Inspection
    sitecheck: SiteCheck
    revisit: Revisit

    class Meta:
        default_permissions = ()
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=of_one_origin(), name="team_of_one_origin"),)

    def __str__(self) -> str:
        day = f"（{official_text.chinese_date(self.inspected_on)}）" if self.inspected_on else ""
        return f"{self.what}{day}：{self.names}"

    @property
    def what(self) -> str:
        """第 2 次督查、第 1 项现场核查、回头看."""
        for name in ("inspection", "sitecheck", "revisit"):
            if hasattr(self, name):
                record = getattr(self, name)
                return "回头看" if name == "revisit" else str(record)
        return "督查"

    @property
    def names(self) -> str:
        """Everybody, with the post of that day."""
        return official_text.joined([f"{member.person.name}（{member.title}）" for member in self.members.all()])

    @property
    def unsigned(self) -> list[TeamMember]:
        """Who has still to sign what was recorded; nobody while it is only planned."""
        if self.inspected_on is None:
            return []
        return [member for member in self.members.all() if member.signed_at is None]

    @property
    def signature_words(self) -> str:
        """均已签认, 待张一签认, or that the signed sheet was uploaded."""
        if self.inspected_on is None:
            return ""
        if self.unsigned:
            return f"待{official_text.joined([member.person.name for member in self.unsigned])}签认"
        on_sheet = any(member.signed_on_sheet for member in self.members.all())
        return "签字的记录已上传" if on_sheet else "均已签认"


class TeamMember(models.Model):
    """One person of a team, as what they went, and when they signed what was recorded."""

    team = models.ForeignKey(InspectionTeam, models.PROTECT, related_name="members")
    person = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    title = models.CharField("当日职务", max_length=200)
    signed_at = models.DateTimeField("签认时间", null=True, blank=True)
    signed_on_sheet = models.BooleanField("在纸质记录上签字", default=False)

    class Meta:
        default_permissions = ()
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("team", "person"), name="one_place_a_person_in_a_team"),
            models.CheckConstraint(
                condition=Q(signed_on_sheet=False) | Q(signed_at__isnull=False), name="a_sheet_is_signed_at_some_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person.name}（{self.title}）"


class HasTeam(models.Model):
    """What is recorded of a team; older records name people in words alone."""

    team = models.OneToOneField(InspectionTeam, models.PROTECT, null=True, blank=True, related_name="%(class)s")
    inspectors: str

    class Meta:
        abstract = True

    @property
    def signature_words(self) -> str:
        """How far it is signed; of an older record, that only names were written down."""
        if self.team is not None:
            return self.team.signature_words
        return "登记时只写姓名" if self.inspectors else ""
