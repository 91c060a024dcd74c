"""The filter of the ledger of 提醒函."""

import django_filters
from django.db.models import F, Q, QuerySet

from yuetan.forms.frame.filters import LIGHTS, AnswerLights, WordsFilter, YearFilter
from yuetan.forms.frame.occasions import OccasionDayFilter, OccasionFilter, OccasionFilterSet
from yuetan.forms.frame.options import FormData
from yuetan.forms.frame.person_filters import OfficerFilter, TurnFilter
from yuetan.forms.frame.subject_filters import AreaFilter
from yuetan.models import Letter, Unit
from yuetan.models.letter.letter import LetterQuerySet
from yuetan.models.office.written_words import matching_any
from yuetan.models.record.occasions import Occasion, at_moments
from yuetan.rules.dates import clock
from yuetan.vocabulary import LetterState

ANSWERS = (("awaited", "待答复"), ("overdue", "逾期未答复"), ("given", "已答复"), ("late", "逾期答复"))


LETTER_OCCASIONS = (
    Occasion("drafted", "起草", "created_at", at_moments, inner=True),
    Occasion("issued", "印发", "document__issued_at", at_moments),
    Occasion("due", "答复期限", "answer_until"),
    Occasion("answered", "答复", "answered_at", at_moments),
)


class LetterFilter(OccasionFilterSet):
    """提醒函: state, answer, light, year, whose turn, unit with those below it, people, days, and words."""

    year = YearFilter("document__year")
    state = django_filters.ChoiceFilter(choices=LetterState.choices, label="状态", empty_label="全部")
    answer = django_filters.ChoiceFilter(choices=ANSWERS, label="答复", empty_label="全部", method="by_answer")
    light = django_filters.ChoiceFilter(choices=LIGHTS, label="时限状态", empty_label="全部", method="by_light")
    turn = TurnFilter("letter")
    area = AreaFilter("unit")
    officer = OfficerFilter("drafter", label="起草人")
    approver = OfficerFilter("approver", label="签发领导")
    dated = OccasionFilter(LETTER_OCCASIONS)
    begin = OccasionDayFilter("从")
    end = OccasionDayFilter("到")
    sort = django_filters.ChoiceFilter(
        choices=(("due", "答复期限，先到的在前"),), label="排序", empty_label="起草，新的在前", method="by_sort"
    )
    q = WordsFilter("单位、事项、拼音", "by_words")

    class Meta:
        model = Letter
        fields = (
            *("state", "answer", "light", "turn", "year", "area", "officer", "approver"),
            *("dated", "begin", "end", "sort", "q"),
        )

    def __init__(self, data: FormData, queryset: QuerySet[Letter], *, lights: AnswerLights) -> None:
        super().__init__(data, queryset)
        self.lights = lights

    def by_light(self, letters: LetterQuerySet, name: str, light: str) -> QuerySet[Letter]:
        """Those whose answer is awaited and shows one light today."""
        return self.lights.unanswered_showing(letters.awaiting_answer(), light)

    def by_answer(self, letters: LetterQuerySet, name: str, wanted: str) -> QuerySet[Letter]:
        """Letters in force by what became of their answer."""
        if wanted in {"given", "late"}:
            given = letters.filter(answered_at__isnull=False)
            return given.filter(answered_at__date__gt=F("answer_until")) if wanted == "late" else given
        awaited = letters.awaiting_answer()
        return awaited.filter(answer_until__lt=clock.today()) if wanted == "overdue" else awaited

    def by_sort(self, letters: QuerySet[Letter], name: str, order: str) -> QuerySet[Letter]:
        """By the day on which an answer is due; those without one last."""
        return letters.order_by("answer_until", "pk")

    def by_words(self, letters: QuerySet[Letter], name: str, words: str) -> QuerySet[Letter]:
        """Part of the matter, or a unit by a name it has or had, initials or code."""
        part = words.strip()
        units = list(Unit.objects.matching(part).order_by().values_list("pk", flat=True))
        return matching_any(letters, part, ["matter"], Q(unit__in=units), Q(first_unit__in=units))
