"""关注: a case or letter that one person wants to find again; it opens nothing to anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan.rules.dates import clock

if TYPE_CHECKING:
    from yuetan.models.case.case import Case
    from yuetan.models.letter.letter import Letter
    from yuetan.models.people.user import User


class FollowQuerySet(models.QuerySet["Follow"]):
    """What people follow."""

    def includes(self, subject: Case | Letter, user: User) -> bool:
        """Whether the person follows the case or letter."""
        return self.filter(**{subject.ABOUT: subject}, person=user).exists()


class Follow(models.Model):
    """One person follows one case or one letter, for as long as they like."""

    person = models.ForeignKey("yuetan.User", models.CASCADE, related_name="follows")
    case = models.ForeignKey("yuetan.Case", models.CASCADE, null=True, related_name="follows")
    letter = models.ForeignKey("yuetan.Letter", models.CASCADE, null=True, related_name="follows")
    created_at = models.DateTimeField("关注时间", default=clock.now)

    objects = FollowQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(case=None) ^ Q(letter=None), name="follow_of_one_subject"),
            models.UniqueConstraint(fields=("person", "case"), name="case_followed_once"),
            models.UniqueConstraint(fields=("person", "letter"), name="letter_followed_once"),
        )
        indexes = (models.Index(fields=("person", "-created_at", "-id"), name="follows_of_person"),)

    def __str__(self) -> str:
        return f"{self.person}关注“{self.subject.title}”"

    @property
    def subject(self) -> Case | Letter:
        """What is followed."""
        subject: Case | Letter | None = self.case or self.letter
        assert subject is not None
        return subject
