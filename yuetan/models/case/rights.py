"""What somebody may do with a case as a party to it: the groups of its unit by rows, people by the posts of today."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from yuetan import permissions
from yuetan.models.case.current_parties import CurrentParties
from yuetan.models.office.read_once import once
from yuetan.rules.dates import clock
from yuetan.vocabulary import Party

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.case.case import Case, CaseGroupPermission
    from yuetan.models.people.user import User

# What of a case itself says who is a party to it.
NAMED = (
    "unit_id",
    "drafter_id",
    "endorser_id",
    "approver_id",
    "approved_for_id",
    "approved_on",
    "interviewer_id",
    "acting_for",
)
GIVEN_TO_UNITS = permissions.granted_to(Party.UNIT_HEAD, "case") | permissions.granted_to(Party.UNIT_LIAISON, "case")
PERSONAL_PARTIES = frozenset(Party) - frozenset(permissions.UNIT_SIDE)  # people of the office and its leaders


class CaseRights:
    """Questions about the rights of one person on one case, read once in a step or a request."""

    pk: UUID
    group_grants: RelatedManager[CaseGroupPermission]
    grants_to_my_groups: list[CaseGroupPermission]  # where they were fetched `with_grants_of` somebody

    def is_inner_to(self, user: User) -> bool:
        """Whether the person may see the inner half: proposal, evidence, opinions, drafters."""
        case = cast("Case", self)
        inner = user.has_perm(permissions.name("see_inner_case"))
        return inner and not (user.is_recused_from(case.unit_id) or case.leaves_out(user))

    def is_granted(self, permission: str, user: User) -> bool:
        """Whether the person holds a permission on this case as a party to it."""
        codename = permission.partition(".")[2]
        if not user.is_active:
            return False
        is_of_unit = bool(user.posts_in(cast("Case", self).unit_id))  # to no other groups is anything granted
        by_group = is_of_unit and codename in GIVEN_TO_UNITS and codename in self._granted_to_groups_of(user)
        return by_group or user.pk in self._people_granted(codename)

    def _granted_to_groups_of(self, user: User) -> set[str]:
        """The codenames that the unit's heads and liaisons hold, for one of them."""
        if hasattr(self, "grants_to_my_groups"):
            return {grant.permission.codename for grant in self.grants_to_my_groups}
        tables = self.group_grants.model, user.groups.through
        return once(("granted", self.pk, user.pk), tables, lambda: self._read_granted(user))

    def _read_granted(self, user: User) -> set[str]:
        grants = self.group_grants.filter(group__user=user).order_by()
        return set(grants.values_list("permission__codename", flat=True))

    def _people_granted(self, codename: str) -> set[int]:
        """Who of the office and its leaders holds it as a party: by the posts of today, so it ends with the post."""
        parties = [party for party in permissions.BY_CODENAME[codename].parties if party in PERSONAL_PARTIES]
        if not parties:
            return set()
        people = self._people_today()
        return {key for party in parties for key in people[party]}

    def _people_today(self) -> dict[Party, list[int]]:
        """Who is what today, worked out once for as long as nobody else is named in the case."""
        case, office = cast("Case", self), CurrentParties.today()
        named = [*(getattr(case, name) for name in NAMED), tuple(case.readers) if case.readers is not None else None]
        tables = [*CurrentParties.tables(), case.proposal_versions.model]
        return once(("people", case.pk, clock.today(), *named), tables, lambda: office.parties(case))
