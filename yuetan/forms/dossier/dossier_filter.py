"""The filter of the ledger of dossiers."""

from __future__ import annotations

import django_filters
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import ExtractYear

from yuetan.forms.frame.filters import WordsFilter
from yuetan.forms.frame.options import FormData
from yuetan.forms.frame.subject_filters import AreaFilter
from yuetan.models import Commendation, DossierEntry, Event, Post, Unit, User
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import normalise_text
from yuetan.vocabulary import DossierState, UnitKind

YEARS = 10
OF_STATE = {
    DossierState.AWAITS_CONFIRMATION: Q(confirmed_at=None, returned_at=None),
    DossierState.RETURNED: Q(returned_at__isnull=False),
    DossierState.CONFIRMED: Q(confirmed_at__isnull=False, read_at=None),
    DossierState.READ: Q(read_at__isnull=False),
}


def years() -> range:
    """The years of which there may be dossiers, the present one first."""
    return range(clock.today().year, clock.today().year - YEARS, -1)


def offered_years(user: User, asked: int) -> list[int]:
    """Of those the present one, the one that is asked for, those since this office works here, and those before of
    which something was entered or awarded that the person may see; by one query."""
    this = clock.today().year
    entered = DossierEntry.objects.visible_to(user).filter(year__in=years())
    awarded = Commendation.objects.visible_to(user).annotate(of=ExtractYear("awarded_on")).filter(of__in=years())
    begun = Event.objects.annotate(of=ExtractYear("created_at"), since=Value(True)).order_by("pk")
    rows = (
        entered.annotate(of=F("year"), since=Value(False)).order_by().values_list("of", "since").distinct(),
        awarded.annotate(since=Value(False)).order_by().values_list("of", "since").distinct(),
    )
    held = {this, asked}
    for year, since in begun.values_list("of", "since")[:1].union(*rows):
        held |= set(range(year, this)) if since else {year}
    return [year for year in years() if year in held]


def asked_year(data: FormData) -> int:
    """The year that an address asks for; the present one where it names none of those."""
    text = str((data or {}).get("year", ""))
    return int(text) if text in {str(year) for year in years()} else clock.today().year


class DossierFilter(django_filters.FilterSet):
    """实绩档案: kind and unit with those below it, where the entry stands, and words; the year is asked for apart."""

    year = django_filters.ChoiceFilter(label="年度", empty_label=None, method="by_year")
    kind = django_filters.ChoiceFilter(
        field_name="unit__kind", choices=UnitKind.choices, label="单位类别", empty_label="全部"
    )
    area = AreaFilter("unit")
    state = django_filters.ChoiceFilter(
        choices=DossierState.choices, label="实绩材料", empty_label="全部", method="by_state"
    )
    q = WordsFilter("单位、姓名、拼音", "by_words")

    class Meta:
        model = Post
        fields = ("year", "kind", "area", "state", "q")

    def __init__(self, data: FormData, queryset: QuerySet[Post], *, user: User) -> None:
        super().__init__(data, queryset)
        self.user, self.asked = user, asked_year(data)
        self.filters["year"].extra["choices"] = [(str(year), f"{year}年") for year in offered_years(user, self.asked)]

    def by_year(self, posts: QuerySet[Post], name: str, year: str) -> QuerySet[Post]:
        """The rows are those of the year already."""
        return posts

    def by_state(self, posts: QuerySet[Post], name: str, state: str) -> QuerySet[Post]:
        """By the newest version that the person may see."""
        of_year = DossierEntry.objects.visible_to(self.user).filter(year=self.asked)
        own = of_year.filter(person=OuterRef("holder"), unit=OuterRef("unit")).order_by("-version")
        posts = posts.alias(newest=Subquery(own.values("pk")[:1]))
        if state == DossierState.MISSING:
            return posts.filter(newest=None)
        return posts.filter(newest__in=DossierEntry.objects.filter(OF_STATE[DossierState(state)]).values("pk"))

    def by_words(self, posts: QuerySet[Post], name: str, words: str) -> QuerySet[Post]:
        """Part of the name of the unit or the leader, or of their pinyin."""
        words = normalise_text(words).strip()
        units, people = Unit.objects.matching(words), User.objects.matching(words)
        return posts.filter(Q(unit__in=units.values("pk")) | Q(holder__in=people.values("pk")))
