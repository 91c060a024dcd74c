"""Measures of a 责任制: endorsed and decided by others than who drafted them, served, signed for by the unit."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from django.db import transaction

from yuetan.actions.files.paper_receipt import StatedReceipt, examined_receipt, keep_receipt, sign_for, unread_problems
from yuetan.actions.files.sheet_evidence import sheet_lacking
from yuetan.actions.ladder.alongside import serve_alongside
from yuetan.actions.ladder.hand_over import hand_over
from yuetan.actions.ladder.restrictions import restrict
from yuetan.actions.ladder.unit_locks import lock_units
from yuetan.actions.step import refuse_if_any, state_changed, step
from yuetan.documents.issue import issue, issue_copy
from yuetan.models import AccountabilityMeasure, CalendarDay, Document, OfficeSetting, User
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import add_working_days
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.handling import Handling, LetterHandlingInput
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import Verb

PLEA_DAYS = "plea_days"


def submit_measure(measure: AccountabilityMeasure, *, by: User) -> AccountabilityMeasure:
    """报核: whole, its door standing; raises Refused with all that is missing, 得分表 of a unit 不合格 too."""
    with step(measure, Verb.SUBMIT_MEASURE, by=by) as measure:
        rows = measure.measure_grounds.select_related("ground__article")
        cited = [row.ground.citation for row in rows if row.ground.is_of_assessment]
        refuse_if_any(measure, sheet_lacking(measure, cited))
        measure.submit_measure()
    return measure


def endorse_measure(measure: AccountabilityMeasure, *, by: User, opinion: str, seen: str) -> AccountabilityMeasure:
    """核稿，报领导审定: the director has read this text, and a leader decides.

    `seen` is the digest of the text that was shown. Raises StateChanged unless it waits for 核稿, or where it has
    another text by now, NotYours for anybody but the director, Refused without an opinion, and for who drafted it (two
    persons at least).
    """
    with step(measure, Verb.ENDORSE_MEASURE, by=by, opinion=opinion) as measure:
        _require_opinion(measure, opinion)
        require_as_shown(measure, seen, by)
        measure.endorse_measure(endorser=by)
    return measure


def decide_measure(measure: AccountabilityMeasure, *, by: User, opinion: str, seen: str) -> AccountabilityMeasure:
    """审定: by the director where its text gives the rung to the office, else by a leader; bound to this text.

    `seen` is the digest of the text that was shown. Raises StateChanged if the measure has moved on or has another
    text by now, NotYours, and Refused for who may not decide it, for a door that does not stand, for a limit that is
    not ahead, for a circumstance without an answer.
    """
    facts: dict[str, str] = {}
    with step(measure, Verb.DECIDE_MEASURE, by=by, opinion=opinion, facts=facts) as measure:
        _require_opinion(measure, opinion)
        require_as_shown(measure, seen, by)
        measure.decide_measure(decider=by, sha256=seen)
        facts["sha256"] = seen
    return measure


def decline_measure(measure: AccountabilityMeasure, *, by: User, opinion: str, seen: str) -> AccountabilityMeasure:
    """不予实施: with a reason; it stays to be read.

    `seen` is the digest of the text that was shown. Raises StateChanged unless it waits for 核稿 or a decision, or
    where it has another text by now, NotYours for anybody but the director at 核稿, afterwards a leader, Refused
    without an opinion, for who drafted or endorsed it, for one's own unit (回避), and while a decision on it is
    registered. Effects: the measure has ended; the unit never hears of it.
    """
    with step(measure, Verb.DECLINE_MEASURE, by=by, opinion=opinion, facts={"sha256": seen}) as measure:
        _require_opinion(measure, opinion)
        require_as_shown(measure, seen, by)
        measure.decline_measure()
    return measure


def return_measure(measure: AccountabilityMeasure, *, by: User, reason: str) -> AccountabilityMeasure:
    """退回: its drafter reads the reason and changes the text.

    Raises StateChanged unless it waits for 核稿 or a decision, NotYours for anybody but the director or, once it is
    endorsed, a leader, Refused without a reason. Effects: it is a draft again, and its drafter is alerted.
    """
    with step(measure, Verb.RETURN_MEASURE, by=by, opinion=reason) as measure:
        refuse_if_any(measure, require_words(reason, finding("reason_missing", "reason", what="退回")))
        measure.return_measure()
    return measure


def withdraw_measure(measure: AccountabilityMeasure, *, by: User, reason: str) -> AccountabilityMeasure:
    """撤回: by its drafter while it is a draft, by the director once it is decided; never after it is served.

    Raises StateChanged once it is served or has ended, NotYours for anybody else, Refused without a reason. Effects:
    the measure has ended; its draft and the reason stay to be read by the office.
    """
    with step(measure, Verb.WITHDRAW_MEASURE, by=by, opinion=reason) as measure:
        refuse_if_any(measure, require_words(reason, finding("reason_missing", "reason", what="撤回")))
        measure.withdraw_measure()
    return measure


@transaction.atomic
def serve_measure(
    measure: AccountabilityMeasure, *, by: User, **handling: Unpack[LetterHandlingInput]
) -> AccountabilityMeasure:
    """印发送达: its paper gets its number, and from now on the unit sees it, signs for it and reports on its tasks.

    Effects: its tasks, and the restrictions that its rung has for unit and leaders, with an alert to these leaders.
    Every unit named beside gets a measure of its own, served at the same time by the same paper. Raises Refused once
    its limit is no longer ahead, or if its text is not the one that was decided.
    """
    lock_units(measure)
    served = _served(measure, by, Handling(**handling))
    for unit in served.further_units:
        _served(serve_alongside(served, unit=unit, by=by), by, paper=served.issued_paper)
    return served


def _served(
    measure: AccountabilityMeasure, by: User, chosen: Handling | None = None, *, paper: Document | None = None
) -> AccountabilityMeasure:
    """Served by a paper of its own, or by a copy of that of the unit named first."""
    facts: dict[str, str] = {}
    with step(measure, Verb.SERVE_MEASURE, by=by, facts=facts) as measure:
        refuse_if_any(measure, chosen.problems() if chosen else ())
        issued = issue_copy(paper, measure) if paper else issue(measure.paper_kind, measure, by=by, handling=chosen)
        measure.serve_measure(paper=issued)
        measure.plea_until = _plea_until()
        hand_over(measure)
        restrict(measure)
        facts["document"] = issued.number
    return measure


def _plea_until() -> date | None:
    """The last day on which the unit may state its view, by the setting of today; None where it has no time for it."""
    days = OfficeSetting.objects.number(PLEA_DAYS)
    return add_working_days(clock.today(), days, CalendarDay.objects.calendar()) if days else None


def acknowledge_measure(measure: AccountabilityMeasure, *, by: User, seen: str) -> AccountabilityMeasure:
    """签收: a named person of the unit takes the paper, or what was answered or decided later; each once.

    `seen` is the key of the one that was shown. Raises what a step raises, and Refused where another waits now.
    """
    facts: dict[str, str] = {}
    with step(measure, Verb.ACKNOWLEDGE_MEASURE, by=by, facts=facts) as measure:
        refuse_if_any(measure, unread_problems(measure.paper_to_sign, seen))
        facts |= sign_for(measure.paper_to_sign, by=by)
    return measure


def register_measure_receipt(
    measure: AccountabilityMeasure, *, by: User, **stated: Unpack[StatedReceipt]
) -> AccountabilityMeasure:
    """登记纸质回执: who of the unit signed by hand for it, in which post, on which day, with the scan of it.

    Raises StateChanged before the measure is served, NotYours for anybody but a case officer or the director, Refused
    where its paper is void or signed for already, without one of these, for a day before the paper or ahead, and for a
    file that is not accepted. Effects: the receipt of the paper that waited.
    """
    facts: dict[str, str] = {}
    signed = examined_receipt(measure, **stated)
    with step(measure, Verb.REGISTER_MEASURE_RECEIPT, by=by, facts=facts) as measure:
        paper = measure.paper_to_sign
        refuse_if_any(measure, signed.problems(paper))
        facts |= keep_receipt(measure, paper, signed, by=by)
    return measure


def conclude_measure(
    measure: AccountabilityMeasure, *, by: User, met_on: date | None, opinion: str
) -> AccountabilityMeasure:
    """认定整改完成: who laid it finds the target met, on which day and by what; the unit reads it.

    Raises Refused before the unit has signed for it, while a task is not accepted, without a day or a word, and for a
    day that cannot be.
    """
    facts: dict[str, object] = {"met_on": met_on}
    with step(measure, Verb.CONCLUDE_MEASURE, by=by, opinion=opinion, facts=facts) as measure:
        lacking = require_words(opinion, finding("opinion_missing", "opinion"))
        refuse_if_any(measure, [*lacking, *_met_day_problems(measure, met_on)])
        assert met_on is not None
        measure.conclude_measure(met_on=met_on)
    return measure


def _met_day_problems(measure: AccountabilityMeasure, met_on: date | None) -> list[Finding]:
    if met_on is None:
        return [finding("measure_met_day_missing", "met_on")]
    assert measure.served_on is not None
    if measure.served_on <= met_on <= clock.today():
        return []
    return [finding("measure_met_day_outside", "met_on", served=chinese_date(measure.served_on))]


def _require_opinion(measure: AccountabilityMeasure, opinion: str) -> None:
    refuse_if_any(measure, require_words(opinion, finding("opinion_missing", "opinion")))


def require_as_shown(measure: AccountabilityMeasure, seen: str, by: User) -> None:
    """Raises Refused without a digest that was shown, StateChanged if it is not that of the text as it stands."""
    refuse_if_any(measure, [] if seen else [finding("measure_not_as_shown")])
    if seen != measure.digest:
        raise state_changed(measure, by)
