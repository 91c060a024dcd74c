"""Who takes part in seeded cases: the demonstration's office, and heads and a liaison for every unit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import Group

from yuetan.actions.demo_people import IN_OFFICE_SINCE, engage
from yuetan.models import Post, Unit, User
from yuetan.rules.text import official_text
from yuetan.vocabulary import HEAD_POSTS, POSTS_OF_UNIT_KIND, Party, PostKind, Rank, UnitKind

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
TITLES = {
    PostKind.UNIT_HEAD: "主要负责人",
    PostKind.PARTY_SECRETARY: "党（工）委书记",
    PostKind.GOVERNMENT_HEAD: "政府（办事处）主要负责人",
    PostKind.LIAISON: "联络员",
}


@dataclass(frozen=True)
class Actor:
    """A person with the words an event keeps of the post."""

    user: User
    title: str

    @property
    def described(self) -> str:
        """姓名（职务）."""
        return f"{self.user.name}（{self.title}）"


@dataclass(frozen=True)
class Side:
    """One unit with those who answer for it."""

    unit: Unit
    heads: tuple[Post, ...]
    head: Actor
    liaison: Actor
    groups: dict[Party, int]


@dataclass(frozen=True)
class Office:
    """The leading group and its office, by post."""

    by_post: dict[PostKind, list[tuple[Post, Actor]]]

    def everyone(self, kind: PostKind) -> list[Actor]:
        """Everybody who holds a post."""
        return [actor for _, actor in self.by_post[kind]]

    def post(self, kind: PostKind) -> Post:
        """The first who holds a post, as a post."""
        return self.by_post[kind][0][0]


def populate(people: Path) -> None:
    """Engage the office where nobody is there yet, and heads and liaisons for every unit that has none."""
    if not User.objects.exists():
        engage(people, None)
    vacant = [(unit, kind) for unit in Unit.objects.interviewed().in_use() for kind in _vacant(unit)]
    begin = User.objects.count() + 1
    people_made = User.objects.bulk_create(
        User(name=f"{SURNAMES[n % len(SURNAMES)]}{official_text.chinese_number(n)}", password="!")  # nosec B106
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


def _vacant(unit: Unit) -> list[PostKind]:
    taken = set(unit.posts.current().values_list("kind", flat=True))
    return [kind for kind in POSTS_OF_UNIT_KIND[UnitKind(unit.kind)] if kind not in taken]


def _party(kind: PostKind) -> Party:
    return Party.UNIT_HEAD if kind in HEAD_POSTS else Party.UNIT_LIAISON


def _rank(unit: Unit, kind: PostKind) -> str:
    if kind not in HEAD_POSTS or unit.kind == UnitKind.MEMBER_UNIT:
        return ""
    division = unit.kind == UnitKind.COUNTY or unit.name.endswith("街道")
    return Rank.DIVISION if division else Rank.BELOW_DIVISION


def office() -> Office:
    """Everybody of the leading group and its office."""
    by_post: dict[PostKind, list[tuple[Post, Actor]]] = {}
    kinds = (*POSTS_OF_UNIT_KIND[UnitKind.LEADING_GROUP], *POSTS_OF_UNIT_KIND[UnitKind.OFFICE])
    posts = Post.objects.current().filter(kind__in=kinds).select_related("holder", "unit__parent").order_by("pk")
    for post in posts:
        by_post.setdefault(PostKind(post.kind), []).append((post, Actor(post.holder, post.holder.title)))
    return Office(by_post)


def sides() -> list[Side]:
    """Every unit that can be interviewed, with its people."""
    groups = dict(Group.objects.values_list("name", "pk"))
    found = []
    for unit in Unit.objects.interviewed().in_use().select_related("parent"):
        posts = list(unit.posts.current().select_related("holder", "unit__parent").order_by("pk"))
        heads = tuple(post for post in posts if post.kind in HEAD_POSTS)
        liaison = next(post for post in posts if post.kind == PostKind.LIAISON)
        of_parties = {party: groups[unit.group_name(party)] for party in (Party.UNIT_HEAD, Party.UNIT_LIAISON)}
        found.append(Side(unit, heads[:1], _actor(heads[0]), _actor(liaison), of_parties))
    return found


def _actor(post: Post) -> Actor:
    return Actor(post.holder, post.full_title)
