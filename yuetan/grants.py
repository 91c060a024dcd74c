"""Groups, and their rows on single cases and letters, made equal to the table of permissions; nobody else grants."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group
from django.contrib.auth.models import Permission as PermissionRow
from django.contrib.contenttypes.models import ContentType
from django.db.models import Manager

from yuetan import pending_steps, permissions
from yuetan.models import SUBJECTS, Document, NumberEntry, Post, Subject, Task, Unit, User
from yuetan.models.office.kept_rules import kept
from yuetan.models.people.user import role_group_name
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.vocabulary import KINDS_TO_OTHERS, PARTY_OF_POST, ROLE_OF_POST, Party, PostKind, Role

Parties = Mapping[Party, Iterable[int]]
SAMPLE = 50
UNIT_PARTIES = (Party.UNIT_HEAD, Party.UNIT_LIAISON)


def make_roles() -> None:
    """One group a role, holding exactly what the table says."""
    rows = {(row.content_type.model, row.codename): row for row in _permission_rows()}
    for role in Role:
        group, _ = Group.objects.get_or_create(name=role_group_name(role))
        group.permissions.set([rows[pair] for pair in wanted_of_role(role)])


def wanted_of_role(role: Role) -> list[tuple[str, str]]:
    """What the table gives a role everywhere: model and codename of each permission."""
    return [(model, p.codename) for p in permissions.PERMISSIONS if role in p.roles for model in p.models]


def _permission_rows() -> list[PermissionRow]:
    return list(PermissionRow.objects.filter(content_type__app_label=permissions.APP).select_related("content_type"))


def make_unit_groups(unit: Unit) -> None:
    """The groups of a unit's heads and of its liaisons."""
    for party in UNIT_PARTIES:
        Group.objects.get_or_create(name=unit.group_name(party))


def follow_posts(user: User) -> None:
    """Put a person into exactly the groups that today's posts give, and let what waits for somebody follow.

    What somebody is to single cases follows from the same posts when it is asked for (`Case.is_granted`), so that a
    change of posts writes rows of the person alone, however many cases there are.
    """
    join_groups(user)
    pending_steps.follow_person(user)


def join_groups(user: User) -> None:
    """Put a person into exactly the groups that today's posts give, and nothing else."""
    user.groups.set(Group.objects.filter(name__in=wanted_groups(user.posts.current().select_related("unit"))))


def wanted_groups(posts: Iterable[Post]) -> set[str]:
    """The names of the groups that these posts give."""
    return {_group_name(post.kind, post.unit) for post in posts}


def _group_name(kind: str, unit: Unit) -> str:
    post = PostKind(kind)
    if post in ROLE_OF_POST:
        return role_group_name(ROLE_OF_POST[post])
    return unit.group_name(PARTY_OF_POST[post])


def follow(subject: Subject) -> None:
    """Make the grants on a case, a letter or a measure equal to its parties and the table."""
    _make_equal(subject.group_grants, wanted_on(subject, subject.parties()), subject)


def open_to_unit(subject: Subject) -> None:
    """Let lists find the papers, numbers and tasks of what is open to its unit, as that is now."""
    has_tasks = isinstance(subject, HandsOutTasks) and bool(subject.tasks.all())
    open_all_to_unit(type(subject), [subject.pk], subject.unit_id, with_tasks=has_tasks)


def open_all_to_unit(model: type[Subject], keys: Sequence[UUID], unit: int, *, with_tasks: bool) -> None:
    """The same of many of one kind, in as many statements; `with_tasks` where any of them may have some."""
    of = {f"{model.ABOUT}__in": keys}
    Document.objects.filter(**of).exclude(kind__in=KINDS_TO_OTHERS).update(open_to=unit)
    if with_tasks:
        Task.objects.filter(**of).update(open_to=unit)
    NumberEntry.objects.of_all(model, keys).exclude(kind__in=KINDS_TO_OTHERS).update(open_to=unit)


def wanted_on(subject: Subject, parties: Parties) -> set[tuple[int, str]]:
    """What the table grants on it to the groups among these parties: keys of groups, each with a codename."""
    granted = ((key, party) for party in UNIT_PARTIES for key in parties.get(party, ()))
    model = str(subject._meta.model_name)
    return {(key, name) for key, party in granted for name in permissions.granted_to(party, model)}


def follow_table() -> int:
    """After another version was installed: if the table gives otherwise now, make the grants on all that is open to
    units equal to it; how many of them that changed.

    A change of the table concerns all alike, so that the first and the latest show whether there was one.
    """
    return sum(_follow_all(model.objects) for model in SUBJECTS.values())


def _follow_all(subjects: Manager[Any]) -> int:
    is_open = subjects.exclude(opened_on=None).select_related("unit")
    some = [*is_open.order_by("pk")[:SAMPLE], *is_open.order_by("-opened_on", "-pk")[:SAMPLE]]
    followed = sum(map(_followed, some))
    if not followed:
        return 0
    return followed + sum(map(_followed, is_open.order_by("pk").iterator(chunk_size=SAMPLE)))


def _followed(subject: Subject) -> bool:
    """Whether following changed anything."""
    before = set(subject.group_grants.values_list("group_id", "permission_id"))
    follow(subject)
    return set(subject.group_grants.values_list("group_id", "permission_id")) != before


def _make_equal(grants: Manager[Any], wanted: set[tuple[int, str]], content_object: Subject) -> None:
    columns = "group_id", "permission__codename", "pk"
    held = {(holder, name): pk for holder, name, pk in grants.values_list(*columns)}
    gone = [pk for pair, pk in held.items() if pair not in wanted]
    if gone:
        grants.filter(pk__in=gone).delete()
    missing = wanted - held.keys()
    if missing:
        rows = _codenames(str(content_object._meta.model_name))
        new = [(holder, rows[name]) for holder, name in missing]
        grants.bulk_create(
            [grants.model(group_id=key, permission_id=name, content_object=content_object) for key, name in new]
        )


def _codenames(model: str) -> dict[str, int]:
    content_type = ContentType.objects.get_by_natural_key(permissions.APP, model)
    rows = PermissionRow.objects.filter(content_type=content_type)
    return kept(("codenames", model), lambda: dict(rows.values_list("codename", "pk")))  # changed by migrations alone
