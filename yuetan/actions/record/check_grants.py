"""Permissions: what every role, person and party holds is exactly what the table and today's posts give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.contrib.auth.models import Group

from yuetan import grants
from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import Case, Document, Letter, Post, Unit, User
from yuetan.models.case.current_parties import CurrentParties
from yuetan.models.people.user import role_group_name
from yuetan.vocabulary import Party, RecordKind, Role

CHUNK = 500


class Groups:
    """The groups of units, read once a unit."""

    def __init__(self) -> None:
        self._of: dict[int, dict[Party, list[int]]] = {}

    def keys(self, unit: Unit) -> dict[Party, list[int]]:
        """The keys of a unit's groups, by party."""
        if unit.pk not in self._of:
            self._of[unit.pk] = unit.group_keys()
        return self._of[unit.pk]


def check_case_grants(case: Case, office: CurrentParties, units: Groups, named: str) -> Iterator[Disagreement]:
    """The grants on one case."""
    parties = office.parties(case) | (units.keys(case.unit) if case.is_open_to_unit else {})
    people = {(grant.user_id, grant.permission.codename) for grant in case.user_grants.all()}
    groups = {(grant.group_id, grant.permission.codename) for grant in case.group_grants.all()}
    if (people, groups) != grants.wanted_on_case(parties):
        yield Disagreement(RecordKind.GRANT, named, "本事项上的授权不是现在的任职和状态所给的")


def check_letter_grants(letter: Letter, units: Groups, named: str) -> Iterator[Disagreement]:
    """The grants on one letter."""
    held = {(grant.group_id, grant.permission.codename) for grant in letter.group_grants.all()}
    if held != grants.wanted_on_letter(units.keys(letter.unit) if letter.is_open_to_unit else {}):
        yield Disagreement(RecordKind.GRANT, named, "本函上的授权不是现在的状态所给的")


def check_sight(subject: Case | Letter, papers: Iterable[Document], named: str) -> Iterator[Disagreement]:
    """What lists are asked by: the day from which the unit sees it, and the unit of each paper and each task."""
    if (subject.opened_on is not None) != subject.is_open_to_unit:
        yield Disagreement(RecordKind.GRANT, named, "向单位开放的日期与状态、文书不一致")
    tasks = subject.tasks.all() if isinstance(subject, Case) else ()
    if any(each.unit_id != subject.unit_id for each in (*papers, *tasks)):
        yield Disagreement(RecordKind.GRANT, named, "文书、整改任务上的单位不是事项现在的单位")


def check_roles() -> Iterator[Disagreement]:
    """What each role holds everywhere, and which groups each person is in."""
    for role in Role:
        group = Group.objects.filter(name=role_group_name(role)).first()
        rows = group.permissions.values_list("content_type__model", "codename") if group else ()
        if set(rows) != set(grants.wanted_of_role(role)):
            yield Disagreement(RecordKind.GRANT, role.label, "角色的权限不是权限表所给的")
    people = User.objects.prefetch_related("groups").order_by("pk")
    posts: dict[int, list[Post]] = {}
    for post in Post.objects.current().select_related("unit"):
        posts.setdefault(post.holder_id, []).append(post)
    for person in people.iterator(chunk_size=CHUNK):
        if {group.name for group in person.groups.all()} != grants.wanted_groups(posts.get(person.pk, [])):
            yield Disagreement(RecordKind.GRANT, person.name, "所在的用户组不是现任职务所给的")
