"""Permissions: what every role, person and party holds is exactly what the table and today's posts give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.contrib.auth.models import Group

from yuetan import grants
from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import (
    AccountabilityMeasure,
    Assignment,
    Case,
    Document,
    Letter,
    NumberEntry,
    Post,
    Subject,
    Task,
    Unit,
    User,
)
from yuetan.models.people.user import role_group_name
from yuetan.vocabulary import KINDS_TO_OTHERS, Party, RecordKind, Role

CHUNK = 500
OuterSubject = Letter | AccountabilityMeasure | Assignment
NAMED_AS = {Letter: "本函", AccountabilityMeasure: "本项责任措施", Assignment: "本项交办事项"}


class Groups:
    """The groups of units, read once a unit."""

    def __init__(self) -> None:
        self._of: dict[int, dict[Party, list[int]]] = {}

    def keys(self, unit: Unit) -> dict[Party, list[int]]:
        """The keys of a unit's groups, by party."""
        if unit.pk not in self._of:
            self._of[unit.pk] = unit.group_keys()
        return self._of[unit.pk]


def check_case_grants(case: Case, units: Groups, named: str) -> Iterator[Disagreement]:
    """The grants on one case: to the groups of its unit alone, for people are parties by their posts."""
    groups = {(grant.group_id, grant.permission.codename) for grant in case.group_grants.all()}
    wanted = grants.wanted_on(case, units.keys(case.unit) if case.is_open_to_unit else {})
    if groups != wanted or case.user_grants.all():
        yield Disagreement(RecordKind.GRANT, named, "本事项上的授权不是现在的任职和状态所给的")


def check_outer_grants(subject: OuterSubject, units: Groups, named: str) -> Iterator[Disagreement]:
    """The grants on one letter, measure or 交办事项."""
    held = {(grant.group_id, grant.permission.codename) for grant in subject.group_grants.all()}
    what = NAMED_AS[type(subject)]
    if held != grants.wanted_on(subject, units.keys(subject.unit) if subject.is_open_to_unit else {}):
        yield Disagreement(RecordKind.GRANT, named, f"{what}上的授权不是现在的状态所给的")


def check_sight(subject: Subject, papers: Sequence[Document], named: str) -> Iterator[Disagreement]:
    """What lists ask by: since when its unit sees it, and which unit its papers, numbers and tasks are open to."""
    if (subject.opened_on is not None) != subject.is_open_to_unit:
        yield Disagreement(RecordKind.GRANT, named, "向单位开放的日期与状态、文书不一致")
    papers, others = ([one for one in papers if (one.kind in KINDS_TO_OTHERS) is is_of] for is_of in (False, True))
    rows: list[Document | NumberEntry | Task] = [*papers, *(paper.entry for paper in papers)]
    rows += [*subject.tasks.all(), *subject.reserved_numbers.all()] if isinstance(subject, Case) else []
    unit = subject.unit_id if subject.opened_on else None
    if any(row.open_to_id != unit for row in rows) or any(paper.open_to_id for paper in others):
        yield Disagreement(RecordKind.GRANT, named, "文书、文号、整改任务上的单位不是事项现在的单位")


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
