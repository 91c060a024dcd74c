"""Who takes part in bulk data: the demonstration's office, and heads and a liaison for every unit."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import Group
from django.db.models import Model, Q

from yuetan.errors import Reason, Refused
from yuetan.models import Post, Unit, User
from yuetan.models.people.unit import UnitQuerySet
from yuetan.rules.text import official_text
from yuetan.scenarios.demo.people import IN_OFFICE_SINCE, engage
from yuetan.vocabulary import HEAD_POSTS, POSTS_OF_UNIT_KIND, ROLE_OF_POST, Party, PostKind, Rank, UnitKind

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
TITLES = {
    PostKind.UNIT_HEAD: "主要负责人",
    PostKind.PARTY_SECRETARY: "党（工）委书记",
    PostKind.GOVERNMENT_HEAD: "政府（办事处）主要负责人",
    PostKind.LIAISON: "联络员",
}
UNIT_KEY = "（单位的编号）"  # stands for it in a text that is bound by its digest
MAX_NUMBERED = 99_998  # beyond it people are called alike, as people are
NOT_IN_NAMES = frozenset('"\\<>&\n')  # would have to be written otherwise in a paper or in JSON


@dataclass(frozen=True)
class UnitSide:
    """One unit with those who answer for it in bulk data."""

    unit: Unit
    head: Post
    liaison: Post

    @property
    def likeness(self) -> tuple[str, str]:
        """Units alike in it have the same grounds and the same interviewer."""
        return self.unit.kind, self.head.rank

    def own_rows(self) -> list[Model]:
        """Every row that a case points to because it is this unit's, always in one order."""
        names = [self.unit.group_name(party) for party in (Party.UNIT_HEAD, Party.UNIT_LIAISON)]
        groups = {group.name: group for group in Group.objects.filter(name__in=names)}
        people = [self.head, self.liaison, self.head.holder, self.liaison.holder]
        return [self.unit, *people, *(groups[name] for name in names)]

    def words(self) -> list[str]:
        """Every word of a text that is this unit's, always in one order; raises Refused for a name with marks."""
        posts = (self.head, self.liaison)
        words = [self.unit.full_name, self.unit.name, self.unit.code]
        words += [word for post in posts for word in (post.full_title, post.holder.title, post.holder.name)]
        if any(NOT_IN_NAMES.intersection(word) for word in words):
            raise Refused(Reason(f"单位“{self.unit.name}”的名称或人员姓名含有标记符号，不能用于生成事项。"))
        return words


def populate(people: Path) -> None:
    """Engage the office where nobody is there yet, and heads and liaisons for every unit that has none."""
    if not User.objects.exists():
        engage(people, None)
    engage_everybody()


def engage_everybody() -> None:
    """Engage heads and liaisons for every unit that has none."""
    vacant = list(_vacant())
    begin = User.objects.count() + 1
    people_made = User.objects.bulk_create(
        User.objects.unsaved_person(
            f"{SURNAMES[n % len(SURNAMES)]}{official_text.chinese_number(n % MAX_NUMBERED + 1)}"
        )
        for n, _ in enumerate(vacant, start=begin)
    )
    Post.objects.bulk_create(
        Post(unit=unit, holder=user, kind=kind, title=TITLES[kind], rank=_rank(unit, kind), began_on=IN_OFFICE_SINCE)
        for (unit, kind), user in zip(vacant, people_made, strict=True)
    )
    groups = dict(Group.objects.values_list("name", "pk"))
    User.groups.through.objects.bulk_create(
        User.groups.through(user=user, group_id=groups[unit.group_name(_party(kind))])
        for (unit, kind), user in zip(vacant, people_made, strict=True)
    )


def _vacant() -> Iterator[tuple[Unit, PostKind]]:
    held: dict[int, set[str]] = {}
    for unit_id, kind in Post.objects.current().values_list("unit", "kind"):
        held.setdefault(unit_id, set()).add(kind)
    for unit in Unit.objects.interviewed().in_use():
        for post in POSTS_OF_UNIT_KIND[UnitKind(unit.kind)]:
            if post in TITLES and post not in held.get(unit.pk, ()):
                yield unit, post


def _party(kind: PostKind) -> Party:
    return Party.UNIT_HEAD if kind in HEAD_POSTS else Party.UNIT_LIAISON


def _rank(unit: Unit, kind: PostKind) -> str:
    if kind not in HEAD_POSTS or unit.kind == UnitKind.MEMBER_UNIT:
        return ""
    division = unit.kind == UnitKind.COUNTY or unit.name.endswith("街道")
    return Rank.DIVISION if division else Rank.BELOW_DIVISION


Sides = dict[tuple[str, str], list[UnitSide]]


def unit_sides(*, excluded: Collection[int] = ()) -> Sides:
    """Every unit that can be interviewed and in which nobody of the office holds a post, by its likeness.

    `excluded` are keys of units that are left out.
    """
    alike: Sides = {}
    for side in _sides(units_apart().exclude(pk__in=excluded)):
        alike.setdefault(side.likeness, []).append(side)
    return dict(sorted(alike.items(), key=lambda item: -len(item[1])))


def units_apart() -> UnitQuerySet:
    """Every unit that can be interviewed and in which nobody of the office holds a post, by their codes."""
    inner = Post.objects.current().filter(kind__in=ROLE_OF_POST).values("holder")
    recused = Post.objects.current().filter(holder__in=inner).values("unit")
    return Unit.objects.interviewed().in_use().exclude(pk__in=recused).order_by("code")


def _sides(units: UnitQuerySet) -> Iterator[UnitSide]:
    for unit in units.select_related("parent"):
        posts = list(unit.posts.current().as_named().select_related("holder", "unit__parent"))
        head = next(post for post in posts if post.kind in HEAD_POSTS)
        yield UnitSide(unit, head, next(post for post in posts if post.kind == PostKind.LIAISON))


def unmistakable(sides: list[UnitSide], excluded: Collection[int] = ()) -> UnitSide:
    """The first of them whose people's names are part of nobody else's in the office, nor of anybody's of these units.

    Raises StopIteration if none.
    """
    named = Q(posts__kind__in=ROLE_OF_POST) | Q(posts__unit__in=excluded)
    office = "、".join(User.objects.filter(named).values_list("name", flat=True))
    return next(side for side in sides if not any(post.holder.name in office for post in (side.head, side.liaison)))
