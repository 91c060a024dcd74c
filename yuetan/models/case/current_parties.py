"""The parties of a case today: who was named, and once they have left their post, who holds it or acts for it now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Model

from yuetan.models.office.fixed_query import FixedQuery
from yuetan.models.office.office import OfficeSetting
from yuetan.models.office.read_once import once
from yuetan.models.people.delegation import LASTING_ON, LEADING_POSTS, Delegation, delegation_allowed, lasting_on
from yuetan.models.people.unit import Post, PostQuerySet, Unit
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import ONE_DAY
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import ACTING_FOR, HEAD_POSTS, NARROWED_POSTS, ROLE_OF_POST, Party, PostKind

if TYPE_CHECKING:
    from yuetan.models.case.case import Case
    from yuetan.models.case.issued_to_unit import IssuedToUnit
    from yuetan.models.people.user import User

APPROVING, ACTING_LEADERS = "approving_posts", "acting_leaders"
BY_OFFICE_RULE = "按办公室设定"
# The office's written rule of who acts for an office post from which everybody is recused.
ACTING_SETTINGS = {kind: party.value for party, kind in ACTING_FOR.items()}
PLACES = {kind.value: place for place, kind in enumerate(PostKind)}  # as Post orders a unit's people


@dataclass(frozen=True)
class Interviewers:
    """Who may interview today: holders of the post that the rules name, or who acts for it, and why."""

    kind: PostKind
    posts: list[Post]
    why_acting: str = ""  # empty where they hold the post that the rules name

    def acting_reason(self, post: Post) -> str:
        """组长赵四现任被约谈单位市公安局局长，应当回避，按办公室设定由第一副组长钱五代行; empty in one's own right."""
        if not self.why_acting:
            return ""
        return f"{self.why_acting}，{BY_OFFICE_RULE}由{post.get_kind_display()}{post.holder.name}代行"


def _posts_on(day: date) -> PostQuerySet:
    """Found from the few posts of the office, never by reading those of all units; with whether anybody delegates."""
    current, ever = Post.objects.current(day).order_by(), Post.objects.order_by()
    of_inner = current.filter(holder__in=current.filter(kind__in=ROLE_OF_POST).values("holder")).values("pk")
    of_leaders = ever.filter(holder__in=ever.filter(kind__in=LEADING_POSTS).values("holder")).values("pk")
    known = ever.filter(pk__in=of_leaders.union(of_inner)).annotate(somebody_delegates=Exists(lasting_on(day)))
    return known.select_related("holder", "unit__parent").order_by("began_on", "pk")


POSTS_ON = FixedQuery(_posts_on, date.min)


