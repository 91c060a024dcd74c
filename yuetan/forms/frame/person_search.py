"""One person among more than a list can hold: by name, account, unit, or initials of the name's pinyin."""

from __future__ import annotations

import re

from django import forms
from django.db.models import Prefetch, Q, QuerySet

from yuetan.forms.frame.name_search import MAX_CANDIDATES, MAX_OFFERED, Finder, SearchedChoiceField
from yuetan.forms.frame.options import field_of
from yuetan.forms.frame.unit_search import UnitFinder
from yuetan.models import Post, Unit, User
from yuetan.rules.text.person_names import person_name

NO_POST = "现无任职"
_NUMBERED = re.compile(r"（编号(\d{1,12})，")


def _with_posts(people: QuerySet[User]) -> QuerySet[User]:
    """Each with the posts they hold today, in one query more."""
    current = Post.objects.current().select_related("unit__parent").order_by("pk")
    return people.prefetch_related(Prefetch("posts", current, to_attr="posts_now"))


def _titles(person: User) -> str:
    posts: list[Post] = person.posts_now  # type: ignore[attr-defined] # prefetched above
    return "、".join(post.full_title for post in posts) or NO_POST


class PersonFinder(Finder[User]):
    """冯十（编号12，蓬江区棠下镇党委书记): by name and number, because names and posts are shared."""

    noun, counted, name, known_by = "人员", "名", "姓名", "姓名、账号、单位或者拼音"
    hint = "填姓名或者账号，也可以填姓名的一部分、拼音首字母、现任职的单位，填好后查找，再从符合的人员里选择。"
    longest = 300

    def words_of(self, person: User) -> str:
        """冯十（编号12，蓬江区棠下镇党委书记）."""
        return f"{person.name}（编号{person.pk}，{_titles(person)}）"

    def remark_on(self, person: User) -> str:
        """账号feng10, of who has an account."""
        return f"账号{person.username}" if person.username else "没有账号"

    def called(self, words: str) -> list[User]:
        """Of that number and name, or that account, or that whole name."""
        known = _with_posts(self.rows)
        if numbered := _NUMBERED.search(words):
            named = words[: numbered.start()].strip()
            return list(known.filter(pk=int(numbered[1]), name=named))
        return list(known.filter(username=words)) or list(known.filter(name=person_name(words))[: MAX_CANDIDATES + 1])

    def like(self, words: str) -> list[User]:
        """Whose name, pinyin, account or unit of today the words are part of."""
        finder = UnitFinder(Unit.objects.all())
        units = finder.called(words) or finder.like(words)
        held = Post.objects.current().filter(unit__in=[unit.pk for unit in units]).order_by().values("holder")
        named = User.objects.matching(words).order_by().values("pk")
        alike = Q(pk__in=named) | Q(username__startswith=words) | Q(pk__in=held)
        return list(_with_posts(self.rows.filter(alike))[: MAX_CANDIDATES + 1])

    def of_key(self, key: object) -> User | None:
        """With the posts of today, which stand in the words."""
        return _with_posts(User.objects.filter(pk=int(str(key)))).first()


class PersonChoiceField(SearchedChoiceField[User]):
    """A person in a list; of more than a list can hold, by their words."""

    def label_from_instance(self, person: User) -> str:
        """冯十（蓬江区棠下镇党委书记）."""
        return f"{person.name}（{_titles(person)}）"


def offer_people(form: forms.BaseForm, name: str, people: QuerySet[User]) -> None:
    """Let a field of a form be one of these people; more than a list can hold are found by their names."""
    field = field_of(form, name, PersonChoiceField)
    ordered = people.order_by("name", "pk")
    offered = list(_with_posts(ordered)[: MAX_OFFERED + 1])
    if len(offered) > MAX_OFFERED:
        return field.search(PersonFinder(ordered))
    field.queryset = people
    none_yet = [] if field.empty_label is None else [("", field.empty_label)]
    field.choices = [*none_yet, *(field.line(person) for person in offered)]
    return None
