"""The filter of the ledger of 督办单."""

from __future__ import annotations

import django_filters
from django.db.models import F, Q, QuerySet

from yuetan.forms.frame.filters import LIGHTS, AnswerLights, WordsFilter, YearFilter, of_cases_with_words
from yuetan.forms.frame.occasions import OccasionDayFilter, OccasionFilter, OccasionFilterSet
from yuetan.forms.frame.options import FormData
from yuetan.forms.frame.person_filters import OfficerFilter, PersonFilter
from yuetan.forms.frame.subject_filters import AreaFilter, GroundFilter, LeaderFilter
from yuetan.models import SupervisionLetter, Unit
from yuetan.models.record.occasions import Occasion, at_moments
from yuetan.models.rectification.supervision_letter import SupervisionLetterQuerySet
from yuetan.vocabulary import SupervisionGrade

OTHER_ORIGINS = ("document__measure_laid", "document__assignment")

Rows = SupervisionLetterQuerySet
STATES = (
    ("unsigned", "未签收"),
    ("awaited", "已签收，待回复"),
    ("given", "已回复"),
    ("late", "逾期回复"),
    ("voided", "已作废"),
)
TURNS = (("unit", "被约谈单位（待签收、待回复）"), ("nobody", "已办完"))
OCCASIONS = (
    Occasion("issued", "印发", "document__issued_at", at_moments),
    Occasion("signed", "签收", "document__receipt__signed_at", at_moments),
    Occasion("due", "回复期限", "answer_until"),
    Occasion("answered", "回复", "answered_at", at_moments),
)
ORDERS = {"": ("-pk",), "due": ("answer_until", "pk"), "issued": ("pk",)}


class SupervisionFilter(OccasionFilterSet):
    """督办单: state, light, whose turn, year, grade, unit with those below it, ground, people, days, and words."""

    state = django_filters.ChoiceFilter(choices=STATES, label="状态", empty_label="全部", method="by_state")
    light = django_filters.ChoiceFilter(choices=LIGHTS, label="时限状态", empty_label="全部", method="by_light")
    turn = django_filters.ChoiceFilter(choices=TURNS, label="现由谁办", empty_label="全部", method="by_turn")
    area = AreaFilter("document__open_to")
    grade = django_filters.ChoiceFilter(choices=SupervisionGrade.choices, label="等级", empty_label="全部")
    year = YearFilter("document__year")
    dated = OccasionFilter(OCCASIONS, "document__case__")
    begin = OccasionDayFilter("从")
    end = OccasionDayFilter("到")
    ground = GroundFilter("document__case__")
    led_by = LeaderFilter("document__case__")
    interviewer = PersonFilter("约谈人姓名", "document__case__interviewer__holder")
    officer = OfficerFilter("document__issued_by", label="印发人", unit="document__open_to")
    sort = django_filters.ChoiceFilter(
        choices=(("due", "回复期限，先到的在前"), ("issued", "印发，早的在前")),
        label="排序",
        empty_label="印发，新的在前",
        method="by_sort",
    )
    q = WordsFilter("单位、事由、拼音", "by_words")

    class Meta:
        model = SupervisionLetter
        fields = (
            *("state", "light", "turn", "grade", "area", "year", "dated", "begin", "end", "ground"),
            *("led_by", "interviewer", "officer", "sort", "q"),
        )

    def __init__(self, data: FormData, queryset: QuerySet[SupervisionLetter], *, lights: AnswerLights) -> None:
        super().__init__(data, queryset)
        self.lights = lights

    def by_state(self, papers: Rows, name: str, state: str) -> Rows:
        """By what became of the paper and of its answer; those without a limit are never late."""
        if state == "voided":
            return papers.filter(document__entry__voided_at__isnull=False)
        if state == "unsigned":
            return papers.in_force().filter(answered_at=None, document__receipt=None)
        if state == "awaited":
            return papers.in_force().filter(answered_at=None, document__receipt__isnull=False)
        given = papers.filter(answered_at__isnull=False)
        return given.filter(answered_at__date__gt=F("answer_until")) if state == "late" else given

    def by_light(self, papers: Rows, name: str, light: str) -> QuerySet[SupervisionLetter]:
        """Those whose answer is awaited and shows one light today."""
        return self.lights.unanswered_showing(_unanswered(papers), light)

    def by_turn(self, papers: Rows, name: str, whose: str) -> Rows:
        """Those that the unit has yet to sign for or to answer; or all others."""
        if whose == "unit":
            return _unanswered(papers)
        return papers.filter(Q(answered_at__isnull=False) | Q(document__entry__voided_at__isnull=False))

    def by_sort(self, papers: Rows, name: str, order: str) -> Rows:
        """In another order than the newest first."""
        return papers.order_by(*ORDERS[order])

    def by_words(self, papers: Rows, name: str, words: str) -> QuerySet[SupervisionLetter]:
        """By those of the case, as in 约谈台账, or of what else its tasks come from."""
        part = words.strip()
        units = list(Unit.objects.matching(part).order_by().values_list("pk", flat=True))
        matches = of_cases_with_words(papers, words, "document__case__")
        for origin in OTHER_ORIGINS:
            matter = Q(**{f"{origin}__matter__contains": part})
            matches |= papers.filter(matter | Q(**{f"{origin}__isnull": False, "document__open_to__in": units}))
        return matches


def _unanswered(papers: Rows) -> Rows:
    return papers.in_force().filter(answered_at=None)
