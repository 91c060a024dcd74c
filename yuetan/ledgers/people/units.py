"""The ledger of units: who heads them, and what is under way about them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import OuterRef, Prefetch, QuerySet

from yuetan import permissions
from yuetan.forms.frame.options import FormData
from yuetan.forms.people.unit_filter import UnitFilter, UnitMatters
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.ledgers.ledger import MAX_COUNTED, Column, Ledger, Line, capped_number
from yuetan.models import Case, Letter, Post, Task, Unit, User
from yuetan.models.people.unit import PRECEDENCE
from yuetan.rules.dates.deadlines import Light
from yuetan.vocabulary import HEAD_POSTS, POSTS_OF_UNIT_KIND, PostKind, UnitKind

HEADS = (*HEAD_POSTS, *POSTS_OF_UNIT_KIND[UnitKind.LEADING_GROUP])
MATTER_KEYS = ("cases", "tasks", "overdue", "letters")


def _posts_in_words(posts: Sequence[Post]) -> str:
    return "、".join(f"{post.title}{post.holder.name}" for post in posts)


class UnitLedger(Ledger[Unit]):
    """Every unit by its code."""

    key, title, list_url, permission = "units", "单位台账", "unit_list", "see_units"
    columns = (
        Column("代码", 16, lambda line: line["unit"].code),
        Column("单位", 30, lambda line: line["unit"].shown_name),
        Column("类别", 12, lambda line: line["unit"].get_kind_display()),
        Column("上级单位", 16, lambda line: line["unit"].parent.name if line["unit"].parent else ""),
        Column("主送机关", 30, lambda line: line["unit"].organs_addressed if line["unit"].heads_name else ""),
        Column("现任主要领导", 40, lambda line: _posts_in_words(line["unit"].heads_now)),
        Column("联络员", 24, lambda line: _posts_in_words(line["unit"].liaisons_now)),
        Column("在办约谈事项", 12, lambda line: line["counts"]["cases"], inner=True),
        Column("未销号整改任务", 14, lambda line: line["counts"]["tasks"], inner=True),
        Column("逾期未报告", 12, lambda line: line["counts"]["overdue"], inner=True),
        Column("待答复提醒函", 12, lambda line: line["counts"]["letters"], inner=True),
        Column("停用日期", 14, lambda line: line["unit"].retired_on),
    )

    def unlimited(self, user: User, data: FormData) -> UnitFilter:
        """By kind, unit, what is lacking, what is under way, year, in use or not, and words."""
        units = Unit.objects.select_related("parent").order_by("code")
        return UnitFilter(data, units, user=user, matters=_matters(user))

    def with_relations(self, rows: QuerySet[Unit]) -> QuerySet[Unit]:
        """Each with who heads it and who is its liaison today."""
        current = Post.objects.current().select_related("holder").order_by(PRECEDENCE, "began_on")
        return rows.prefetch_related(
            Prefetch("posts", current.filter(kind__in=HEADS), to_attr="heads_now"),
            Prefetch("posts", current.filter(kind=PostKind.LIAISON), to_attr="liaisons_now"),
        )

    def lines(self, rows: Sequence[Unit], user: User) -> list[Line]:
        """The unit with what is under way about it, as far as the person may see it."""
        counts = _matter_counts(rows, _matters(user))
        return [{"unit": unit, "counts": counts.get(unit.pk, dict.fromkeys(MATTER_KEYS, ""))} for unit in rows]


def _matters(user: User) -> UnitMatters:
    """Of who may see no cases nothing."""
    if not user.has_perm(permissions.name("see_inner_case")):
        return {}
    tasks = Task.objects.visible_to(user)
    return {
        "cases": (Case.objects.visible_to(user).open(), "unit"),
        "tasks": (tasks.unfinished(), "unit"),
        "overdue": (DeadlineLights.now().showing(tasks, Light.RED), "unit"),
        "letters": (Letter.objects.visible_to(user).awaiting_answer(), "unit"),
    }


def _matter_counts(units: Sequence[Unit], matters: UnitMatters) -> dict[int, dict[str, int | str]]:
    """Of each unit how much of each matter there is, in one query; counted no further than to MAX_COUNTED."""
    if not matters or not units:
        return {}
    counted = [capped_number(rows.filter(**{to_unit: OuterRef("pk")})) for rows, to_unit in matters.values()]
    rows = Unit.objects.filter(pk__in=[unit.pk for unit in units]).order_by().values_list("pk", *counted)
    return {key: dict(zip(matters, map(_capped_words, counts), strict=True)) for key, *counts in rows}


def _capped_words(count: int) -> int | str:
    return f"{MAX_COUNTED}+" if count > MAX_COUNTED else count
