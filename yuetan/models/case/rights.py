"""What somebody may do with a case as a party to it: the groups of its unit by rows, people by the posts of today."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from yuetan import permissions
from yuetan.models.case.current_parties import CurrentParties
from yuetan.models.office.read_once import once
from yuetan.vocabulary import Party

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.case.case import Case, CaseGroupPermission
    from yuetan.models.people.user import User

PERSONAL_PARTIES = frozenset(Party) - frozenset(permissions.UNIT_SIDE)  # people of the office and its leaders


class CaseRights:
    """Questions about the rights of one person on one case, read once in a step or a request."""

    pk: UUID
    group_grants: RelatedManager[CaseGroupPermission]
    grants_to_my_groups: list[CaseGroupPermission]  # where they were fetched `with_grants_of` somebody

    def is_granted(self, permission: str, user: User) -> bool:
        """Whether the person holds a permission on this case as a party to it."""
        codename = permission.partition(".")[2]
        if not user.is_active:
            return False
        return codename in self._granted_to_groups_of(user) or user.pk in self._people_granted(codename)

    def _granted_to_groups_of(self, user: User) -> set[str]:
        """The codenames that the unit's heads and liaisons hold, for one of them."""
        if hasattr(self, "grants_to_my_groups"):
            return {grant.permission.codename for grant in self.grants_to_my_groups}
        grants = self.group_grants.filter(group__user=user).order_by().values_list("permission__codename", flat=True)
        tables = self.group_grants.model, user.groups.through
        return once(("granted", self.pk, user.pk), tables, lambda: set(grants))

    def _people_granted(self, codename: str) -> set[int]:
        """Who of the office and its leaders holds it as a party: by the posts of today, so it ends with the post."""
        parties = [party for party in permissions.BY_CODENAME[codename].parties if party in PERSONAL_PARTIES]
        if not parties:
            return set()
        people = CurrentParties.today().parties(cast("Case", self))
        return {key for party in parties for key in people.get(party, ())}
