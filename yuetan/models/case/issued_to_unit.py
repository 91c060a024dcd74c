"""What a letter and a measure have in common: the office's own until the paper is issued, and then the unit's too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from yuetan import permissions
from yuetan.models.case.case import Case
from yuetan.models.case.current_parties import CurrentParties
from yuetan.models.flow.step import HasSteps
from yuetan.models.flow.visibility import VisibleQuerySet
from yuetan.models.office.read_once import once
from yuetan.models.people.unit_change import AboutUnit
from yuetan.vocabulary import Party

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager
    from guardian.models import GroupObjectPermissionBase

    from yuetan.models.people.user import User


class IssuedQuerySet(VisibleQuerySet):
    """Questions about many of them: 知悉范围 is that of the case that each is about."""

    readers = "case__readers"

    def leaves_out(self, user: User) -> bool:
        """Whether some case was narrowed without this person: what is about it follows it."""
        return Case.objects.leaves_out(user)


class IssuedToUnit(HasSteps, AboutUnit):
    """Its unit is a party from the issue on, and sees nothing before, nor ever how it came about."""

    SEES: ClassVar[str]  # the permission by which the inner side sees all of it
    pk: UUID
    case: Case | None
    drafter_id: int
    get_state_display: Callable[[], str]
    group_grants: RelatedManager[GroupObjectPermissionBase]
    grants_to_my_groups: list[GroupObjectPermissionBase]  # where they were fetched `with_grants_of` somebody

    class Meta:
        abstract = True

    @property
    def readers(self) -> list[int] | None:  # type: ignore[override] # of these it is that of their case
        """知悉范围: who of the office may know of the case that it is about; None where all of it may."""
        return self.case.readers if self.case else None

    def is_granted(self, permission: str, user: User) -> bool:
        """Whether the person holds a permission on it, as one of its unit or for the office."""
        if not user.is_active:
            return False
        codename = permission.partition(".")[2]
        office = self.office_parties()
        if any(user.pk in office.get(party, ()) for party in permissions.BY_CODENAME[codename].parties):
            return True
        if hasattr(self, "grants_to_my_groups"):
            return codename in {grant.permission.codename for grant in self.grants_to_my_groups}
        held = self.group_grants.filter(group__user=user).order_by().values_list("permission__codename", flat=True)
        tables = self.group_grants.model, user.groups.through
        return codename in once(("granted", self.pk, user.pk), tables, lambda: set(held))

    def is_inner_to(self, user: User) -> bool:
        """Whether the person sees how it came about: by role, and not about their own unit."""
        sees_all = user.has_perm(permissions.name(self.SEES))
        return sees_all and not (self.recuses(user) or self.leaves_out(user))

    def state_for(self, user: User) -> str:
        """The state, in the one wording both sides have."""
        return self.get_state_display()

    def office_parties(self) -> dict[Party, list[int]]:
        """Who acts for the office."""
        return CurrentParties.today().acting(self)

    def parties(self) -> dict[Party, list[int]]:
        """Who acts for the office, and the unit once the paper is issued."""
        return self.office_parties() | (self.unit.group_keys() if self.is_open_to_unit else {})

    @property
    def drafter_keys(self) -> set[int]:
        """Who wrote it, as it is asked of a case."""
        return {self.drafter_id}
