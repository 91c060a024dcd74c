"""What letters, measures of a 责任制 and 交办事项 ask of a unit: to sign, to answer, to do what they demand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.urls import reverse

from yuetan.models import AccountabilityMeasure, Assignment, Document, Letter, Task, User
from yuetan.models.flow.pending_step import FAR
from yuetan.models.ladder.queries import SIGNED_AFTER_THE_END
from yuetan.templatetags.official import day
from yuetan.views.frame.pagination import capped_count
from yuetan.views.home.obligation import EITHER, HEADS_ALONE, Obligation
from yuetan.views.home.obligations_of_tasks import obligations_of_tasks
from yuetan.vocabulary import LetterState, Verb

MAX_PAPERS = 20  # of each kind on one page
Paper = TypeVar("Paper", Letter, AccountabilityMeasure, Assignment)


@dataclass
class OfPapers:
    """Those that a page shows; how many more there are of each kind, and when the first of these falls due."""

    shown: list[Obligation]
    more_letters: int
    more_measures: int
    more_assignments: int
    reach: date


def obligations_of_papers(user: User, units: list[int]) -> OfPapers:
    """The letters that wait for a receipt or an answer, the measures that wait for a receipt or have open tasks, and
    the 交办事项 that run, the soonest first."""
    unanswered, unsigned = _unanswered_letters(user, units), _open_measures(user, units)
    letters, measures = list(unanswered[: MAX_PAPERS + 1]), list(unsigned[: MAX_PAPERS + 1])
    shown = [_of_letter(letter) for letter in letters[:MAX_PAPERS]]
    shown += [ask for measure in measures[:MAX_PAPERS] for ask in _of_measure(measure, user)]
    running = Assignment.objects.visible_to(user).filter(unit__in=units).running()
    running = running.with_step_relations().with_grants_of(user).order_by("created_at", "pk")
    assignments = list(running[: MAX_PAPERS + 1])
    shown += [ask for one in assignments[:MAX_PAPERS] for ask in obligations_of_tasks(one, user) if ask.is_open]
    due = [letter.answer_until for letter in letters[MAX_PAPERS:]] + [one.limit for one in measures[MAX_PAPERS:]]
    due += [one.next_due_on() for one in assignments[MAX_PAPERS:]]
    more = _more(unanswered, letters), _more(unsigned, measures), _more(running, assignments)
    return OfPapers(shown, *more, min((one or FAR for one in due), default=FAR))


def _more(rows: QuerySet[Paper], soonest: list[Paper]) -> int:
    if len(soonest) <= MAX_PAPERS:
        return 0
    return capped_count(rows.exclude(pk__in=[one.pk for one in soonest[:MAX_PAPERS]]))


def _open_measures(user: User, units: list[int]) -> QuerySet[AccountabilityMeasure]:
    measures = AccountabilityMeasure.objects.visible_to(user).filter(unit__in=units)
    unfinished = Task.objects.unfinished().filter(open_to__in=units, measure_laid__isnull=False).order_by()
    asking = Q(paper__receipt=None) | Q(pk__in=unfinished.values("measure_laid"))
    later = Document.objects.filter(kind__in=SIGNED_AFTER_THE_END, open_to__in=units, receipt=None).order_by()
    waiting = measures.filter(
        Q(pk__in=measures.in_force().filter(asking).order_by().values("pk")) | Q(pk__in=later.values("measure_laid"))
    )
    rows: QuerySet[AccountabilityMeasure] = waiting.with_step_relations().with_grants_of(user).order_by("limit", "pk")
    return rows


def _of_measure(measure: AccountabilityMeasure, user: User) -> Iterator[Obligation]:
    paper = measure.paper_to_sign
    if paper.receipt_or_none is None:
        yield _receipt_of_measure(measure)
    yield from (ask for ask in obligations_of_tasks(measure, user) if ask.is_open)


def _receipt_of_measure(measure: AccountabilityMeasure) -> Obligation:
    url = reverse("measure_laid", args=[measure.pk])
    paper = measure.paper_to_sign
    standing = f"{paper.number}，{day(paper.issued_at)}印发"
    if measure.limit and measure.is_in_force:
        standing = f"{standing}；整改期限{day(measure.limit)}"
    return Obligation(Verb.ACKNOWLEDGE_MEASURE.label, measure.title, url, EITHER, url=url, standing=standing)


def _unanswered_letters(user: User, units: list[int]) -> QuerySet[Letter]:
    letters = Letter.objects.visible_to(user).filter(unit__in=units, state=LetterState.ISSUED)
    waiting = letters.filter(answered_at=None, document__entry__voided_at=None).order_by("answer_until", "pk")
    return waiting.select_related("document__entry", "document__receipt")


def _of_letter(letter: Letter) -> Obligation:
    url = reverse("letter", args=[letter.pk])
    standing = f"{letter.document.number}，{day(letter.document.issued_at)}印发"
    unread = letter.document.receipt_or_none is None
    title, who = (Verb.ACKNOWLEDGE_LETTER.label, EITHER) if unread else (Verb.ANSWER_LETTER.label, HEADS_ALONE)
    if not unread and letter.answer_draft:
        standing = f"{standing}；草稿已填写，待{HEADS_ALONE}答复"
    return Obligation(title, letter.title, url, who, url=url, standing=standing, due_on=letter.answer_until)
