"""议题: what a meeting has before it, often a proposal that waits for 审定; and what it concluded, by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import models
from django.db.models import Exists, OuterRef, Q

from yuetan import permissions
from yuetan.models.case.case import Case
from yuetan.models.case.registration import DecisionRegistration
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.meeting.meeting import SEE_MEETINGS, Meeting
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, DecisionKind, MeasureState, PleaOutcome

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.case.case import CaseQuerySet
    from yuetan.models.files.agenda_file import AgendaFile
    from yuetan.models.ladder.consultation import Consultation
    from yuetan.models.ladder.plea import Plea
    from yuetan.models.ladder.queries import MeasureQuerySet
    from yuetan.models.meeting.unit_at_item import UnitAtItem
    from yuetan.models.people.user import User


# Of a measure; a proposal is declined in words of its own.
OF_MEASURES = (DecisionKind.APPROVED.label, MeasureState.DECLINED.label)
FOR_DECISION = "审定有关事项"
PLEA_WAITS = Q(state=MeasureState.SERVED, paper__entry__voided_at=None, decision_item__isnull=False)
PLEA_WAITS &= Q(plea__stated_at__isnull=False, plea__withdrawn_at=None, plea__decided_at=None)


class ItemFiles(NamedTuple):
    """The materials of an item, the sheet signed for its 集体结论 as it stands, those of what was written before it."""

    materials: list[AgendaFile]
    signed: list[AgendaFile]
    former: list[AgendaFile]

    @property
    def sheets(self) -> list[AgendaFile]:
        """All that was signed of it, of an earlier wording too."""
        return [*self.former, *self.signed]


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Questions about many items of agendas."""

    def visible_to(self, user: User) -> AgendaItemQuerySet:
        """The office and the leaders see them, none about a unit in which they hold a post (回避), nor about a matter
        narrowed without them (知悉范围); a unit those for which it attends, once the notice is out."""
        if not user.has_perm(permissions.name(SEE_MEETINGS)):
            attended = Q(attending__unit__in=user.interviewed_units, meeting__convened_at__isnull=False)
            return self.filter(pk__in=AgendaItem.objects.filter(attended).order_by().values("pk"))
        own = Q(case__unit__in=user.interviewed_units) | Q(measure_laid__unit__in=user.interviewed_units)
        known = Case.objects.all().known_to(user, "case__")
        known &= AccountabilityMeasure.objects.all().known_to(user, "measure_laid__")
        return self.exclude(own).filter(known)

    def meetings_not_whole_to(self, user: User) -> models.QuerySet[AgendaItem]:
        """The keys of the meetings of which an item is hidden from the person."""
        visible = AgendaItem.objects.visible_to(user).order_by().values("pk")
        return self.exclude(pk__in=visible).order_by().values("meeting")  # type: ignore[return-value] # keys

    def deciding(self, subject: Case | AccountabilityMeasure) -> AgendaItemQuerySet:
        """The items of meetings that were held which decided on a proposal or a measure."""
        held = self.filter(**{subject.ABOUT: subject}, meeting__held_at__isnull=False)
        related = ("meeting", "decided_by", "case", "measure_laid")
        return held.exclude(decision="").select_related(*related).order_by("-meeting__begins_at", "pk")


