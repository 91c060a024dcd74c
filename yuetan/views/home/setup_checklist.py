"""What a new office still lacks before its first proposal, for who keeps units and accounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from yuetan import permissions
from yuetan.models import CalendarYear, Case, Event, NumberEntry, Post, Unit, User
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import HEAD_POSTS, PostKind, UnitKind

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
    posts = list(Post.objects.current().select_related("unit", "holder"))
    yield _interviewed_units()
    yield _leaders(posts)
    yield _accounts(posts)
    yield _prefixes()
    yield _arrangement()
    words = "由承办人登录后提出；本表随后不再显示"
    yield SetupStep("第一件约谈建议", done=False, words=words, url="")


def _interviewed_units() -> SetupStep:
    count = Unit.objects.in_use().interviewed().count()
    words = f"已登记 {count} 个可以约谈的单位" if count else "还没有登记可以约谈的成员单位、市（区）、镇（街）"
    return SetupStep("单位", bool(count), words, reverse("unit_list"))


def _leaders(posts: list[Post]) -> SetupStep:
    held = {post.kind for post in posts}
    lacking = [kind.label for kind in NEEDED_POSTS if kind not in held]
    headed = {post.unit_id for post in posts if post.kind in HEAD_POSTS}
    headless = Unit.objects.in_use().interviewed().exclude(pk__in=headed).count()
    missing = [f"还没有登记{joined(lacking)}"] if lacking else []
    missing += [f"{headless} 个单位没有登记主要领导，对它们的约谈建议不能报核"] if headless else []
    return SetupStep("领导和任职", not missing, "；".join(missing) or "都已登记", reverse("unit_list"))


def _accounts(posts: list[Post]) -> SetupStep:
    inner = [post for post in posts if post.unit.kind in (UnitKind.OFFICE, UnitKind.LEADING_GROUP)]
    lacking = sorted({post.holder.name for post in inner if not post.holder.username})
    words = f"市扫黑办、领导小组有 {len(lacking)} 人没有账号：{joined(lacking[:10])}" if lacking else "都已开设"
    units = sorted({post.unit_id for post in inner if not post.holder.username})
    url = reverse("unit", args=[units[0]]) if units else reverse("unit_list")
    has_office = {post.kind for post in inner if post.holder.username} >= set(NEEDED_POSTS)
    return SetupStep("账号", has_office and not lacking, words if inner else "还没有可以登录的人员", url)


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
