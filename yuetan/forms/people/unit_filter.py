"""The filter of the ledger of units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import django_filters
from django.db.models import Model, QuerySet

from yuetan.forms.frame.filters import WordsFilter
from yuetan.forms.frame.options import FormData
from yuetan.forms.frame.subject_filters import AreaFilter
from yuetan.models import Case, Post, Unit, User
from yuetan.models.people.unit import UnitQuerySet
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import normalise_text
from yuetan.vocabulary import HEAD_POSTS, PostKind, UnitKind

STATES = (("in_use", "在用"), ("retired", "已停用"))
LACKING = (("head", "未登记主要领导"), ("liaison", "未登记联络员"), ("account", "没有人能登录"))
MATTERS = (
    ("cases", "有在办的约谈事项"),
    ("tasks", "有未销号的整改任务"),
    ("overdue", "有逾期未报告的整改任务"),
    ("letters", "有待答复的提醒函"),
)
# Of each of these what the person may see, and what leads from a row to its unit; nothing for who may see no cases.
UnitMatters: TypeAlias = Mapping[str, tuple[QuerySet[Model], str]]
ORDERS = {"name": ("initials", "code"), "kind": ("kind", "code")}


class UnitFilter(django_filters.FilterSet):
    """单位: kind, unit with those below it, in use or not, what is lacking, what is under way, order, and words."""

    kind = django_filters.ChoiceFilter(choices=UnitKind.choices, label="类别", empty_label="全部")
    area = AreaFilter("pk")
    lacking = django_filters.ChoiceFilter(choices=LACKING, label="任职", empty_label="全部", method="by_lacking")
    matters = django_filters.ChoiceFilter(choices=MATTERS, label="在办", empty_label="全部", method="by_matters")
    year = django_filters.ChoiceFilter(label="约谈年度", empty_label="全部", method="by_year")
    state = django_filters.ChoiceFilter(choices=STATES, label="状态", empty_label="全部", method="by_state")
    sort = django_filters.ChoiceFilter(
        choices=(("name", "名称，按拼音首字母"), ("kind", "类别，同类按代码")),
        label="排序",
        empty_label="代码，由小到大",
        method="by_sort",
    )
    q = WordsFilter("名称、拼音、代码", "by_words")

    class Meta:
        model = Unit
        fields = ("kind", "area", "lacking", "matters", "year", "state", "sort", "q")

    def __init__(self, data: FormData, queryset: QuerySet[Unit], *, user: User, matters: UnitMatters) -> None:
        super().__init__(data, queryset)
        self.user, self.matters = user, matters
        if not matters:
            del self.filters["matters"], self.filters["year"]
            return
        years = range(clock.today().year, clock.today().year - 10, -1)
        self.filters["year"].extra["choices"] = [(str(year), f"{year}年") for year in years]

    def by_lacking(self, units: UnitQuerySet, name: str, what: str) -> QuerySet[Unit]:
        """Units of the interviewed side, in use, of which nobody of this kind is registered today."""
        current = Post.objects.current().order_by()
        held = {
            "head": current.filter(kind__in=HEAD_POSTS),
            "liaison": current.filter(kind=PostKind.LIAISON),
            "account": current.exclude(holder__username=None).filter(holder__is_active=True),
        }[what]
        return units.interviewed().in_use().exclude(pk__in=held.values("unit"))

    def by_matters(self, units: UnitQuerySet, name: str, what: str) -> QuerySet[Unit]:
        """Units about which something of this kind that the person may see is under way."""
        rows, to_unit = self.matters[what]
        return units.filter(pk__in=rows.order_by().values(to_unit))

    def by_year(self, units: UnitQuerySet, name: str, year: str) -> QuerySet[Unit]:
        """Units with a case of this year that the person may see."""
        cases = Case.objects.visible_to(self.user).filter(register_year=int(year)).order_by()
        return units.filter(pk__in=cases.values("unit"))

    def by_state(self, units: UnitQuerySet, name: str, state: str) -> QuerySet[Unit]:
        """In use, or retired."""
        return units.in_use() if state == "in_use" else units.exclude(retired_on=None)

    def by_sort(self, units: UnitQuerySet, name: str, order: str) -> QuerySet[Unit]:
        """In another order than by code."""
        return units.order_by(*ORDERS[order])

    def by_words(self, units: UnitQuerySet, name: str, words: str) -> QuerySet[Unit]:
        """Part of a name it bears or has borne, initials or code."""
        return units.matching(normalise_text(words).strip())