class AgendaItem(models.Model):
    """One item; of a proposal, of a measure of a 责任制 or of the plea against one, or in words alone.

    `concluded_by` names those who stand for a 集体结论, each with key, name and post as it was held;
    `discussion` is how they came to it, for the office alone.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField("序号")
    title = models.CharField("议题", max_length=400)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="agenda_items")
    measure_laid = models.ForeignKey(
        AccountabilityMeasure, models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    is_of_plea = models.BooleanField("申述", default=False)
    presenter = models.CharField("汇报人（单位）", max_length=60, blank=True)
    added_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    conclusion = models.TextField("结论", blank=True)
    decision = models.CharField("审定结果", max_length=20, choices=DecisionKind.choices, blank=True)
    decided_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    is_collective = models.BooleanField("集体结论", default=False)
    concluded_by = models.JSONField("参加集体讨论的人员", default=list, blank=True)
    discussion = models.TextField("讨论过程", blank=True, default="")
    concluded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")

    meeting_id: UUID
    case_id: object
    measure_laid_id: object
    decided_by_id: int | None
    attending: RelatedManager[UnitAtItem]
    files: RelatedManager[AgendaFile]
    registrations: RelatedManager[DecisionRegistration]
    decided_measures: RelatedManager[AccountabilityMeasure]
    decided_pleas: RelatedManager[Plea]
    consultations: RelatedManager[Consultation]
    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("meeting", "number", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(case=None) | Q(measure_laid=None), name="agenda_item_of_one_subject"),
            models.UniqueConstraint(fields=("meeting", "case"), name="one_agenda_item_per_case"),
            models.UniqueConstraint(fields=("meeting", "measure_laid"), name="one_agenda_item_per_measure"),
            models.CheckConstraint(
                condition=Q(decision="", decided_by=None)
                | (
                    Q(decided_by__isnull=False)
                    & (Q(case__isnull=False) | Q(measure_laid__isnull=False))
                    & ~Q(decision="")
                ),
                name="a_meeting_decides_on_a_subject_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(concluded_at=None, recorded_by=None, conclusion="", decision="")
                | (Q(concluded_at__isnull=False, recorded_by__isnull=False) & ~Q(conclusion="")),
                name="agenda_item_is_concluded_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting}议题“{self.title}”"

    @property
    def unit_id(self) -> int | None:
        """The unit that it is about, from whose people it is kept (回避)."""
        about = self.case or self.measure_laid
        return about.unit_id if about is not None else None

    @property
    def is_in_words(self) -> bool:
        """Whether it is about no proposal and no measure."""
        return self.case_id is None and self.measure_laid_id is None

    @property
    def announced(self) -> str:
        """As the notice says it: of what waits for a decision neither unit nor matter."""
        return self.title if self.is_in_words else FOR_DECISION

    @property
    def is_cited(self) -> bool:
        """Whether something rests on its conclusion."""
        return self.is_cited_as_decision or self.is_cited_by_plea

    @property
    def is_cited_as_decision(self) -> bool:
        """Whether a 审定 that is registered and not sent back rests on it, or a measure."""
        return self.registrations.exclude(accepted=False).exists() or self.decided_measures.exists()

    @property
    def is_cited_by_plea(self) -> bool:
        """Whether a 申述答复 rests on it."""
        return self.decided_pleas.exists()

    @property
    def must_be_collective(self) -> bool:
        """一票否决 is agreed on with those concerned (研究决定), so its conclusion bears their names."""
        return self.measure_laid is not None and self.measure_laid.rung.is_joint

    def sorted_files(self) -> ItemFiles:
        """Its files by what they are."""
        files = list(self.files.all())
        sheets = [file for file in files if file.is_signed]
        return ItemFiles(
            [file for file in files if not file.is_signed],
            [file for file in sheets if not file.is_of_earlier_draft],
            [file for file in sheets if file.is_of_earlier_draft],
        )

    @property
    def decision_choices(self) -> list[tuple[str, str]]:
        """What a meeting may decide on what it is about, each in its words; nothing where it is about words alone."""
        if self.measure_laid_id is None:
            return list(DecisionKind.choices) if self.case_id is not None else []
        words = (PleaOutcome.UPHELD.label, PleaOutcome.REVOKED.label) if self.is_of_plea else OF_MEASURES
        return list(zip((DecisionKind.APPROVED.value, DecisionKind.DECLINED.value), words, strict=True))

    @property
    def decision_words(self) -> str:
        """审定同意, 不予约谈 or 不予实施, of a plea 维持 or 撤销; empty where nothing was decided."""
        return dict(self.decision_choices).get(self.decision, "")

    @property
    def names_concluded(self) -> list[str]:
        """Those who stand for the 集体结论, each by post and name."""
        return [f"{title}{name}" for _, name, title in self.concluded_by]


def cases_to_decide(user: User) -> CaseQuerySet:
    """The proposals that wait for 审定, of those that the person may see as one of the office."""
    waiting = Case.objects.visible_to(user).filter(state=CaseState.PROPOSED).exclude(unit__in=user.interviewed_units)
    registered = DecisionRegistration.objects.filter(case=OuterRef("pk"), reviewed_at=None)
    return waiting.exclude(Exists(registered)).order_by("register_year", "register_serial")


def measures_to_decide(user: User) -> MeasureQuerySet:
    """The measures that wait for a decision of the leaders, or whose plea waits for a meeting, of those that the person
    may see."""
    proposed = Q(state=MeasureState.PROPOSED, registered_by=None)
    waiting = AccountabilityMeasure.objects.visible_to(user).filter(proposed | PLEA_WAITS)
    return waiting.exclude(unit__in=user.interviewed_units).order_by("pk")
