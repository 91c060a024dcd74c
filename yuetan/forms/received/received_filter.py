"""The filter of the ledger of 三书一函."""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

import django_filters
from django.db.models import Max, Min, Q, QuerySet

from yuetan.forms.frame.filters import LIGHTS, DayFilter, WordsFilter
from yuetan.forms.frame.options import FormData
from yuetan.forms.frame.subject_filters import AreaFilter
from yuetan.models import ReceivedLetter, Unit
from yuetan.models.received.letter import (
    CLOSED_UNREPLIED,
    IN_TIME,
    LATE,
    OF_STANDING,
    UNREPLIED,
    WITHOUT_REPLY,
    ReceivedLetterQuerySet,
    overdue,
)
from yuetan.rules.text.official_text import normalise_text
from yuetan.vocabulary import ReceivedKind, ReceivedStanding

REPLIES = (
    ("in_time", "按期回复（含没有期限的）"),
    ("late", "逾期回复"),
    ("unreplied", "未回复"),
    ("overdue", "逾期未回复"),
    ("without_reply", "未经回复即了结"),
    ("unit_ended", "不经回复办结（单位停用、没有承接单位）"),
    ("recalled", "未回复即由来函机关撤回"),
)
YES, OWN, OPEN_TASKS = "yes", "own", "open"


class ReplyLights(Protocol):
    """Which letters show which light for the reply they await."""

    def replies_showing(self, letters: QuerySet[ReceivedLetter], light: str) -> QuerySet[ReceivedLetter]:
        """The received letters whose reply shows this light."""


class ReceivedFilter(django_filters.FilterSet):
    """三书一函台账: by when it came, kind, standing, light, reply, tasks, unit with those below it, and words."""

    year = django_filters.ChoiceFilter(field_name="received_on__year", label="收到年度", empty_label="全部")
    kind = django_filters.ChoiceFilter(choices=ReceivedKind.choices, label="种类", empty_label="全部")
    standing = django_filters.ChoiceFilter(label="办理情况", empty_label="全部", method="by_standing")
    light = django_filters.ChoiceFilter(choices=LIGHTS, label="回复期限", empty_label="全部", method="by_light")
    replies = django_filters.ChoiceFilter(choices=REPLIES, label="回复情况", empty_label="全部", method="by_replies")
    repeated = django_filters.ChoiceFilter(
        choices=((YES, "重复事项"),), label="重复", empty_label="全部", method="by_repeated"
    )
    tasks = django_filters.ChoiceFilter(
        choices=((OPEN_TASKS, "有未销号任务"),), label="整改任务", empty_label="全部", method="by_tasks"
    )
    begin = DayFilter("收到日期从", "received_on", "gte")
    end = DayFilter("收到日期到", "received_on", "lte")
    area = AreaFilter("unit")
    only = django_filters.ChoiceFilter(
        choices=((OWN, "只看所选单位本身"),), label="单位范围", empty_label="所选单位及下级", method="by_only"
    )
    q = WordsFilter("文号、机关、事由、单位、拼音", "by_words")

    class Meta:
        model = ReceivedLetter
        fields = (
            *("year", "kind", "standing", "light", "replies", "repeated", "tasks"),
            *("begin", "end", "area", "only", "q"),
        )

    def __init__(
        self, data: FormData, queryset: ReceivedLetterQuerySet, *, lights: ReplyLights, sees_withdrawn: bool
    ) -> None:
        super().__init__(data or {}, queryset)
        self.lights = lights
        shown = [each for each in ReceivedStanding if sees_withdrawn or each != ReceivedStanding.WITHDRAWN]
        self.filters["standing"].extra["choices"] = [(each.value, each.label) for each in shown]
        self.filters["year"].extra["choices"] = lambda: self._years

    @cached_property
    def _years(self) -> list[tuple[int, str]]:
        ends = self.queryset.order_by().aggregate(first=Min("received_on"), last=Max("received_on"))
        years = range(ends["last"].year, ends["first"].year - 1, -1) if ends["last"] else range(0)
        return [(year, f"{year}年") for year in years]

    def filter_queryset(self, queryset: ReceivedLetterQuerySet) -> ReceivedLetterQuerySet:
        """What was withdrawn is listed where it is asked for alone."""
        if self.form.cleaned_data.get("standing") != ReceivedStanding.WITHDRAWN:
            queryset = queryset.in_force()
        return super().filter_queryset(queryset)

    def by_standing(self, letters: ReceivedLetterQuerySet, name: str, standing: str) -> QuerySet[ReceivedLetter]:
        """Where the reply stands."""
        return letters.filter(OF_STANDING[ReceivedStanding(standing)])

    def by_light(self, letters: ReceivedLetterQuerySet, name: str, light: str) -> QuerySet[ReceivedLetter]:
        """Those that await a reply and show one light today."""
        return self.lights.replies_showing(letters.unreplied(), light)

    def by_replies(self, letters: ReceivedLetterQuerySet, name: str, which: str) -> QuerySet[ReceivedLetter]:
        """As statistics count them."""
        return letters.filter(conditions_of_replies()[which])

    def by_repeated(self, letters: ReceivedLetterQuerySet, name: str, which: str) -> QuerySet[ReceivedLetter]:
        """Those whose matter came before."""
        return letters.repeating()

    def by_tasks(self, letters: ReceivedLetterQuerySet, name: str, which: str) -> QuerySet[ReceivedLetter]:
        """Those of which a task is not struck off."""
        return letters.with_open_tasks()

    def by_only(self, letters: ReceivedLetterQuerySet, name: str, which: str) -> QuerySet[ReceivedLetter]:
        """Those of the chosen unit itself."""
        unit = self.form.cleaned_data.get("area")
        return letters.filter(unit=unit) if unit else letters

    def by_words(self, letters: ReceivedLetterQuerySet, name: str, words: str) -> QuerySet[ReceivedLetter]:
        """Part of number, organ or matter, or the unit by its name, code or pinyin."""
        return letters.filter(with_words(normalise_text(words).strip()))


def conditions_of_replies() -> dict[str, Q]:
    """Which letters statistics count under each of REPLIES."""
    unreplied = {"unreplied": UNREPLIED, "overdue": overdue(), "without_reply": WITHOUT_REPLY}
    return {"in_time": IN_TIME, "late": LATE, **unreplied, **CLOSED_UNREPLIED}


def with_words(words: str) -> Q:
    """The condition that a letter is named so: by number, organ or matter, or by its unit."""
    named = Q(number__contains=words) | Q(organ__contains=words) | Q(matter__contains=words)
    return named | Q(unit__in=list(Unit.objects.matching(words).order_by().values_list("pk", flat=True)))
