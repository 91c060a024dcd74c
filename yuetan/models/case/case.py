"""A case (约谈事项): one unit, its heads to be interviewed, one matter."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from yuetan import permissions
from yuetan.errors import Reason
from yuetan.models.case.constraints import CASE_CONSTRAINTS, CASE_INDEXES
from yuetan.models.case.current import CaseRecords
from yuetan.models.case.current_parties import CurrentParties
from yuetan.models.case.earlier_steps import EARLIER_VERBS
from yuetan.models.case.flow import CaseFlow
from yuetan.models.case.gravity import article_of_door
from yuetan.models.case.proposal import CaseGround
from yuetan.models.case.proposal_text import CaseProposal
from yuetan.models.case.read_together import ABOUT_PEOPLE, CasesReadTogether
from yuetan.models.case.relations import (
    RELATIONS_OF_OBLIGATIONS,
    empty_relations,
    papers_and_tasks,
    relations_read_once,
)
from yuetan.models.case.rights import CaseRights
from yuetan.models.case.steps import CASE_STEPS
from yuetan.models.case.waiting import WAITING, WAITING_AFTER_THE_END, having_rows
from yuetan.models.flow.recording import current_recording
from yuetan.models.flow.step import HasSteps, Step
from yuetan.models.law.regulation import Ground, Regulation
from yuetan.models.office.kept_rules import know_version, version_column
from yuetan.models.office.own_label_field import OwnLabelField
from yuetan.models.office.read_once import once, read_relations_once
from yuetan.models.people.unit import Post, Unit
from yuetan.models.people.unit_change import AboutUnit
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding
from yuetan.vocabulary import (
    ENDED_STATES,
    OUTER_STATE_NAMES,
    STAGE_OF_STATE,
    CaseState,
    EarlierState,
    Party,
    PostKind,
    Stage,
)

if TYPE_CHECKING:
    from yuetan.models.people.user import User

SEE_CASE = "see_case"


class CaseQuerySet(CasesReadTogether):
    """Questions about many cases."""

    sees = SEE_CASE
    readers = "readers"

    def with_rows_that_wait(self) -> CaseQuerySet:
        """Those with an entry to check or a record to sign; closed ones also with a revisit or a request ahead."""
        after_the_end = having_rows(self.model, WAITING_AFTER_THE_END) & Q(state=CaseState.CLOSED)
        return self.filter(having_rows(self.model, WAITING) | after_the_end)

    def that_may_wait(self) -> CaseQuerySet:
        """Those that may wait for somebody: not ended, or closed with something left to do."""
        keys = self.model.objects.with_rows_that_wait().order_by().values("pk")
        return self.filter(~Q(state__in=ENDED_STATES) | Q(pk__in=keys))

    def for_pending(self) -> CaseQuerySet:
        """With what the awaited steps look at, for many cases."""
        return self.with_step_relations().select_related("unit")

    def with_unit_relations(self) -> CaseQuerySet:
        """With what the obligations of the interviewed unit look at, but for papers and tasks, which
        `read_papers_and_tasks` reads for measures and 交办事项 too."""
        relations = [*self._many_step_relations(), *ABOUT_PEOPLE]
        wanted = [one for one in relations if getattr(one, "prefetch_to", one) in RELATIONS_OF_OBLIGATIONS]
        single = self.with_single_step_relations()
        return single.prefetch_related(*wanted, "submissions__handed_in_by", "leaves__post__holder")

    def with_step_relations(self) -> CaseQuerySet:
        """With everything the requirements of steps look at, so that many cases cost no more queries than one."""
        return self.with_single_step_relations().prefetch_related(*self._many_step_relations(), *ABOUT_PEOPLE)

    def with_single_step_relations(self) -> CaseQuerySet:
        """With those of them that a case has one of, in the same query."""
        related = ("regulation", "drafter", "endorser", "interviewer__holder")
        return self.select_related(*related, "minutes__returned_by", "interview")

    def for_step(self) -> CaseQuerySet:
        """With what every step asks of a single case, in the query that locks it."""
        single = self.with_single_step_relations().select_related(
            "unit__parent", "first_unit", "interviewer__unit__parent"
        )
        return single.annotate(empty_relations=empty_relations("case"), rule_version=version_column())

    def for_page(self) -> CaseQuerySet:
        """With what its page and the pages of its steps ask of a single case."""
        return self.for_step().for_lists().with_minutes_and_version_count()

    def _many_step_relations(self) -> list[str | models.Prefetch[str]]:
        versions = self.model.proposal_versions.rel.related_model.objects.defer("text")
        return [
            models.Prefetch("proposal_versions", versions),
            models.Prefetch("case_grounds", CaseGround.objects.select_related("ground__article")),
            "case_grounds__evidence",
            models.Prefetch("interviewees", Post.objects.select_related("holder", "unit")),
            *("registrations__registered_by", "submissions", "leaves", "corrections"),
            "interview__measures",
            *papers_and_tasks(),
            "inspections__team__members__person",
            "revisits__team__members__person",
            *("consequences", "rework_requests", "legal_holds"),
        ]


class Case(CaseProposal, CaseRecords, CaseRights, HasSteps, CaseFlow, AboutUnit):
    """One 约谈事项."""

    STEPS, ABOUT = CASE_STEPS, "case"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="cases")
    register_year = models.PositiveSmallIntegerField("年度")
    register_serial = models.PositiveIntegerField("序号")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases", verbose_name="被约谈单位")
    matter = models.CharField("约谈事由", max_length=200, blank=True)
    grounds = models.ManyToManyField(Ground, through=CaseGround, related_name="cases", verbose_name="约谈情形")
    other_words = models.TextField("其他情形的具体内容", blank=True)
    interviewees = models.ManyToManyField(Post, related_name="cases", verbose_name="约谈对象")
    distinct_from = models.ManyToManyField("self", symmetrical=False, related_name="declared_distinct_by", blank=True)
    interviewer = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="interviews_led", verbose_name="约谈人"
    )
    acting_for = OwnLabelField("代行的职务", max_length=24, choices=PostKind.choices, blank=True)
    acting_reason = models.CharField("代行原因", max_length=300, blank=True)
    drafter = models.ForeignKey("yuetan.User", models.PROTECT, related_name="drafted_cases", verbose_name="拟稿人")
    endorser = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="endorsed_cases")

    notice_matter = models.TextField("通知的事由", blank=True)
    scheduled_at = models.DateTimeField("约谈时间", null=True, blank=True)
    place = models.CharField("约谈地点", max_length=200, blank=True)
    procedure = models.TextField("约谈程序", blank=True)
    participants = models.TextField("参加人员", blank=True)
    required_materials = models.TextField("需提交的材料", blank=True)
    other_participants = models.JSONField("其他参加人员", default=dict, blank=True)
    receipt_due_on = models.DateField("签收期限", null=True, blank=True)
    receipt_director_on = models.DateField("签收逾期报主任的期限", null=True, blank=True)
    submission_due_on = models.DateField("书面材料提交期限", null=True, blank=True)

    interviewed_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    due_on = models.DateField("时限", null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    earlier = models.CharField("补录", max_length=12, choices=EarlierState.choices, blank=True)
    earlier_recorders = models.JSONField("补录人", default=list, blank=True)
    readers = ArrayField(models.BigIntegerField(), verbose_name="知悉范围", null=True, blank=True)
    # The measure not met in time by which it was opened.
    rung_laid = models.ForeignKey("yuetan.AccountabilityMeasure", models.PROTECT, null=True, related_name="interviews")
    # The door of the 责任制 by which it came with no rung before it.
    door = models.ForeignKey("yuetan.Door", models.PROTECT, null=True, blank=True, related_name="+")
    door_words = models.TextField("符合条件的说明", blank=True)

    unit_id: int
    last_step_at: datetime | None  # where it was asked for `with_last`
    objects = CaseQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("case")
        ordering = ("-register_year", "-register_serial")
        constraints = (
            models.UniqueConstraint(fields=("register_year", "register_serial"), name="one_case_per_register_number"),
            models.CheckConstraint(condition=~Q(drafter=F("endorser")), name="drafter_does_not_endorse"),
            *CASE_CONSTRAINTS,
        )
        indexes = (
            models.Index(fields=("state", "due_on", "id")),
            models.Index(fields=("unit", "state", "due_on", "id")),
            models.Index(fields=("unit", "-register_year", "-register_serial"), name="case_of_unit"),
            models.Index(fields=("state", "-register_year", "-register_serial"), name="case_in_state"),
            *CASE_INDEXES,
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """关于……的约谈."""
        return f"关于{self.matter}的约谈" if self.matter else "（尚未写明事由的约谈）"

    @property
    def register_number(self) -> str:
        """约谈〔2026〕12号; shown to the inner side only, because it reveals the number of cases."""
        return f"约谈〔{self.register_year}〕{self.register_serial}号"

    @property
    def stage(self) -> Stage | None:
        """Which of the seven steps is current; none once the case has ended."""
        return STAGE_OF_STATE.get(CaseState(self.state))

    @property
    def is_ended(self) -> bool:
        """Closed, declined or withdrawn."""
        return self.state in ENDED_STATES

    @property
    def outer_state(self) -> str:
        """The state in the words of the interviewed side."""
        return OUTER_STATE_NAMES.get(CaseState(self.state), "")

    def state_for(self, user: User) -> str:
        """The state in the words of this person's side."""
        return self.get_state_display() if self.is_inner_to(user) else self.outer_state

    def reason(self, finding: Finding) -> Reason:
        """A finding as a sentence under the version of the 办法 this case is pinned to, or the door it came by."""
        article = article_of_door(finding.code)
        return finding.reason(article) if article else self.regulation.reason(finding, self.unit.kind)

    def next_due_on(self) -> date | None:
        """The date by which the next thing must happen, for lists and lights."""
        if self.state == CaseState.NOTIFIED and self.scheduled_at:
            return timezone.localtime(self.scheduled_at).date()
        if self.state == CaseState.RECTIFYING:
            return self.next_limit()
        if self.state == CaseState.CLOSED:
            return next((revisit.planned_on for revisit in self.revisits.all() if not revisit.outcome), None)
        return None

    @property
    def is_open_to_unit(self) -> bool:
        """Whether the interviewed unit is a party: from the notice on, and not a moment earlier."""
        entered = self.earlier in ("", EarlierState.CONFIRMED)
        if not entered or self.state not in OUTER_STATE_NAMES:
            return False
        was_opened = self.opened_on is not None  # by a paper, which stays
        return was_opened or once(("has papers", self.pk), [self.documents.model], self.documents.exists)

    @property
    def is_being_recorded(self) -> bool:
        """Whether it is a matter of before (补录) that nobody has confirmed yet: no ordinary step is open in it."""
        return self.earlier in (EarlierState.RECORDING, EarlierState.HANDED_IN)

    def steps_now(self) -> list[Step]:
        """While it is entered from paper, the steps of 补录 alone; inside `recording`, those of then."""
        if self.is_new:
            return super().steps_now()
        steps, then = super().steps_now(), current_recording() is not None
        if then and self.earlier != EarlierState.RECORDING:
            return []
        return [step for step in steps if (step.verb in EARLIER_VERBS) == (self.is_being_recorded and not then)]

    def parties(self) -> dict[Party, list[int]]:
        """Keys of the people and groups who are what to this case now; grants are made equal to it after each step."""
        return self._party_keys(CurrentParties.today())

    def shared_party_keys(self) -> dict[Party, list[int]]:
        """Who is what to this case, from what was read once for all cases that were read together."""
        return self._party_keys(self.parties_today)

    def _party_keys(self, office: CurrentParties) -> dict[Party, list[int]]:
        groups = self.shared.group_keys(self.unit) if self.is_open_to_unit else {}
        return office.parties(self) | groups

    def read_relations_once(self) -> None:
        """Read what hangs on the case once, for as long as the step or the request lasts in which it is called."""
        if hasattr(self, "rule_version"):
            know_version(self.rule_version)
        read_relations_once([self], relations_read_once, empty=getattr(self, "empty_relations", ()))
        read_relations_once(filter(None, [getattr(self, "interview", None)]), relations_read_once)


class CaseUserPermission(UserObjectPermissionBase):
    """A grant of one permission on one case to one person; there are none, for people are parties by their posts."""

    content_object = models.ForeignKey(Case, models.CASCADE, related_name="user_grants")

    class Meta(UserObjectPermissionBase.Meta):
        default_permissions = ()


class CaseGroupPermission(GroupObjectPermissionBase):
    """A grant of one permission on one case to the group of a unit's heads or liaisons."""

    content_object = models.ForeignKey(Case, models.CASCADE, related_name="group_grants")

    class Meta(GroupObjectPermissionBase.Meta):
        default_permissions = ()
