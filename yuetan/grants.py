"""Groups and guardian rows made equal to the table of permissions; nobody else grants."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.auth.models import Permission as PermissionRow
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Manager

from yuetan import pending_steps, permissions
from yuetan.models import Case, Document, Letter, Post, Task, Unit, User
from yuetan.models.case.case import CaseQuerySet, CaseUserPermission
from yuetan.models.case.current_parties import CurrentParties
from yuetan.models.people.delegation import LEADING_POSTS
from yuetan.models.people.user import role_group_name
from yuetan.vocabulary import ACTING_FOR, PARTY_OF_POST, ROLE_OF_POST, Party, PostKind, Role

POSTS_OF_PARTIES = (*ACTING_FOR.values(), *LEADING_POSTS)  # whose holders are parties to cases, or are acted for
UNIT_PARTIES = (Party.UNIT_HEAD, Party.UNIT_LIAISON)


def make_roles() -> None:
    """One group a role, holding exactly what the table says."""
    rows = {(row.content_type.model, row.codename): row for row in _permission_rows()}
    for role in Role:
        group, _ = Group.objects.get_or_create(name=role_group_name(role))
        group.permissions.set([rows[pair] for pair in wanted_of_role(role)])


def wanted_of_role(role: Role) -> list[tuple[str, str]]:
    """What the table gives a role everywhere: model and codename of each permission."""
    return [(p.model, p.codename) for p in permissions.PERMISSIONS if role in p.roles]


def _permission_rows() -> list[PermissionRow]:
    return list(PermissionRow.objects.filter(content_type__app_label=permissions.APP).select_related("content_type"))


def make_unit_groups(unit: Unit) -> None:
    """The groups of a unit's heads and of its liaisons."""
    for party in UNIT_PARTIES:
        Group.objects.get_or_create(name=unit.group_name(party))


def follow_posts(user: User) -> None:
    """Put a person into exactly the groups that today's posts give, and let cases follow where it may concern them."""
    user.groups.set(Group.objects.filter(name__in=wanted_groups(user.posts.current().select_related("unit"))))
    if user.posts.filter(kind__in=POSTS_OF_PARTIES).exists():
        follow_people(Case.objects.all())
    pending_steps.follow_person(user)


def wanted_groups(posts: Iterable[Post]) -> set[str]:
    """The names of the groups that these posts give."""
    return {_group_name(post.kind, post.unit) for post in posts}


def _group_name(kind: str, unit: Unit) -> str:
    post = PostKind(kind)
    if post in ROLE_OF_POST:
        return role_group_name(ROLE_OF_POST[post])
    return unit.group_name(PARTY_OF_POST[post])


def follow(subject: Case | Letter) -> None:
    """Make the grants on a case or a letter equal to its parties and the table."""
    if isinstance(subject, Case):
        follow_case(subject)
    else:
        follow_letter(subject)


def open_to_unit(subject: Case | Letter) -> None:
    """Let lists find the papers and tasks of what is open to its unit, as that is now."""
    about = "case" if isinstance(subject, Case) else "letter"
    for model in (Document, Task) if isinstance(subject, Case) else (Document,):
        model.objects.filter(**{about: subject.pk}).update(open_to=subject.unit_id)


def follow_case(case: Case) -> None:
    """Make the grants on a case equal to its parties and the table."""
    people, groups = wanted_on_case(case.parties())
    _make_equal(case.user_grants, "user_id", people, case)
    _make_equal(case.group_grants, "group_id", groups, case)


def wanted_on_case(parties: Mapping[Party, Iterable[int]]) -> tuple[set[tuple[int, str]], set[tuple[int, str]]]:
    """What the table grants on a case to these parties: keys of people, and of groups, each with a codename."""
    people: set[tuple[int, str]] = set()
    groups: set[tuple[int, str]] = set()
    for party, keys in parties.items():
        wanted = groups if party in UNIT_PARTIES else people
        wanted |= {(key, name) for key in keys for name in permissions.granted_to(party, "case")}
    return people, groups


@transaction.atomic
def follow_people(cases: CaseQuerySet) -> None:
    """Make the personal grants on many cases equal to their parties of today."""
    keys = "pk", "unit", "drafter", "approver", "approved_for", "approved_on", "interviewer", "acting_for", "endorser"
    locked = list(cases.select_for_update(of=("self",)).order_by("pk").only(*keys))
    office, rows = CurrentParties(), _codenames("case")  # read under the lock: another post may have changed meanwhile
    wanted = {
        (case.pk, key, rows[name])
        for case in locked
        for party, people in office.parties(case).items()
        for key in people
        for name in permissions.granted_to(party, "case")
    }
    grants = CaseUserPermission.objects.filter(content_object__in=cases.order_by())
    held = {tuple(row): pk for pk, *row in grants.values_list("pk", "content_object", "user", "permission")}
    CaseUserPermission.objects.filter(pk__in=[pk for row, pk in held.items() if row not in wanted]).delete()
    CaseUserPermission.objects.bulk_create(
        CaseUserPermission(content_object_id=case, user_id=user, permission_id=permission)
        for case, user, permission in wanted - held.keys()
    )


def follow_letter(letter: Letter) -> None:
    """Make the grants on a letter equal to its parties and the table."""
    _make_equal(letter.group_grants, "group_id", wanted_on_letter(letter.parties()), letter)


def wanted_on_letter(parties: Mapping[Party, Iterable[int]]) -> set[tuple[int, str]]:
    """What the table grants on a letter to these parties: keys of groups, each with a codename."""
    granted = ((key, party) for party, keys in parties.items() for key in keys)
    return {(key, name) for key, party in granted for name in permissions.granted_to(party, "letter")}


def _make_equal(grants: Manager[Any], key: str, wanted: set[tuple[int, str]], content_object: Case | Letter) -> None:
    held = {(holder, name): pk for holder, name, pk in grants.values_list(key, "permission__codename", "pk")}
    gone = [pk for pair, pk in held.items() if pair not in wanted]
    if gone:
        grants.filter(pk__in=gone).delete()
    missing = wanted - held.keys()
    if missing:
        rows = _codenames(str(content_object._meta.model_name))
        new = [(holder, rows[name]) for holder, name in missing]
        grants.bulk_create([grants.model(**{key: h}, permission_id=p, content_object=content_object) for h, p in new])


def _codenames(model: str) -> dict[str, int]:
    content_type = ContentType.objects.get_by_natural_key(permissions.APP, model)
    return dict(PermissionRow.objects.filter(content_type=content_type).values_list("codename", "pk"))