class CurrentParties:
    """All posts that who ever led the group has held, and all that the people of the office hold today: one query."""

    def __init__(self) -> None:
        self._posts: list[Any] = list(POSTS_ON.rows(clock.today()))
        self._of: dict[int, list[Post]] = defaultdict(list)
        for post in self._posts:
            self._of[post.holder_id].append(post)
        for own in self._of.values():
            _know_posts(own)

    @classmethod
    def today(cls) -> CurrentParties:
        """The parties of today, read once in a step or a request."""
        return once(("parties", clock.today()), cls.tables(), cls)

    @staticmethod
    def tables() -> list[type[Model]]:
        """Where this is read from."""
        return [Post, Unit, Delegation, Post._meta.get_field("holder").related_model, OfficeSetting]

    @cached_property
    def _settings(self) -> dict[str, list[PostKind]]:
        """Who decides and who acts for whom, read only where somebody is away or barred."""
        return OfficeSetting.objects.post_lists(APPROVING, ACTING_LEADERS, *ACTING_SETTINGS.values())

    def parties(self, case: Case) -> dict[Party, list[int]]:
        """Keys of the people who are what to a case now; nobody who holds a post in its unit (回避)."""
        return {
            Party.DRAFTER: self.drafters(case),
            Party.APPROVER: self._approvers(case),
            Party.INTERVIEWER: [post.holder_id for post in self.interviewers(case)],
            **self.acting(case),
        }

    def acting(self, subject: Case | IssuedToUnit) -> dict[Party, list[int]]:
        """Who acts for an office post from which everybody is recused."""
        return {party: self._acting(kind, subject) for party, kind in ACTING_FOR.items()}

    @cached_property
    def units_with_heads(self) -> set[int]:
        """Keys of the units for which somebody answers today."""
        return set(Post.objects.current().filter(kind__in=HEAD_POSTS).values_list("unit", flat=True))

    @cached_property
    def leaders(self) -> list[User]:
        """The leaders in office, each once, with what others let them decide."""
        held = [post for post in self._posts if post.kind in LEADING_POSTS and post.is_current]
        leaders = list({post.holder_id: post.holder for post in held}.values())
        for leader in leaders:
            leader.delegations_in_force = [one for one in self._delegations if one.delegate_id == leader.pk]
        return leaders

    @cached_property
    def _delegations(self) -> list[Delegation]:
        """What leaders let others decide today."""
        in_force = [one for one in self._not_over if one.begins_on <= clock.today()]
        if not in_force or not delegation_allowed():
            return []
        for one in in_force:
            one.delegator = self._person(one.delegator_id) or one.delegator
        return in_force

    @cached_property
    def _not_over(self) -> list[Delegation]:
        """Asked for only where the query of the posts has seen that there are any."""
        return list(LASTING_ON.rows(clock.today())) if any(post.somebody_delegates for post in self._posts) else []

    def _person(self, key: int) -> User | None:
        return next((post.holder for post in self._of.get(key, ())), None)

    def people(self, keys: Iterable[int]) -> list[User]:
        """Those of these people, by key, who are or were of the office or lead the group."""
        return [person for person in map(self._person, keys) if person is not None]

    def in_roles(self, roles: Collection[str], subject: Case | IssuedToUnit) -> list[User]:
        """Who is in one of these roles by a post of today, without those who hold a post in the unit (回避) and those
        without whom it was narrowed (知悉范围)."""
        held = [post for post in self._posts if post.is_current and ROLE_OF_POST.get(PostKind(post.kind)) in roles]
        people = [post.holder for post in held]
        return [one for one in people if not (subject.recuses(one) or subject.leaves_out(one))]

    def posts_without_reader(self, case: Case) -> list[PostKind]:
        """知悉范围: the posts of the office of which nobody who can go on with the case may know of it."""
        able = {kind: self._able(kind, case) for kind in NARROWED_POSTS}
        return [kind for kind, people in able.items() if people and all(map(case.leaves_out, people))]

    def _able(self, kind: PostKind, case: Case) -> list[User]:
        """Who could go on in such a post, whatever 知悉范围 says: its holders, or who acts for them all."""
        serving = [post.holder for post in self._posts if self._serves(post, case, kind)]
        if serving or not any(post.kind == kind and post.is_current for post in self._posts):
            return serving
        by_rule = self._settings[ACTING_SETTINGS[kind]]
        return [post.holder for post in self._posts if self._serves(post, case, *by_rule)]

    def deciders_by_post(self, case: Case) -> list[User]:
        """Holders of the posts to which the office gave approval, who decides in their stead, and who acts for all.

        Nobody who holds a post in the unit (回避), whatever else keeps them from deciding.
        """
        approving = [post for post in self._posts if post.is_current and post.kind in self._settings[APPROVING]]
        holders = {post.holder_id for post in approving}
        stand_ins = [one.delegate_id for one in self._delegations if one.delegator_id in holders]
        usual = self.people([*holders, *stand_ins])
        acting = [post.holder for post in self.acting_deciders(case, case.endorser_id)]
        return [person for person in usual if not person.is_recused_from(case.unit_id)] + acting

    @cached_property
    def delegation_days(self) -> list[date]:
        """Days with whose beginning another leader may decide, or may no longer."""
        return [day for one in self._not_over for day in (one.begins_on, one.ends_on + ONE_DAY)]

    def bars(self, post: Post, case: Case, day: date) -> list[Post]:
        """Posts that the holder of a leader's post held in the unit of the case on a day (回避)."""
        return [one for one in self._of[post.holder_id] if one.unit_id == case.unit_id and one.is_held_on(day)]

    def interviewers(self, case: Case) -> list[Post]:
        """The interviewer's post while it is held; then who holds it now; then who acts for it."""
        named = next((post for post in self._posts if post.pk == case.interviewer_id), None)
        if named is None:
            return []
        return self._eligible_posts(named, case) or self.interviewers_by_rule(case, case.acting_for or named.kind).posts

    def interviewers_by_rule(self, case: Case, kind: str) -> Interviewers:
        """Who may interview the unit, where the rules name this kind of post."""
        lawful = PostKind(kind)
        serving = [post for post in self._posts if self._serves(post, case, lawful)]
        if serving:
            return Interviewers(lawful, serving)
        return Interviewers(lawful, self._first_acting(case, [lawful]), self.why_nobody(case, lawful))

    def why_nobody(self, case: Case, *kinds: PostKind) -> str:
        """组长暂缺；第一副组长钱五现任被约谈单位市公安局局长，应当回避."""
        return "；".join(words for kind in kinds for words in self._why_nobody(case, kind))

    def vacant(self, *kinds: PostKind) -> list[PostKind]:
        """Which of these posts nobody holds today."""
        held = {post.kind for post in self._posts if post.is_current}
        return [kind for kind in kinds if kind not in held]

    def acting_deciders(self, case: Case | IssuedToUnit, checked_by: int | None) -> list[Post]:
        """Who decides where the office gave approval to posts that are all vacant or barred; else nobody acts."""
        barred, approving = {checked_by, *case.drafter_keys}, self._settings[APPROVING]
        usual = [post for post in self._posts if self._serves(post, case, *approving)]
        if any(post.holder_id not in barred for post in usual):
            return []
        return self._first_acting(case, approving, barred)

    def why_acting_decides(self, case: Case) -> str:
        """Why those to whom the office gave approval do not decide this one."""
        approving = self._settings[APPROVING]
        barred = {case.endorser_id, *case.drafter_keys}
        drafted = [f"{post.get_kind_display()}{post.holder.name}已拟稿或者核稿" for post in self._posts
                   if post.holder_id in barred and self._serves(post, case, *approving)]  # fmt: skip
        return "；".join(filter(None, [self.why_nobody(case, *approving), *drafted]))

    def _why_nobody(self, case: Case, kind: PostKind) -> Iterable[str]:
        held = [post for post in self._posts if post.kind == kind and post.is_current]
        if not held:
            yield f"{kind.label}暂缺"
        for post in held:
            titles = joined([one.title for one in self._posts_in_unit(post.holder_id, case)])
            if titles:
                yield f"{kind.label}{post.holder.name}现任被约谈单位{titles}，应当回避"

    def _first_acting(
        self, case: Case | IssuedToUnit, instead_of: Collection[str], barred: Collection[int | None] = ()
    ) -> list[Post]:
        """By the office's written rule: the first of its posts that somebody may act from."""
        for kind in self._settings[ACTING_LEADERS]:
            posts = [post for post in self._posts if self._serves(post, case, kind) and post.holder_id not in barred]
            if posts and kind not in instead_of:
                return posts
        return []

    def _acting(self, kind: PostKind, case: Case | IssuedToUnit) -> list[int]:
        """Who acts where everybody in an office post is recused; for a vacant post nobody does, it is filled.

        Where none of those may know of it (知悉范围), the first leader acts for the director, who can widen it.
        """
        held = [self._serves(post, case, kind) for post in self._posts if post.kind == kind and post.is_current]
        if not held or any(held):
            return []
        barred = case.drafter_keys if kind == PostKind.OFFICE_DIRECTOR else set()
        by_rule = self._settings[ACTING_SETTINGS[kind]]
        serving = ({post.holder_id for post in self._posts if self._goes_on(post, case, one)} for one in by_rule)
        people = next(filter(None, (people - barred for people in serving)), set())
        if not people and kind == PostKind.OFFICE_DIRECTOR and case.readers is not None:
            people = {post.holder_id for post in self._first_acting(case, (), barred)}
        return sorted(people)

    def drafters(self, case: Case | IssuedToUnit) -> list[int]:
        """The drafter; once they have left, every case officer, as for all other work on a case."""
        officers = [post.holder_id for post in self._posts if self._goes_on(post, case, PostKind.CASE_OFFICER)]
        return (
            [case.drafter_id] if case.drafter_id in officers else officers or self._acting(PostKind.CASE_OFFICER, case)
        )

    def _approvers(self, case: Case) -> list[int]:
        """Who decided, and in whose stead; once none of them may, who holds their posts; then who may decide today."""
        people = [person for person in (case.approver_id, case.approved_for_id) if person]
        leaders = {post.holder_id for post in self._posts if self._serves(post, case, *LEADING_POSTS)}
        if not people or leaders.intersection(people):
            return [person for person in people if person in leaders]
        then = [post for person in people for post in self._of[person] if _led_on(post, case.approved_on)]
        return sorted({now.holder_id for post in then for now in self._eligible_posts(post, case)}) or sorted(leaders)

    def _eligible_posts(self, post: Post, case: Case) -> list[Post]:
        """Who holds a post; who took it up when it was left; else who else holds a post like it."""
        alike = [one for one in self._posts if one.unit_id == post.unit_id and one.kind == post.kind]
        after = [one for one in alike if post.ended_on is not None and one.began_on >= post.ended_on]
        circles: Iterable[list[Post]] = ([post], after, alike)
        serving = ([one for one in circle if self._serves(one, case, post.kind)] for circle in circles)
        return next((circle for circle in serving if circle), [])

    def _serves(self, post: Post, case: Case | IssuedToUnit, *kinds: str) -> bool:
        return post.kind in kinds and post.is_current and not self._posts_in_unit(post.holder_id, case)

    def _goes_on(self, post: Post, case: Case | IssuedToUnit, *kinds: str) -> bool:
        """As `_serves`, for those who may know of it (知悉范围)."""
        return self._serves(post, case, *kinds) and not case.leaves_out(post.holder)

    def _posts_in_unit(self, person: int, case: Case | IssuedToUnit) -> list[Post]:
        return [post for post in self._of[person] if post.is_current and case.concerns(post.unit)]


def _know_posts(posts: list[Post]) -> None:
    """Let all posts of one person be held by one object, which knows those of today and need not ask."""
    holder, today = posts[0].holder, [post for post in posts if post.is_current]
    today.sort(key=lambda post: (post.unit.code, PLACES[post.kind], -post.began_on.toordinal()))
    holder.current_posts = today
    for post in posts:
        post.holder = holder


def _led_on(post: Post, day: date | None) -> bool:
    """Whether it was a leader's post then; who decided in the morning may have left by the evening."""
    return bool(day and post.kind in LEADING_POSTS and post.began_on <= day <= (post.ended_on or day))
