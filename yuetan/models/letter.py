"""Reminder letters (提醒函), with or without a case."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django_fsm import FSMField, FSMModelMixin, transition
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from yuetan import permissions
from yuetan.errors import Reason
from yuetan.models.case import Case
from yuetan.models.regulation import Regulation
from yuetan.models.requirements import PersonalRequirement
from yuetan.models.unit import Unit
from yuetan.permissions import name as permission
from yuetan.rules import clock
from yuetan.rules.canonical_text import digest
from yuetan.rules.findings import Finding, found
from yuetan.vocabulary import INTERVIEWED_UNIT_KINDS, LetterCapacity, LetterState, Party, Verb

if TYPE_CHECKING:
    from yuetan.models.user import User


@PersonalRequirement
def not_the_letters_drafter(letter: Letter, user: User) -> Iterator[Finding]:
    """Whoever wrote any of its text does not sign it, and nobody reminds their own unit."""
    if user == letter.drafter or letter.events.filter(verb=Verb.REVISE_LETTER, actor=user).exists():
        yield found("letter_drafter_approves", name=user.name)
    for post in user.posts_in(letter.unit_id):
        yield found("letter_recusal", name=user.name, unit=letter.unit.name, title=post.title)


class LetterQuerySet(models.QuerySet["Letter"]):
    """Questions about many letters."""

    def visible_to(self, user: User) -> LetterQuerySet:
        """Every letter for a role, but those to a unit in which the person holds a post; a unit sees its own."""
        granted = LetterGroupPermission.objects.filter(permission__codename="see_letter", group__user=user)
        mine = self.filter(pk__in=granted.values("content_object"))
        if not user.has_perm(permissions.name("see_letter")):
            return mine
        own_units = [post.unit_id for post in user.current_posts if post.unit.kind in INTERVIEWED_UNIT_KINDS]
        if not own_units:
            return self.all()
        others = self.exclude(unit__in=own_units)
        return self.filter(pk__in=others.order_by().values("pk").union(mine.order_by().values("pk")))


class Letter(FSMModelMixin, models.Model):
    """One 提醒函 of the leading group to a unit that works without force."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = FSMField("状态", default=LetterState.DRAFTED, choices=LetterState.choices, protected=True, max_length=20)
    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="letters", verbose_name="主送单位")
    capacity = models.CharField("发函对象", max_length=20, choices=LetterCapacity.choices)
    lead_matter = models.CharField("牵头的重点打击问题", max_length=100, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="letters")
    matter = models.CharField("提醒事项", max_length=200)
    problems = models.TextField("存在的问题")
    requirements = models.TextField("工作要求")
    drafter = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    approver = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    answer_until = models.DateField("答复期限", null=True, blank=True)
    answer_draft = models.TextField("答复草稿", blank=True)
    answer = models.TextField("答复内容", blank=True)
    answered_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    unit_id: int
    objects = LetterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("letter")
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(drafter=models.F("approver")), name="letter_drafter_does_not_approve"
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
    def is_answered_late(self) -> bool:
        """Whether the answer came after its date."""
        if self.answered_at is None or self.answer_until is None:
            return False
        return timezone.localtime(self.answered_at).date() > self.answer_until

    @property
    def text_digest(self) -> str:
        """What stands for the text that somebody was shown; another text has another."""
        fields = ("unit_id", "capacity", "lead_matter", "matter", "problems", "requirements")
        return digest([str(getattr(self, field)) for field in fields])

    @property
    def title(self) -> str:
        """关于……的提醒函."""
        return f"关于{self.matter}的提醒函"

    def reason(self, finding: Finding) -> Reason:
        """A finding as a sentence under the version of the 办法 this letter rests on."""
        return self.regulation.reason(finding, self.unit.kind)

    @transition(
        state,
        source=LetterState.DRAFTED,
        target=LetterState.ISSUED,
        permission=permission(Verb.APPROVE_LETTER),
        custom={"personal": [not_the_letters_drafter]},
    )
    def approve_letter(self, *, approver: User) -> None:
        """签发: a leader signs, and the letter goes out."""
        self.approver = approver

    @transition(
        state,
        source=LetterState.DRAFTED,
        target=LetterState.RETURNED,
        permission=permission(Verb.RETURN_LETTER),
        custom={"personal": []},
    )
    def return_letter(self) -> None:
        """退回修改: a leader does not agree yet."""

    @transition(
        state,
        source=LetterState.RETURNED,
        target=LetterState.DRAFTED,
        permission=permission(Verb.REVISE_LETTER),
        custom={"personal": []},
    )
    def revise_letter(self) -> None:
        """修改: the text goes to the leaders again."""

    def parties(self) -> dict[Party, list[int]]:
        """The unit is a party once the letter is issued."""
        return self.unit.group_keys() if self.state == LetterState.ISSUED else {}


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
