"""Reminder letters: drafted by a supervisor, signed by a leader, signed for by the unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Unpack

from yuetan.actions.files.paper_receipt import sign_for
from yuetan.actions.step import changed_by, refuse_if_any, state_changed, step
from yuetan.documents.issue import issue
from yuetan.documents.typesetting.printable import title_problems
from yuetan.errors import StateChanged
from yuetan.models import CalendarDay, Case, Letter, OfficeSetting, Regulation, Unit, User
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import add_working_days
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of, require_words
from yuetan.rules.text.handling import Handling, LetterHandlingInput
from yuetan.vocabulary import DocumentKind, LetterCapacity, UnitKind, Verb

# What leaves nothing to be answered.
ENDS_THE_WAITING = (Verb.ANSWER_LETTER, Verb.REGISTER_LETTER_ANSWER, Verb.VOID_DOCUMENT)
LABELS = {"matter": "提醒事项", "problems": "存在的问题", "requirements": "工作要求"}


def draft_letter(
    *,
    by: User,
    unit: Unit,
    capacity: str,
    lead_matter: str,
    case: Case | None,
    matter: str,
    problems: str,
    requirements: str,
    **handling: Unpack[LetterHandlingInput],
) -> Letter:
    """起草提醒函: to a 成员单位, or to the lead unit of a named problem; with or without a case.

    Raises NotYours for anybody but a supervisor, Refused with every part that is missing, for a letter to a unit in
    which the drafter holds a post, for an addressee that Art. 10 (三) does not name, and for a case of another unit.
    Effects: a draft under the 办法 in force today, which a leader signs or returns.
    """
    letter = Letter(regulation=Regulation.objects.in_force(clock.today()), drafter=by)
    letter.unit, letter.capacity, letter.lead_matter, letter.case = unit, capacity, lead_matter, case
    letter.matter, letter.problems, letter.requirements = matter, problems, requirements
    letter.handling = Handling(**handling)
    with step(letter, Verb.DRAFT_LETTER, by=by) as letter:
        refuse_if_any(letter, _letter_problems(letter, by))
        letter.save()
    return letter


def _letter_problems(letter: Letter, author: User) -> Iterator[Finding]:
    yield from missing_of("letter_incomplete", {name: (label, getattr(letter, name)) for name, label in LABELS.items()})
    for field, label in LABELS.items():
        if getattr(letter, field).strip():
            yield from require_words(getattr(letter, field), finding("letter_incomplete", field, missing=label))
    for post in author.posts_in(letter.unit_id):
        words = {"name": author.name, "unit": letter.unit.name, "title": post.title}
        yield finding("letter_to_own_unit", "unit", **words)
    if letter.capacity == LetterCapacity.MEMBER_UNIT and letter.unit.kind != UnitKind.MEMBER_UNIT:
        yield finding("letter_addressee_not_member", "capacity", unit=letter.unit.name)
    if letter.capacity == LetterCapacity.LEAD_UNIT and not letter.lead_matter.strip():
        yield finding("letter_lead_matter_missing", "lead_matter")
    if letter.case is not None and letter.case.unit_id != letter.unit_id:
        yield finding("letter_other_unit", "case")
    yield from letter.handling.problems()
    yield from title_problems(letter.title, letter.title_break)


def return_letter(letter: Letter, *, by: User, reason: str) -> Letter:
    """退回提醒函: a leader does not agree with the text, and says why.

    Raises StateChanged unless it waits for a signature, NotYours for anybody but a leader, Refused without a reason.
    Effects: it is a draft to be revised again, and its supervisor is alerted.
    """
    with step(letter, Verb.RETURN_LETTER, by=by, opinion=reason) as letter:
        refuse_if_any(letter, require_words(reason, finding("reason_missing", "reason", what="退回")))
        letter.return_letter()
    return letter


def take_back_letter(letter: Letter, *, by: User, reason: str) -> Letter:
    """取回提醒函: while no leader has signed it, it is put right and sent to be signed again; the leaders are alerted.

    Raises StateChanged once it was issued, returned or cancelled, Refused without a reason.
    """
    with step(letter, Verb.TAKE_BACK_LETTER, by=by, opinion=reason) as letter:
        refuse_if_any(letter, require_words(reason, finding("reason_missing", "reason", what="取回")))
        letter.take_back_letter()
    return letter


def cancel_letter(letter: Letter, *, by: User, reason: str) -> Letter:
    """作废提醒函草稿: a duplicate or mistaken one is never signed; it stays to be read, with who said why.

    Raises StateChanged once it was issued (then the director voids the paper), Refused without a reason.
    """
    with step(letter, Verb.CANCEL_LETTER, by=by, opinion=reason) as letter:
        refuse_if_any(letter, require_words(reason, finding("reason_missing", "reason", what="作废")))
        letter.cancel_letter()
    return letter


def revise_letter(
    letter: Letter,
    *,
    by: User,
    unit: Unit,
    capacity: str,
    lead_matter: str,
    case: Case | None,
    matter: str,
    problems: str,
    requirements: str,
    **handling: Unpack[LetterHandlingInput],
) -> Letter:
    """修改提醒函: what was returned or taken back is put right, and waits for a signature again.

    Raises StateChanged unless it was returned or taken back, NotYours for anybody but a supervisor, Refused for what a
    first draft could not say either (Art. 10 (三)).
    """
    with step(letter, Verb.REVISE_LETTER, by=by) as letter:
        letter.unit, letter.capacity, letter.lead_matter, letter.case = unit, capacity, lead_matter, case
        letter.matter, letter.problems, letter.requirements = matter, problems, requirements
        letter.handling = Handling(**handling)
        refuse_if_any(letter, _letter_problems(letter, by))
        letter.revise_letter()
    return letter


def approve_letter(letter: Letter, *, by: User, seen: str) -> Letter:
    """签发提醒函: a leader who wrote none of it signs, and it goes out with its number.

    `seen` is the digest of the text that was shown to them. Raises StateChanged if the letter has moved
    on or has another text by now, NotYours, and Refused for who may not sign it and for a text not shown.
    """
    facts: dict[str, str] = {}
    with step(letter, Verb.APPROVE_LETTER, by=by, facts=facts) as letter:
        refuse_if_any(letter, [] if seen else [finding("letter_not_as_shown")])
        if seen != letter.digest:
            raise state_changed(letter, by)
        letter.approve_letter(approver=by)
        days = OfficeSetting.objects.number("letter_answer_days")
        if days:
            letter.answer_until = add_working_days(clock.today(), days, CalendarDay.objects.calendar())
        letter.save()
        facts["document"] = issue(DocumentKind.REMINDER_LETTER, letter, by=by, handling=letter.handling).number
    return letter


def acknowledge_letter(letter: Letter, *, by: User) -> Letter:
    """签收提醒函: a named person of the unit takes the letter, once.

    Raises StateChanged unless it is issued, NotYours for anybody but the unit's side, Refused where it is void or was
    signed for already. Effects: the receipt of the paper, with the post held at that time.
    """
    facts: dict[str, str] = {}
    with step(letter, Verb.ACKNOWLEDGE_LETTER, by=by, facts=facts) as letter:
        facts |= sign_for(letter.document, by=by)
    return letter


def answer_no_longer_awaited(letter: Letter) -> StateChanged:
    """Who answered the letter or voided it, and when, in what its unit may know."""
    events = letter.events.shown_outside().filter(verb__in=ENDS_THE_WAITING)
    return changed_by(events.newest_first().first(), letter.get_state_display(), inner=False)
