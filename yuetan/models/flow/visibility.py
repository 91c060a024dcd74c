"""Who may see which subjects: one rule behind lists, pages, files, search, counts and exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from yuetan import permissions
from yuetan.models.office.kept_rules import kept
from yuetan.models.office.read_once import was_written

if TYPE_CHECKING:
    from yuetan.models.people.user import User

CASES = "yuetan_case"


class VisibleQuerySet(models.QuerySet[Any]):
    """Subjects about one unit, granted to that unit's groups once it is a party.

    Lists ask by the unit and `opened_on`, never by the grants, which say the same (`check_records` compares them): an
    index answers the one, and a plan through the other reads every grant there is.
    """

    sees: ClassVar[str]  # the codename that lets a role see every subject
    readers: ClassVar[str]  # the column of 知悉范围: who of the office may know of the subject, if not all of it

    def shows_all_to(self, user: User) -> bool:
        """Whether there is no subject that the person may not see."""
        sees_all = user.has_perm(permissions.name(self.sees)) and not user.interviewed_units
        return sees_all and not self.leaves_out(user)

    def visible_to(self, user: User) -> Self:
        """A role sees all but the matters of a unit in which the person holds a post (回避), and those narrowed
        without them (知悉范围); a unit sees its own."""
        return self.filter(self.visible_if(user))

    def visible_if(self, user: User, at: str = "") -> Q:
        """`visible_to` as a condition; `at` leads to the subject from the rows that are asked, as in `case__`.

        Rows that have no subject there meet it for a role, and do not for a unit.
        """
        unit, opened_on = f"{at}unit__in", f"{at}opened_on"
        if not user.has_perm(permissions.name(self.sees)):
            return Q(**{unit: user.interviewed_units, f"{opened_on}__isnull": False})
        outside = ~Q(**{unit: user.interviewed_units, opened_on: None}) if user.interviewed_units else Q()
        return outside & self.known_to(user, at)

    def known_to(self, user: User, at: str = "") -> Q:
        """知悉范围: the condition for subjects not narrowed without this person; none where there are no such."""
        return ~self.left_out(user, at) if self.leaves_out(user) else Q()

    def with_grants_of(self, user: User) -> Self:
        """With what the groups of the person were granted on each, in one query for all of them."""
        grants = self.model.group_grants.rel.related_model.objects
        of_groups = grants.filter(group__user=user).select_related("permission")
        return self.prefetch_related(models.Prefetch("group_grants", of_groups, to_attr="grants_to_my_groups"))

    def leaves_out(self, user: User) -> bool:
        """知悉范围: whether a case is narrowed without this person.

        The database is asked once for as long as nobody narrows or widens one: a trigger gives the rules, under whose
        version the answer is kept, another. A step that may be doing so asks anew, and keeps nothing.
        """
        if not user.may_be_left_out:
            return False
        narrowed = type(self)(self.model).filter(self._narrowed(user))
        return narrowed.exists() if was_written([CASES]) else kept(("left out", user.pk), narrowed.exists)

    def left_out(self, user: User, at: str = "") -> Q:
        """The condition for subjects narrowed without this person; of their own unit's they see the unit's half."""
        narrowed = self._narrowed(user, at)
        return narrowed & ~Q(**{f"{at}unit__in": user.interviewed_units}) if user.interviewed_units else narrowed

    def _narrowed(self, user: User, at: str = "") -> Q:
        readers = f"{at}{self.readers}"
        return Q(**{f"{readers}__isnull": False}) & ~Q(**{f"{readers}__contains": [user.pk]})


def role_or_unit_sees(user: User, sees: str, to_unit: Q) -> Q:
    """The condition for rows of a unit of which a role sees all: a unit sees of its own what it is shown (`to_unit`).

    Whoever has that role and holds a post in the unit sees of it what the unit sees (回避).
    """
    own = Q(unit__in=user.interviewed_units)
    if not user.has_perm(permissions.name(sees)):
        return own & to_unit
    return ~own | to_unit if user.interviewed_units else Q()
