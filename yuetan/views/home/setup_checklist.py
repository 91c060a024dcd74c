"""What a new office still lacks before its first proposal, for who keeps units and accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from yuetan import permissions
from yuetan.models import CalendarYear, Case, Event, NumberEntry, Post, Unit, User
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import HEAD_POSTS, ImportKind, PostKind, UnitKind
from yuetan.vocabulary.naming import in_names

NEEDED_POSTS = (PostKind.OFFICE_DIRECTOR, PostKind.CASE_OFFICER, PostKind.SUPERVISOR, PostKind.GROUP_LEADER)
CHANGES_OF_SETTINGS = ("change_office_setting", "confirm_office_setting")


@dataclass(frozen=True)
class SetupStep:
    """One line of the list: what is needed, whether it is there, what is missing, and the page where it is entered.

    `url` is empty where the person may not open that page; `words` then names who enters it.
    """

    label: str
    done: bool
    words: str
    url: str


def setup_checklist(user: User) -> list[SetupStep]:
    """Every step with its state, in their order; empty for others, and once the first case is there."""
    if not user.has_perm(permissions.name("keep_units")) or Case.objects.exists():
        return []
    return list(_steps())


def _steps() -> Iterator[SetupStep]:
    inner = Post.objects.current().filter(unit__kind__in=(UnitKind.OFFICE, UnitKind.LEADING_GROUP))
    posts = list(inner.select_related("holder"))
    yield _interviewed_units()
    yield _leaders(posts)
    yield _accounts(posts)
    yield _prefixes()
    yield _arrangement()
    words = "由承办人登录后提出；本表随后不再显示"
    yield SetupStep("第一件约谈建议", done=False, words=words, url="")


def _interviewed_units() -> SetupStep:
    count = Unit.objects.in_use().interviewed().count()
    words = (
        f"已登记 {count} 个可以约谈的单位"
        if count
        else "还没有登记可以约谈的成员单位、市（区）、镇（街），可以用表格导入"
    )
    return SetupStep("单位", bool(count), words, reverse("unit_list") if count else _import_url(ImportKind.UNITS))


def _import_url(kind: ImportKind) -> str:
    return f"{reverse('import_list')}?kind={kind}"


def _leaders(posts: Iterable[Post]) -> SetupStep:
    lacking = _lacking(posts)
    headed = Post.objects.current().filter(kind__in=HEAD_POSTS).values("unit")
    headless = Unit.objects.in_use().interviewed().exclude(pk__in=headed).count()
    missing = [f"还没有登记{joined(lacking)}"] if lacking else []
    missing += [f"{headless} 个单位没有登记主要领导，对它们的约谈建议不能报核，可以用表格导入"] if headless else []
    url = _import_url(ImportKind.POSTS) if headless else reverse("unit_list")
    return SetupStep("领导和任职", not missing, "；".join(missing) or "都已登记", url)


def _accounts(posts: Iterable[Post]) -> SetupStep:
    without = [post for post in posts if not post.holder.username]
    names = sorted({post.holder.name for post in without})
    lacking = _lacking(post for post in posts if post.holder.username)
    url = reverse("unit", args=[without[0].unit_id]) if without else reverse("unit_list")
    if names:
        words = in_names(
            "{the_office}、{the_group}有 {count} 人没有账号：{some}", count=len(names), some=joined(names[:10])
        )
    else:
        words = f"还没有可以登录的{joined(lacking)}" if lacking else "都已开设"
    return SetupStep("账号", not names and not lacking, words, url)


def _lacking(posts: Iterable[Post]) -> list[str]:
    """The posts without which no case gets through the office and that are not among these."""
    held = {post.kind for post in posts}
    return [kind.label for kind in NEEDED_POSTS if kind not in held]


def _prefixes() -> SetupStep:
    """The marks stand for a name of the office that was loaded: they are checked once a paper or a change uses them."""
    checked = NumberEntry.objects.exists() or Event.objects.filter(verb__in=CHANGES_OF_SETTINGS).exists()
    words = "已修改过或者已用过" if checked else "由办公室主任在“办公室设定”里核对各种文书的机关代字，不对的修改"
    return SetupStep("机关名称、机关代字", checked, words, "")


def _arrangement() -> SetupStep:
    awaited = CalendarYear.awaited()
    years = joined([f"{year}年" for year in awaited])
    words = f"{years}放假安排由办公室主任载入" if awaited else "已载入"
    return SetupStep("放假安排", not awaited, words, reverse("calendar"))
