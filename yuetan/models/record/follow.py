"""关注: a case, letter, measure or 交办事项 that one person wants to find again; it opens nothing to anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from yuetan.models.subjects import Subject, of_exactly_one, subject_of
from yuetan.rules.dates import clock

if TYPE_CHECKING:
    from yuetan.models.people.user import User


class FollowQuerySet(models.QuerySet["Follow"]):
    """What people follow."""

    def includes(self, subject: Subject, user: User) -> bool:
        """Whether the person follows it."""
        return self.filter(**{subject.ABOUT: subject}, person=user).exists()


class Follow(models.Model):
    """One person follows one of them, for as long as they like."""

    person = models.ForeignKey("yuetan.User", models.CASCADE, related_name="follows")
    case = models.ForeignKey("yuetan.Case", models.CASCADE, null=True, related_name="follows")
    letter = models.ForeignKey("yuetan.Letter", models.CASCADE, null=True, related_name="follows")
    measure_laid = models.ForeignKey("yuetan.AccountabilityMeasure", models.CASCADE, null=True, related_name="follows")
    assignment = models.ForeignKey("yuetan.Assignment", models.CASCADE, null=True, related_name="follows")
    created_at = models.DateTimeField("关注时间", default=clock.now)

    objects = FollowQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(condition=of_exactly_one(), name="follow_of_one_subject"),
            models.UniqueConstraint(fields=("person", "case"), name="case_followed_once"),
            models.UniqueConstraint(fields=("person", "letter"), name="letter_followed_once"),
            models.UniqueConstraint(fields=("person", "measure_laid"), name="measure_laid_followed_once"),
            models.UniqueConstraint(fields=("person", "assignment"), name="assignment_followed_once"),
        )
        indexes = (models.Index(fields=("person", "-created_at", "-id"), name="follows_of_person"),)

    def __str__(self) -> str:
        return f"{self.person}关注“{self.subject.title}”"

    @property
    def subject(self) -> Subject:
        """What is followed."""
        subject = subject_of(self)
        assert subject is not None
        return subject
