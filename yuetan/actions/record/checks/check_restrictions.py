"""资格限制: what each served measure closes is on the register, with the days that its text gives, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import F, Prefetch

from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import AccountabilityMeasure, Effect, Restriction
from yuetan.models.ladder.queries import ISSUED_STATES
from yuetan.rules.dates.month_periods import MonthPeriod
from yuetan.vocabulary import RecordKind, RestrictedSubject

CHUNK = 200


def check_restrictions() -> Iterator[Disagreement]:
    """Every measure whose effects are not all on the register, or that has rows that are none of its effects."""
    rows = Restriction.objects.select_related("effect").order_by("pk")
    served = AccountabilityMeasure.objects.filter(state__in=ISSUED_STATES, rung__effects__isnull=False).distinct()
    related = served.select_related("rung", "paper").defer("paper__html", "paper__facts").order_by("pk")
    hung = related.prefetch_related("rung__effects", Prefetch("restrictions", rows))
    for measure in hung.iterator(chunk_size=CHUNK):
        yield from _check_measure(measure)
    strangers = Restriction.objects.exclude(effect__rung=F("measure_laid__rung")).order_by("pk")
    for one in strangers.iterator(chunk_size=CHUNK):
        yield _disagreement(one.measure_laid, "有一项资格限制不是它的档次规定的")


def _check_measure(measure: AccountabilityMeasure) -> Iterator[Disagreement]:
    effects, rows = list(measure.rung.effects.all()), list(measure.restrictions.all())
    for effect in effects:
        if effect.subject == RestrictedSubject.UNIT and not any(row.effect_id == effect.pk for row in rows):
            yield _disagreement(measure, f"没有列入{effect}")
    yield from _check_leaders(measure, effects, rows)
    for row in rows:
        period = MonthPeriod(row.first_day, row.effect.months)
        if row.first_day != measure.served_on or row.last_day != period.last:
            yield _disagreement(measure, "资格限制的起止与送达日期、规定的期限不一致")


def _check_leaders(
    measure: AccountabilityMeasure, effects: Iterable[Effect], rows: Iterable[Restriction]
) -> Iterator[Disagreement]:
    """Whoever is restricted in one thing is so in every thing that the text closes to leaders of that kind."""
    closed: dict[str, set[str]] = {}
    for effect in effects:
        closed.setdefault(effect.subject, set()).add(effect.closed)
    people: dict[tuple[object, str, str], list[Restriction]] = {}
    for row in rows:
        if row.person_name:
            people.setdefault((row.person_id, row.person_name, row.person_title), []).append(row)
    for own in people.values():
        wanted = {each for row in own for each in closed.get(row.effect.subject, ())}
        if {row.effect.closed for row in own} != wanted:
            yield _disagreement(measure, "一名领导的资格限制没有列全")


def _disagreement(measure: AccountabilityMeasure, words: str) -> Disagreement:
    number = measure.paper.number if measure.paper else str(measure.pk)[:8]
    return Disagreement(RecordKind.RESTRICTION, f"责任措施 {number}", words)
