"""The paper by which a unit was renamed, merged or dissolved, as the system administrator registered it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from yuetan import permissions
from yuetan.models.files.stored_file import BY_CONTENT, THREAT_IS_NAMED, StoredFile, StoredFileQuerySet
from yuetan.models.people.unit_change import UnitChange

if TYPE_CHECKING:
    from yuetan.models.people.user import User


class UnitPaperQuerySet(StoredFileQuerySet):
    """Questions about many papers on the change of a unit."""

    def visible_to(self, user: User) -> UnitPaperQuerySet:
        """Whoever sees units sees their papers."""
        return self.all() if user.has_perm(permissions.name("see_units")) else self.none()


class UnitPaper(StoredFile):
    """The paper on which a unit changed; written once, but for what looking for viruses finds."""

    change = models.OneToOneField(UnitChange, models.PROTECT, related_name="paper")
    file = models.FileField(upload_to="units/%Y/")

    objects = UnitPaperQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = BY_CONTENT
        constraints = (models.CheckConstraint(condition=THREAT_IS_NAMED, name="unit_paper_names_its_threat"),)

    @property
    def thing(self) -> tuple[object, ...]:
        """The rows of the change of a unit for which the file was offered."""
        return (self.change_id,)

    @property
    def used_for(self) -> str:
        """What the file of the change of a unit was offered for, in words."""
        return f"{self.change.unit.name}：{self.change.get_kind_display()}依据"
