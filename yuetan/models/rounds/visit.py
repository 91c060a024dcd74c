"""What a round does about one unit: notice, findings, conclusion, and what was told to the unit."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from yuetan import permissions
from yuetan.models.flow.signed_for import OPINION_RECEIVED, RECEIVED, SignedFor, signed_for, signed_whole
from yuetan.models.flow.visibility import role_or_unit_sees
from yuetan.models.meeting.invitation import person_named
from yuetan.models.people.unit import Unit
from yuetan.models.rounds.followed import FollowedPoint
from yuetan.models.rounds.supervision_round import SEE_ROUNDS, SupervisionRound
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import DocumentKind, RoundKind, VisitState

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.assignment.assignment import Assignment
    from yuetan.models.papers.document import Document
    from yuetan.models.people.user import User
    from yuetan.models.rounds.finding import RoundFinding
    from yuetan.models.rounds.opinion_correction import OpinionCorrection
    from yuetan.models.rounds.round_file import RoundFile

_STATES: dict[str, Q] = {
    VisitState.DROPPED: Q(dropped_at__isnull=False) | Q(round__cancelled_at__isnull=False),
    VisitState.INFORMED: Q(informed_at__isnull=False),
    VisitState.CONCLUDED: Q(concluded_at__isnull=False, informed_at=None, dropped_at=None, round__cancelled_at=None),
    VisitState.RECORDED: Q(finding_count__gt=0, concluded_at=None, dropped_at=None, round__cancelled_at=None),
    VisitState.PLANNED: Q(finding_count=0, concluded_at=None, dropped_at=None, round__cancelled_at=None),
}
LIGHTS = {
    VisitState.PLANNED: "grey",
    VisitState.RECORDED: "yellow",
    VisitState.CONCLUDED: "yellow",
    VisitState.INFORMED: "green",
    VisitState.DROPPED: "grey",
}
COVERT_SHOWN = "登记第一项督导情况以前单位看不到；没有登记的，督导日期次日起可见。"  # 明察暗访, as `shown_to_unit` says
BEING_WRITTEN = "督导中，待反馈"  # what a unit reads until it is told


def shown_to_unit() -> Q:
    """Which visits their units may know of: of 明察暗访 once somebody has been there and written something down, at the
    latest the day after its day; of others once the notice is issued."""
    covert = Q(round__kind=RoundKind.UNANNOUNCED)
    been_there = Q(day__lt=clock.today()) | Q(findings_changed_at__isnull=False)
    stands = Q(dropped_at=None, round__cancelled_at=None)
    return (covert & (been_there & stands | Q(informed_at__isnull=False))) | (
        ~covert & Q(round__announced_at__isnull=False)
    )


class RoundVisitQuerySet(models.QuerySet["RoundVisit"]):
    """Questions about many visits of 督导 to units."""

    def visible_to(self, user: User) -> RoundVisitQuerySet:
        """The office and the leaders see all; of units in which they hold a post what these see (回避), and as long as
        明察暗访 is secret from such a unit, of others nothing of that round either."""
        seen = self.filter(role_or_unit_sees(user, SEE_ROUNDS, shown_to_unit()))
        if not (user.interviewed_units and user.has_perm(permissions.name(SEE_ROUNDS))):
            return seen
        secret = RoundVisit.objects.secret_from(user).order_by().values("round")
        return seen.filter(Q(unit__in=user.interviewed_units) | ~Q(round__in=secret))

    def secret_from(self, user: User) -> RoundVisitQuerySet:
        """明察暗访 to units in which the person holds a post, of which these are not to know (yet)."""
        covert = self.filter(round__kind=RoundKind.UNANNOUNCED, unit__in=user.interviewed_units)
        return covert.exclude(shown_to_unit())

    def in_state(self, state: str) -> RoundVisitQuerySet:
        """The visits that stand in this state; none for what is no state."""
        return self.filter(_STATES[state]) if state in _STATES else self.none()

    def standing(self) -> RoundVisitQuerySet:
        """Those that were not dropped, alone or with their round."""
        return self.filter(dropped_at=None, round__cancelled_at=None)

    def to_go_to(self) -> RoundVisitQuerySet:
        """Those whose notice is issued, and those of 明察暗访, which has none."""
        return self.filter(Q(round__announced_at__isnull=False) | Q(round__kind=RoundKind.UNANNOUNCED))

    def unsigned(self) -> RoundVisitQuerySet:
        """Those of which a paper waits to be signed for: the 督导意见书, or the notice as long as the round goes on."""
        informed = Q(informed_at__isnull=False, opinion_received_at=None)
        runs = Q(round__announced_at__isnull=False, round__ended_at=None, round__cancelled_at=None, dropped_at=None)
        return self.filter(informed | (runs & Q(informed_at=None, received_at=None)))

    def with_relations(self) -> RoundVisitQuerySet:
        """With the round and the unit."""
        return self.select_related("round", "unit__parent")

    def in_order_of_days(self) -> RoundVisitQuerySet:
        """With the unit, in the order in which a round goes to them."""
        return self.select_related("unit__parent").order_by("day", "unit__code", "pk")


class RoundVisit(models.Model):
    """One unit in a round. `finding_count` and `problem_count` are of the findings that stand, kept by their actions.

    `concluded_by` names those who stand for the 集体结论, each with key, name and post as it was held; `discussion` is
    how they came to it, which its unit never reads. `moved_from` is the first day on which nobody went to a unit
    unannounced; `move_reason` says why, with a line more for each further one. `opinion_corrected_at` is when the last
    correction was issued, by which it says what it says; who registered the first conclusion stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(SupervisionRound, models.PROTECT, related_name="visits")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="round_visits")
    day = models.DateField("督导日期")
    points = models.TextField("督导内容")
    followed = models.JSONField("跟踪的事项", default=dict, blank=True, db_default={})  # a `Followed`, or nothing
    moved_from = models.DateField("原定日期", null=True, blank=True)
    move_reason = models.TextField("改期原因", blank=True)
    received_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    received_name = models.CharField("纸质回执的签收人", max_length=40, blank=True)
    received_title = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    finding_count = models.PositiveSmallIntegerField("督导情况", default=0)
    problem_count = models.PositiveSmallIntegerField("发现的问题", default=0)
    findings_changed_at = models.DateTimeField(null=True, blank=True)
    conclusion = models.TextField("督导结论", blank=True)
    demands = models.TextField("整改要求", blank=True)
    discussion = models.TextField("讨论过程", blank=True)
    concluded_on = models.DateField("集体研究日期", null=True, blank=True)
    concluded_by = models.JSONField("参加集体研究的人员", default=list, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    informed_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    informed_at = models.DateTimeField("反馈时间", null=True, blank=True)
    opinion_received_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    opinion_received_name = models.CharField("督导意见书纸质回执的签收人", max_length=40, blank=True)
    opinion_received_title = models.CharField(max_length=200, blank=True)
    opinion_received_at = models.DateTimeField(null=True, blank=True)
    opinion_corrected_at = models.DateTimeField("更正时间", null=True, blank=True)
    dropped_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)
    drop_reason = models.TextField("不再督导的原因", blank=True)

    round_id: uuid.UUID
    unit_id: int
    findings: RelatedManager[RoundFinding]
    files: RelatedManager[RoundFile]
    corrections: RelatedManager[OpinionCorrection]
    documents: RelatedManager[Document]
    assignments: RelatedManager[Assignment]
    objects = RoundVisitQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-day", "-pk")
        indexes = (
            models.Index(fields=("-day", "-id"), name="round_visits_newest"),
            models.Index(fields=("unit", "-day", "-id"), name="round_visits_of_unit"),
        )
        constraints = (
            models.UniqueConstraint(fields=("round", "unit"), name="one_visit_per_unit"),
            models.CheckConstraint(condition=Q(problem_count__lte=F("finding_count")), name="problems_are_findings"),
            models.CheckConstraint(
                condition=Q(concluded_at=None, concluded_on=None, recorded_by=None, conclusion="", concluded_by=[])
                | (
                    Q(concluded_at__isnull=False, concluded_on__isnull=False, recorded_by__isnull=False)
                    & ~Q(conclusion="")
                    & ~Q(concluded_by=[])
                ),
                name="visit_is_concluded_whole",
            ),
            models.CheckConstraint(
                condition=Q(concluded_at__isnull=False) | Q(discussion=""), name="only_a_conclusion_was_discussed"
            ),
            models.CheckConstraint(
                condition=Q(informed_at=None, informed_by=None, opinion_corrected_at=None)
                | Q(informed_at__isnull=False, informed_by__isnull=False, concluded_at__isnull=False, dropped_at=None),
                name="visit_is_informed_of_a_conclusion",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None, dropped_by=None, drop_reason="")
                | (Q(dropped_at__isnull=False, dropped_by__isnull=False) & ~Q(drop_reason="")),
                name="visit_is_dropped_whole",
            ),
            *(
                models.CheckConstraint(condition=signed_whole(name), name=f"visit_{name}_whole")
                for name in (RECEIVED, OPINION_RECEIVED)
            ),
        )

    def __str__(self) -> str:
        return f"{self.round}（{self.unit.full_name}）"

    @property
    def state(self) -> VisitState:
        """Where the round stands with this unit."""
        if self.informed_at is not None:
            return VisitState.INFORMED
        if self.dropped_at is not None or self.round.cancelled_at is not None:
            return VisitState.DROPPED
        if self.concluded_at is not None:
            return VisitState.CONCLUDED
        return VisitState.RECORDED if self.finding_count else VisitState.PLANNED

    @property
    def light(self) -> str:
        """The colour of its state: red where its day has passed and nothing was written down."""
        is_late = self.state == VisitState.PLANNED and self.day < clock.today()
        return "red" if is_late else LIGHTS[self.state]

    def state_words(self, *, inner: bool) -> str:
        """Where it stands; to its unit not how far the office is."""
        between = self.state in (VisitState.RECORDED, VisitState.CONCLUDED)
        return BEING_WRITTEN if between and not inner else str(self.state.label)

    @property
    def receipt(self) -> SignedFor | None:
        """Who signed for the 督导通知书, if anybody did."""
        return signed_for(self)

    @property
    def opinion_receipt(self) -> SignedFor | None:
        """Who signed for the 督导意见书 in force, if anybody did."""
        return signed_for(self, OPINION_RECEIVED)

    @property
    def is_being_recorded(self) -> bool:
        """Whether what is seen is still being written down: nothing yet, or something today and nothing concluded."""
        changed = self.findings_changed_at
        is_recording = changed is not None and timezone.localdate(changed) == clock.today()
        return self.state == VisitState.PLANNED or (self.state == VisitState.RECORDED and is_recording)

    @property
    def is_outdated(self) -> bool:
        """Whether findings changed after the conclusion was written down."""
        changed, concluded = self.findings_changed_at, self.concluded_at
        return changed is not None and concluded is not None and changed > concluded

    @property
    def points_followed(self) -> list[FollowedPoint]:
        """What of 跟踪督查 somebody must say whether it was put right; a point is known by its place, from 1 on."""
        points: list[FollowedPoint] = self.followed.get("points", [])
        return points

    def point_followed(self, number: int | None) -> str:
        """The words of a point; empty for none."""
        points = self.points_followed
        return points[number - 1]["words"] if number is not None and 1 <= number <= len(points) else ""

    @property
    def followed_words(self) -> str:
        """《关于……的督导意见》（……号）; empty where it follows nothing."""
        return "《{title}》（{number}）".format(**self.followed) if self.followed else ""

    @property
    def team_words(self) -> str:
        """The team of the round; once the unit was told or dropped as it was then, whoever goes elsewhere since."""
        settled = self.informed_at or self.dropped_at
        if settled is None:
            return self.round.team_words
        return self.round.team_words_on(timezone.localdate(settled), self._concluded_first)

    @property
    def _concluded_first(self) -> list[tuple[object, ...]]:
        """Who stood for the first 集体结论, which a correction replaces."""
        issued = self.corrections.filter(confirmed_at__isnull=False).order_by("confirmed_at")
        first = issued.first() if self.opinion_corrected_at is not None else None
        named = first.stood["visit"]["concluded_by"] if first is not None else self.concluded_by
        return [person_named(*each) for each in named]

    @property
    def move_words(self) -> str:
        """When it was to be made and was not, and why, once for each time; empty where it was made on its day."""
        return f"原定{chinese_date(self.moved_from)}：{self.move_reason}" if self.moved_from is not None else ""

    @property
    def opinion(self) -> Document | None:
        """The 督导意见书 in force, once issued."""
        papers = self.documents.filter(kind=DocumentKind.ROUND_OPINION, replaced_by=None)
        return papers.select_related("entry").defer("html", "facts").first()

    @property
    def names_concluded(self) -> list[str]:
        """Those who stand for the 集体结论, each by name and post."""
        return [f"{name}（{title}）" for _, name, title in self.concluded_by]
