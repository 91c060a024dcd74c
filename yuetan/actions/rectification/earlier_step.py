"""补录 of one step: the ordinary action, by who held the post then, on the day of then, with its original."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from yuetan.actions.files.attachment import ExaminedFile, Offer, attach, examine_files
from yuetan.actions.files.readable_scan import scan_problems
from yuetan.actions.rectification.earlier_case import (
    END_OF_DAY,
    START_OF_OFFICE_HOURS,
    follow_today,
    moment_on,
    recorded,
)
from yuetan.actions.step import delete_files, may_take, refuse_if_any
from yuetan.documents.number_series import enter_earlier_number, entry_in_force
from yuetan.errors import NotYours
from yuetan.models import Case, Document, NumberEntry, Post, User
from yuetan.models.case.earlier_steps import IN_OWN_NAME, RECORDED_VERBS
from yuetan.models.flow.recording import recording
from yuetan.models.flow.step import Step
from yuetan.permissions import name
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.document_number import parse_number
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import DocumentKind, EarlierState, FilePurpose, Verb

# Steps whose original has to be there; what has a scan of its own asks for it in its own form.
NEEDS_ORIGINAL = (
    Verb.ENDORSE,
    Verb.SERVE_NOTICE,
    Verb.RESCHEDULE,
    Verb.HOLD_INTERVIEW,
    Verb.ISSUE_MINUTES,
    Verb.ASSIGN,
    Verb.BEGIN_INSPECTION,
    Verb.CONCLUDE_INSPECTION,
    Verb.CLOSE,
)
AHEAD_OF_THE_DAY = (Verb.SERVE_NOTICE, Verb.RESCHEDULE)  # an interview may have been held later on the same day
COMPARES = (Verb.CONFIRM_APPROVAL, Verb.RETURN_REGISTRATION)  # what another entered
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class EarlierEntry:
    """What is entered of a step beside its own form and its original: its day, who took it then, its number."""

    day: date | None
    person: User | None
    number: str


def issued_by(verb: str) -> DocumentKind | None:
    """The kind of paper that a step issues under a number; None for a step that issues none."""
    kinds = [step.issues for step in Case.STEPS if step.verb == verb and step.issues]
    return DocumentKind(kinds[0]) if kinds else None


@contextmanager
def on_the_day(case: Case, verb: str, day: date, *, recorder: User, facts: dict[str, object]) -> Iterator[None]:
    """Let it be that day, after what was entered before, and each step one of then."""
    now = clock.now()
    with clock.at(_moment(case, verb, day)), recording(recorder, facts, entered_at=now):
        yield


def _moment(case: Case, verb: str, day: date) -> datetime:
    wanted = moment_on(day, START_OF_OFFICE_HOURS if verb in AHEAD_OF_THE_DAY else END_OF_DAY)
    last = _last_moment(case)
    return max(wanted, last + A_MINUTE) if last else wanted


def _last_moment(case: Case) -> datetime | None:
    """When the step before it was taken, as entered; what the office did here since lies after all of then."""
    events = case.events.filter(data__has_key="recorded_on")
    return events.newest_first().values_list("created_at", flat=True).first()


def last_day(case: Case) -> date | None:
    """The day of the step that was entered last."""
    last = _last_moment(case)
    return timezone.localtime(last).date() if last else None


def day_problems(case: Case, day: date | None) -> Iterator[Finding]:
    """A day of before, and not before the step that was entered last."""
    before = last_day(case)
    if day is None:
        yield finding("earlier_day_missing", "day")
    elif day >= clock.today():
        yield finding("earlier_day_not_past", "day")
    elif before is not None and day < before:
        yield finding("earlier_day_out_of_order", "day", before=chinese_date(before))


def people_of_then(case: Case, verb: str, day: date, *, recorder: User) -> list[User]:
    """Who could take the step on that day by the posts of then; who registers paper does so in the own name."""
    if verb in IN_OWN_NAME:
        return [recorder]
    with on_the_day(case, verb, day, recorder=recorder, facts={}):
        then = Case.objects.get(pk=case.pk)
        step = then.find_step(verb)
        holders = User.objects.filter(pk__in=Post.objects.current().values("holder")).order_by("name", "pk")
        return [person for person in holders if step is not None and may_take(then, step, person)]


def steps_to_record(case: Case, *, recorder: User) -> list[Step]:
    """The steps of then that lead on from where the matter stands."""
    with recording(recorder):
        return [step for step in case.steps_now() if step.verb in RECORDED_VERBS]


def record_earlier_step(
    case: Case,
    *,
    by: User,
    verb: Verb,
    day: date | None,
    person: User | None,
    number: str,
    original: Offer | None,
    ordinary_action: Callable[..., Case],
    keywords: Mapping[str, object],
) -> Case:
    """Enter one step of then: the ordinary action with the `keywords` of its form, judged as on that day.

    Raises Refused for a day that cannot be, a person without the post on that day, a number that is missing or taken,
    an original that is missing, and whatever the action itself refuses. Nobody is alerted; the event bears the day of
    then, who entered it, and its original.
    """
    entry = EarlierEntry(day, person, number)
    examined = examine_files(case, [original] if original else [], "original")
    case.stored_files = []
    try:
        with transaction.atomic():
            require_recorder(case, by)
            refuse_if_any(case, _entry_problems(case, verb, entry, examined, by))
            facts = _kept_with(case, verb, entry, examined, by)
            result = _result_of_then(case, verb, entry, facts, by, partial(ordinary_action, **keywords))
    except BaseException:
        delete_files(case.stored_files)
        raise
    result.stored_files += case.stored_files
    return result


def require_recorder(case: Case, by: User) -> None:
    """Raise NotYours unless this person may enter a matter of before, and this one is being entered."""
    may = by.has_perm(name(Verb.RECORD_EARLIER_CASE)) or by.has_perm(name(Verb.CONFIRM_EARLIER_CASE))
    if not may or by.is_recused_from(case.unit_id) or case.earlier != EarlierState.RECORDING:
        raise NotYours(Verb.RECORD_EARLIER_CASE)


def _entry_problems(
    case: Case, verb: Verb, entry: EarlierEntry, examined: list[ExaminedFile], by: User
) -> Iterator[Finding]:
    unfit = list(day_problems(case, entry.day))
    yield from unfit
    if entry.person is None:
        yield finding("earlier_person_missing", "person")
    elif entry.day is not None and not unfit and entry.person not in people_of_then(case, verb, entry.day, recorder=by):
        words = {"name": entry.person.name, "day": chinese_date(entry.day), "step": verb.label}
        yield finding("earlier_person_not_then", "person", **words)
    if issued_by(verb):
        yield from _number_problems(entry, by)
    if verb in NEEDS_ORIGINAL and not examined:
        yield finding("earlier_paper_missing", "original")
    yield from scan_problems(examined, "original")


def _number_problems(entry: EarlierEntry, by: User) -> Iterator[Finding]:
    number = parse_number(entry.number)
    if not entry.number.strip():
        yield finding("earlier_number_missing", "number")
    elif number is None:
        yield finding("earlier_number_unread", "number", number=entry.number)
    elif entry.day is not None and number.year != entry.day.year:
        yield finding("earlier_number_other_year", "number", year=number.year, day=chinese_date(entry.day))
    else:
        held = entry_in_force(number)
        if held is not None:
            yield finding("earlier_number_taken", "number", number=str(number), used=_used_for(held, by))


def _used_for(held: NumberEntry, by: User) -> str:
    """What a number was taken for, as the book says it to this person; of what they may not see its kind alone."""
    if hasattr(held, "document"):
        is_seen = Document.objects.visible_to(by).filter(pk=held.document.pk).exists()
        return held.document.title if is_seen else held.get_kind_display()
    is_seen = held.case_id is None or Case.objects.visible_to(by).filter(pk=held.case_id).exists()
    return (held.purpose if is_seen else "") or held.get_kind_display()


def _kept_with(
    case: Case, verb: Verb, entry: EarlierEntry, examined: list[ExaminedFile], by: User
) -> dict[str, object]:
    """The number in the book and the original in the file; what the event says of them and of who entered it."""
    number = parse_number(entry.number)
    kind = issued_by(verb)
    if kind and number is not None:
        enter_earlier_number(kind, number, by=by, case=case)
    originals = attach(case, examined, by=by, purpose=FilePurpose.EARLIER_PAPER)
    kept = {"original": originals[0].name, "original_id": str(originals[0].pk)} if originals else {}
    return recorded(by) | kept


def _result_of_then(
    case: Case, verb: Verb, entry: EarlierEntry, facts: dict[str, object], by: User, action: Callable[..., Case]
) -> Case:
    """The action as on that day; the grants then follow the people of today."""
    assert entry.day is not None
    assert entry.person is not None
    with on_the_day(case, verb, entry.day, recorder=by, facts=facts):
        person = by if verb in IN_OWN_NAME else User.objects.get(pk=entry.person.pk)  # with the posts of then
        result = action(Case.objects.get(pk=case.pk), by=person)
    if verb not in COMPARES and by.pk not in result.earlier_recorders:
        result.earlier_recorders = [*result.earlier_recorders, by.pk]
        result.save(update_fields=["earlier_recorders"])
    follow_today(Case.objects.get(pk=result.pk))
    return result
