"""Who may see which subjects: one rule behind lists, pages, files, search, counts and exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models

from yuetan import permissions

if TYPE_CHECKING:
    from yuetan.models.people.user import User


class VisibleQuerySet(models.QuerySet[Any]):
    """Subjects about one unit, granted to that unit's groups once it is a party."""

    sees: ClassVar[str]  # the codename that lets a role see every subject

    def shows_all_to(self, user: User) -> bool:
        """Whether there is no subject that the person may not see."""
        return user.has_perm(permissions.name(self.sees)) and not user.interviewed_units

    def visible_to(self, user: User) -> Self:
        """A role sees all but the matters of a unit in which the person holds a post (回避); a unit sees its own."""
        if self.shows_all_to(user):
            return self.all()
        group_grants = self.model._meta.get_field("group_grants").related_model
        keys = group_grants.objects.filter(permission__codename=self.sees, group__user=user).values("content_object")
        granted = self.filter(pk__in=keys)
        if not user.has_perm(permissions.name(self.sees)):
            return granted
        others = self.exclude(unit__in=user.interviewed_units)
        return self.filter(pk__in=others.order_by().values("pk").union(granted.order_by().values("pk")))
