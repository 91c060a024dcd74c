"""Who may see which subjects: one rule behind lists, pages, files, search, counts and exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from yuetan import permissions

if TYPE_CHECKING:
    from yuetan.models.people.user import User


class VisibleQuerySet(models.QuerySet[Any]):
    """Subjects about one unit, granted to that unit's groups once it is a party.

    Lists ask by the unit and `opened_on`, never by the grants, which say the same (`check_records` compares them): an
    index answers the one, and a plan through the other reads every grant there is.
    """

    sees: ClassVar[str]  # the codename that lets a role see every subject

    def shows_all_to(self, user: User) -> bool:
        """Whether there is no subject that the person may not see."""
        return user.has_perm(permissions.name(self.sees)) and not user.interviewed_units

    def visible_to(self, user: User) -> Self:
        """A role sees all but the matters of a unit in which the person holds a post (回避); a unit sees its own."""
        return self.filter(self.visible_if(user))

    def visible_if(self, user: User, at: str = "") -> Q:
        """The same as a condition; `at` leads to the subject from the rows that are asked, as in `case__`.

        Rows that have no subject there meet it for a role, and do not for a unit.
        """
        if self.shows_all_to(user):
            return Q()
        unit, opened_on = f"{at}unit__in", f"{at}opened_on"
        if user.has_perm(permissions.name(self.sees)):
            return ~Q(**{unit: user.interviewed_units, opened_on: None})
        return Q(**{unit: user.interviewed_units, f"{opened_on}__isnull": False})
