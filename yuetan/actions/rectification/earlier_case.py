"""补录: a matter that was conducted on paper before this system came, entered step by step and checked by another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils import timezone

from yuetan import grants, pending_steps
from yuetan.actions.step import refuse_if_any, refuse_uncited, step
from yuetan.documents.number_series import take_number
from yuetan.models import Case, NumberEntry, Regulation, Unit, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import REGISTER, EarlierState, PostKind, Verb

START_OF_OFFICE_HOURS, END_OF_DAY = time(8), time(22)


def record_earlier_case(
    *, by: User, unit: Unit | None, drafted_on: date | None, drafter: User | None, reason: str
) -> Case:
    """补录约谈事项: begin a matter of before as a draft of then, under the 办法 of that day.

    Its number of the register of cases is the next of that year. Raises Refused without unit, day, drafter or reason,
    and for a drafter who was no case officer on that day.
    """
    refuse_uncited(_nowhere_to_begin(unit, drafted_on))
    assert unit is not None
    assert drafted_on is not None
    facts = recorded(by)
    with clock.at(moment_on(drafted_on, START_OF_OFFICE_HOURS)):
        case = Case(regulation=Regulation.objects.in_force(drafted_on), register_year=drafted_on.year)
        case.unit, case.drafter = unit, drafter or by
        case.earlier, case.earlier_recorders = EarlierState.RECORDING, [by.pk]
        with step(case, Verb.RECORD_EARLIER_CASE, by=by, opinion=reason, facts=facts) as case:
            refuse_if_any(case, _beginning_problems(drafter, drafted_on, reason))
            case.register_serial = take_number(REGISTER, drafted_on.year)
    follow_today(case)
    return case


def follow_today(case: Case) -> None:
    """Let rights and 待办 be those of the people and steps of today, who go on with what was of then."""
    grants.follow(case)
    pending_steps.follow(case)


def recorded(by: User) -> dict[str, object]:
    """What an event of then says of its 补录: who entered it, in the post of today, and on which day."""
    return {"recorded_by": f"{by.name}（{by.title}）", "recorded_on": clock.today()}


def _nowhere_to_begin(unit: Unit | None, drafted_on: date | None) -> Iterator[Finding]:
    """Without unit and day there is nothing yet whose 办法 could be cited."""
    if unit is None:
        yield finding("earlier_unit_missing", "unit")
    if drafted_on is None:
        yield finding("earlier_day_missing", "drafted_on")
    elif drafted_on >= clock.today():
        yield finding("earlier_day_not_past", "drafted_on")
    elif not Regulation.objects.is_in_force(drafted_on):
        yield finding("earlier_day_before_regulation", "drafted_on", day=chinese_date(drafted_on))


def _beginning_problems(drafter: User | None, drafted_on: date, reason: str) -> Iterator[Finding]:
    yield from require_words(reason, finding("earlier_reason_missing", "reason"))
    if drafter is None:
        yield finding("earlier_person_missing", "drafter")
    elif not drafter.posts.current(drafted_on).filter(kind=PostKind.CASE_OFFICER).exists():
        words = {"name": drafter.name, "day": chinese_date(drafted_on), "step": Verb.DRAFT.label}
        yield finding("earlier_person_not_then", "drafter", **words)


def moment_on(day: date, at: time) -> datetime:
    """A time of day in China on that day."""
    return timezone.make_aware(datetime.combine(day, at))


def hand_in_earlier_case(case: Case, *, by: User) -> Case:
    """补录完毕，送复核: it is whole as far as it had come on paper; another compares it with its originals.

    Raises StateChanged in a state in which no case is entered, NotYours for anybody but a case officer, Refused where
    it is not being entered any more.
    """
    with step(case, Verb.HAND_IN_EARLIER_CASE, by=by) as case:
        case.earlier = EarlierState.HANDED_IN
    return case


def confirm_earlier_case(case: Case, *, by: User, compared: bool) -> Case:
    """复核补录: from now on the matter goes on here by the ordinary steps, and the unit sees it.

    Raises Refused for who entered any of it.
    """
    with step(case, Verb.CONFIRM_EARLIER_CASE, by=by) as case:
        refuse_if_any(case, [] if compared else [finding("earlier_not_compared", "compared")])
        case.earlier = EarlierState.CONFIRMED
    return case


def return_earlier_case(case: Case, *, by: User, reason: str) -> Case:
    """退回补录: it is entered on, or discarded and entered anew.

    Raises StateChanged in a state in which no case is entered, NotYours for anybody but the director, Refused where it
    does not wait to be compared, and without a reason.
    """
    with step(case, Verb.RETURN_EARLIER_CASE, by=by, opinion=reason) as case:
        refuse_if_any(case, require_words(reason, finding("reason_missing", "reason", what="退回")))
        case.earlier = EarlierState.RECORDING
    return case


def discard_earlier_case(case: Case, *, by: User, reason: str) -> Case:
    """作废补录: what was entered wrongly stays in sight; its numbers of then may be entered anew.

    Raises StateChanged in a state in which no case is entered, NotYours for anybody but a case officer or the
    director, Refused without a reason. Effects: the case counts nowhere, and the numbers of its papers are void.
    """
    with step(case, Verb.DISCARD_EARLIER_CASE, by=by, opinion=reason) as case:
        refuse_if_any(case, require_words(reason, finding("reason_missing", "reason", what="作废")))
        case.discard_earlier_case()
        entries = NumberEntry.objects.filter(document__case=case, voided_at=None)
        entries.update(voided_at=clock.now(), voided_by=by, void_reason="补录作废")
    return case
