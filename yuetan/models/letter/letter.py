"""Reminder letters (提醒函), with or without a case."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, FSMModelMixin
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from yuetan import permissions
from yuetan.errors import Reason
from yuetan.models.case.case import Case
from yuetan.models.case.issued_to_unit import IssuedQuerySet, IssuedToUnit
from yuetan.models.flow.step import transition_of
from yuetan.models.law.regulation import Regulation
from yuetan.models.letter.steps import LETTER_STEPS
from yuetan.models.office.own_label_field import OwnLabelField
from yuetan.models.office.written_words import grams
from yuetan.models.people.unit import Unit
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding
from yuetan.rules.text.canonical_text import digest
from yuetan.rules.text.handling import BETWEEN_COPIED, Handling
from yuetan.vocabulary import FilePurpose, LetterCapacity, LetterState, Secrecy, Urgency, Verb
from yuetan.vocabulary.naming import in_names

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.files.attachment import Attachment
    from yuetan.models.papers.paper_filing import PaperFiling
    from yuetan.models.people.user import User


SEE_LETTER = "see_letter"
HANDLED = ("secrecy", "urgency", "copy_number", "note", "title_break", "copied_to")


class LetterQuerySet(IssuedQuerySet):
    """Questions about many letters."""

    sees = SEE_LETTER

    def that_may_wait(self) -> LetterQuerySet:
        """Letters that may wait for somebody, or have rows of 待办 all the same."""
        answered = Q(state=LetterState.ISSUED, answered_at__isnull=False, document__receipt__isnull=False)
        return self.exclude(answered & Q(pending_steps=None))

    def awaiting_answer(self) -> LetterQuerySet:
        """Those in force that have not been answered."""
        return self.filter(state=LetterState.ISSUED, answered_at__isnull=True, document__entry__voided_at__isnull=True)

    def with_step_relations(self) -> LetterQuerySet:
        """With what the steps of many letters ask of each, and its paper."""
        return self.select_related("unit", "regulation", "case", "document__entry", "document__receipt")

    def for_step(self) -> LetterQuerySet:
        """With what every step asks of a single letter, in the query that locks it."""
        return self.select_related("unit__parent", "regulation", "case")


class Letter(FSMModelMixin, IssuedToUnit):
    """One 提醒函 of the leading group to a unit that works without force."""

    STEPS, ABOUT, SEES = LETTER_STEPS, "letter", SEE_LETTER

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = FSMField("状态", default=LetterState.DRAFTED, choices=LetterState.choices, protected=True, max_length=20)
    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="letters", verbose_name="主送单位")
    capacity = OwnLabelField("发函对象", max_length=20, choices=LetterCapacity.choices)
    lead_matter = OwnLabelField(in_names("牵头的{lead_matter}"), max_length=100, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="letters")
    matter = models.CharField("提醒事项", max_length=200)
    problems = models.TextField("存在的问题")
    requirements = models.TextField("工作要求")
    secrecy = models.CharField("密级", max_length=10, choices=Secrecy.choices, blank=True)
    urgency = models.CharField("紧急程度", max_length=12, choices=Urgency.choices, blank=True)
    copy_number = models.CharField("份号", max_length=6, blank=True)
    note = models.CharField("附注", max_length=60, blank=True)
    title_break = models.TextField("标题换行", blank=True)
    copied_to = models.TextField("抄送", blank=True)  # each as it is printed
    drafter = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    approver = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    answer_until = models.DateField("答复期限", null=True, blank=True)
    answer_draft = models.TextField("答复草稿", blank=True)
    answer = models.TextField("答复内容", blank=True)
    answered_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    unit_id: int
    drafter_id: int
    attachments: RelatedManager[Attachment]
    objects = LetterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("letter")
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("-created_at", "-id"), name="letter_newest"),
            models.Index(fields=("unit", "-created_at", "-id"), name="letter_of_unit"),
            models.Index(fields=("answer_until", "id"), name="letter_by_limit"),
            GinIndex(grams("matter"), name="letter_by_words"),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=LetterState.values), name="letter_in_a_known_state"),
            models.CheckConstraint(
                condition=~models.Q(drafter=models.F("approver")), name="letter_drafter_does_not_approve"
            ),
            models.CheckConstraint(
                condition=models.Q(secrecy__in=("", *Secrecy.values), urgency__in=("", *Urgency.values)),
                name="letter_handled_as_may_be",
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at=None, answered_by=None)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="letter_answer_is_whole",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def awaits_answer(self) -> bool:
        """Issued, in force, and not answered."""
        in_force = self.state == LetterState.ISSUED and self.document.entry.voided_at is None
        return in_force and self.answered_at is None

    @property
    def paper_filing_or_none(self) -> PaperFiling | None:
        """The paper on which it was answered; None for an answer given here, and where there is none."""
        return getattr(self, "paper_filing", None)

    @property
    def answer_files(self) -> models.QuerySet[Attachment]:
        """What the unit gives with its answer, drafted or given; not the scans that the office took in."""
        return self.attachments.filter(purpose=FilePurpose.LETTER_ANSWER)

    @property
    def is_answered_late(self) -> bool:
        """Whether the answer came after its date."""
        return clock.came_after(self.answered_at, self.answer_until)

    @property
    def digest(self) -> str:
        """The digest of the text, by which a signature names the text that was shown."""
        fields = ("unit_id", "capacity", "lead_matter", "matter", "problems", "requirements", *HANDLED)
        return digest([str(getattr(self, field)) for field in fields])

    @property
    def handling(self) -> Handling:
        """密级, 紧急程度, 抄送 and the like, as its drafter chose them."""
        copied = tuple(self.copied_to.split(BETWEEN_COPIED)) if self.copied_to else ()
        return Handling(copied_lists=copied, **{name: getattr(self, name) for name in HANDLED if name != "copied_to"})

    @handling.setter
    def handling(self, chosen: Handling) -> None:
        for name in HANDLED:
            setattr(self, name, getattr(chosen, name))
        self.copied_to = BETWEEN_COPIED.join(chosen.copied_units)

    @property
    def title(self) -> str:
        """关于……的提醒函."""
        return f"关于{self.matter}的提醒函"

    def reason(self, finding: Finding) -> Reason:
        """A finding as a sentence under the version of the 办法 this letter rests on."""
        return self.regulation.reason(finding, self.unit.kind)

    @transition_of(state, LETTER_STEPS, Verb.APPROVE_LETTER)
    def approve_letter(self, *, approver: User) -> None:
        """签发: a leader signs, and the letter goes out."""
        self.approver = approver

    @transition_of(state, LETTER_STEPS, Verb.RETURN_LETTER)
    def return_letter(self) -> None:
        """退回修改: a leader does not agree yet."""

    @transition_of(state, LETTER_STEPS, Verb.TAKE_BACK_LETTER)
    def take_back_letter(self) -> None:
        """取回: the text may change again before anybody signs it."""

    @transition_of(state, LETTER_STEPS, Verb.REVISE_LETTER)
    def revise_letter(self) -> None:
        """修改: the text goes to the leaders again."""

    @transition_of(state, LETTER_STEPS, Verb.CANCEL_LETTER)
    def cancel_letter(self) -> None:
        """作废草稿: it goes out never, and stays to be read."""

    @property
    def is_unsigned(self) -> bool:
        """Issued, in force, and nobody has signed for it."""
        in_force = self.state == LetterState.ISSUED and self.document.entry.voided_at is None
        return in_force and self.document.receipt_or_none is None

    def next_due_on(self) -> date | None:
        """By when it is to be answered."""
        return self.answer_until if self.awaits_answer else None

    @property
    def is_open_to_unit(self) -> bool:
        """Whether the unit is a party: once the letter is issued, and not a moment earlier."""
        return self.state == LetterState.ISSUED


class LetterGroupPermission(GroupObjectPermissionBase):
    """A grant of one permission on one letter to the group of a unit's heads or liaisons."""

    content_object = models.ForeignKey(Letter, models.CASCADE, related_name="group_grants")

    class Meta(GroupObjectPermissionBase.Meta):
        default_permissions = ()


class LetterUserPermission(UserObjectPermissionBase):
    """Guardian wants a user model beside the group model; nobody is granted a letter in person."""

    content_object = models.ForeignKey(Letter, models.CASCADE, related_name="user_grants")

    class Meta(UserObjectPermissionBase.Meta):
        default_permissions = ()
