"""What letters, measures of a 责任制 and 交办事项 ask of a unit: to sign, to answer, to do what they demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Least
from django.urls import reverse

from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.models import AccountabilityMeasure, Assignment, Letter, Task, User
from yuetan.templatetags.official import day
from yuetan.views.frame import pagination
from yuetan.views.frame.pagination import capped_count
from yuetan.views.home.obligation import EITHER, HEADS_ALONE, MAX_PAPERS, Obligation, UnitObligations
from yuetan.views.home.obligations_of_tasks import TaskOrigins, obligations_of_tasks
from yuetan.views.home.rooms import Room
from yuetan.vocabulary import LetterState, Verb

SOONEST = Least("sign_by", "limit"), "pk"
Paper = TypeVar("Paper", Letter, AccountabilityMeasure, Assignment)


def rooms_of_papers(
    own: UnitObligations, user: User, lights: DeadlineLights, origins: TaskOrigins
) -> Iterator[Room[Obligation]]:
    """The letters that wait for a receipt or an answer, the measures that wait for a receipt or have open tasks, and
    the 交办事项 that run; `own` keeps how many more there are of each, `origins` what hands tasks out."""
    units = [post.unit_id for post in user.current_posts if post.party]
    unanswered, unsigned = _unanswered_letters(user, units), _open_measures(user, units)
    running = Assignment.objects.visible_to(user).filter(unit__in=units).running()
    running = running.with_unit_relations().with_grants_of(user).order_by("created_at", "pk")

    def of_letters() -> Iterator[Obligation]:
        letters, own.more_letters = _soonest(unanswered, own, lambda letter: letter.answer_until)
        return _lit((_of_letter(letter) for letter in letters), lights)

    def of_measures() -> Iterator[Obligation]:
        measures = _measures_shown(unsigned, own, user, origins)
        return _lit(_of_measures(measures, user, origins), lights)

    def of_assignments() -> Iterator[Obligation]:
        assignments, own.more_assignments = _soonest(running, own, next_limit, origins.note)
        return _lit(_of_assignments(assignments, user, origins), lights)

    def next_limit(assignment: Assignment) -> date | None:
        origins.read()
        return assignment.next_due_on()

    yield Room(unanswered, of_letters)
    yield Room(unsigned, of_measures)
    yield Room(running, of_assignments)


def _soonest(
    rows: QuerySet[Paper],
    own: UnitObligations,
    due_on: Callable[[Paper], date | None],
    note: Callable[[list[Paper]], None] | None = None,
) -> tuple[list[Paper], int]:
    """Those that the page shows, and how many more there are."""
    first = list(rows[: MAX_PAPERS + 1])
    shown = _soonest_shown(first, own, due_on, note)
    is_more = len(first) > len(shown)
    return shown, capped_count(rows.exclude(pk__in=[one.pk for one in shown])) if is_more else 0


def _soonest_shown(
    first: list[Paper],
    own: UnitObligations,
    due_on: Callable[[Paper], date | None],
    note: Callable[[list[Paper]], None] | None = None,
) -> list[Paper]:
    """Those that the page shows of the first, where `own` keeps when the next of them falls due."""
    if note is not None:
        note(first)
    for one in first[MAX_PAPERS:]:
        own.falls_due_from(due_on(one))
    return first[:MAX_PAPERS]


def _lit(asks: Iterator[Obligation], lights: DeadlineLights) -> Iterator[Obligation]:
    for ask in asks:
        ask.deadline = lights.of(ask.due_on)
        yield ask


def _open_measures(user: User, units: list[int]) -> QuerySet[AccountabilityMeasure]:
    measures = AccountabilityMeasure.objects.visible_to(user).filter(unit__in=units)
    unfinished = Task.objects.unfinished().filter(open_to__in=units, measure_laid__isnull=False).order_by()
    at_work = measures.in_force().filter(pk__in=unfinished.values("measure_laid"))
    waiting = measures.filter(Q(pk__in=measures.unsigned().order_by().values("pk")) | Q(pk__in=at_work.values("pk")))
    return waiting.with_sign_by().order_by(*SOONEST)


def _measures_shown(
    waiting: QuerySet[AccountabilityMeasure], own: UnitObligations, user: User, origins: TaskOrigins
) -> list[AccountabilityMeasure]:
    keys = list(waiting.values_list("pk", flat=True)[: MAX_PAPERS + pagination.MAX_COUNTED + 1])
    measures = _soonest_shown(_whole(user, keys[: MAX_PAPERS + 1]), own, _soonest_of, origins.note)
    own.more_measures = len(keys) - len(measures)
    return measures


def _whole(user: User, keys: Sequence[UUID]) -> list[AccountabilityMeasure]:
    """These few in their order, with what the page looks at: hundreds may wait, and each has a dozen rows beside it."""
    measures = AccountabilityMeasure.objects.filter(pk__in=keys).with_unit_relations().with_grants_of(user)
    return list(measures.with_sign_by().order_by(*SOONEST))


def _soonest_of(measure: AccountabilityMeasure) -> date | None:
    """The first of the days by which something is to be done about it."""
    return min((day for day in (measure.sign_by, measure.limit) if day), default=None)


def _of_measures(measures: Iterable[AccountabilityMeasure], user: User, origins: TaskOrigins) -> Iterator[Obligation]:
    origins.read()
    for measure in measures:
        if measure.asks_for_receipt(measure.paper_to_sign):
            yield _receipt_of_measure(measure)
        yield from (ask for ask in obligations_of_tasks(measure, user) if ask.is_open)


def _of_assignments(assignments: Iterable[Assignment], user: User, origins: TaskOrigins) -> Iterator[Obligation]:
    origins.read()
    for one in assignments:
        yield from (ask for ask in obligations_of_tasks(one, user) if ask.is_open)


def _receipt_of_measure(measure: AccountabilityMeasure) -> Obligation:
    url = reverse("measure_laid", args=[measure.pk])
    paper = measure.paper_to_sign
    standing = f"{paper.number}，{day(paper.issued_at)}印发"
    if measure.limit and measure.is_in_force:
        standing = f"{standing}；整改期限{day(measure.limit)}"
    ask = Obligation(Verb.ACKNOWLEDGE_MEASURE.label, measure.title, url, EITHER, url=url, standing=standing)
    ask.due_on = paper.receipt_due_on
    return ask


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
