"""Reminder letters: drafted by a supervisor, signed by a leader, signed for by the unit."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import F, QuerySet

from yuetan import grants, permissions
from yuetan.actions.step import refuse, write_event
from yuetan.documents.issue import issue
from yuetan.errors import NotYours, Refused, StateChanged
from yuetan.models import CalendarDay, Case, Event, Letter, OfficeSetting, Receipt, Regulation, Unit, User
from yuetan.models.letter import not_the_letters_drafter
from yuetan.rules import clock, official_text
from yuetan.rules.findings import Finding, found
from yuetan.rules.working_days import add_working_days
from yuetan.vocabulary import DocumentKind, LetterCapacity, LetterState, UnitKind, Verb

# What leaves nothing to be answered.
ENDS_THE_WAITING = (Verb.ANSWER_LETTER, "void_document")
LABELS = {"matter": "提醒事项", "problems": "存在的问题", "requirements": "工作要求"}


@transaction.atomic
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
) -> Letter:
    """起草提醒函: to a 成员单位, or to the lead unit of a named problem; with or without a case."""
    if not by.has_perm(permissions.name(Verb.DRAFT_LETTER)):
        raise NotYours(Verb.DRAFT_LETTER)
    letter = Letter(
        regulation=Regulation.objects.in_force(clock.today()),
        unit=unit,
        capacity=capacity,
        lead_matter=lead_matter,
        case=case,
        matter=matter,
        problems=problems,
        requirements=requirements,
        drafter=by,
    )
    refuse(letter, _wrong(letter, by))
    letter.save()
    write_event(letter, Verb.DRAFT_LETTER, by=by, before="")
    return letter


def _wrong(letter: Letter, author: User) -> Iterator[Finding]:
    missing = [field for field in LABELS if not getattr(letter, field).strip()]
    if missing:
        labels = official_text.joined([LABELS[field] for field in missing])
        yield found("letter_incomplete", missing[0], missing=labels)
    for post in author.posts_in(letter.unit_id):
        words = {"name": author.name, "unit": letter.unit.name, "title": post.title}
        yield found("letter_to_own_unit", "unit", **words)
    if letter.capacity == LetterCapacity.MEMBER_UNIT and letter.unit.kind != UnitKind.MEMBER_UNIT:
        yield found("letter_addressee_not_member", "capacity", unit=letter.unit.name)
    if letter.capacity == LetterCapacity.LEAD_UNIT and not letter.lead_matter.strip():
        yield found("letter_lead_matter_missing", "lead_matter")
    if letter.case is not None and letter.case.unit_id != letter.unit_id:
        yield found("letter_other_unit", "case")


def return_letter(letter: Letter, *, by: User, reason: str) -> Letter:
    """退回提醒函: a leader does not agree with the text, and says why."""
    with transaction.atomic():
        locked = locked_letter(letter)
        if locked.state != LetterState.DRAFTED:
            raise letter_changed(locked)
        if not by.has_perm(permissions.name(Verb.RETURN_LETTER)) or by.posts_in(locked.unit_id):
            raise NotYours(Verb.RETURN_LETTER)
        if not reason.strip():
            refuse(locked, [found("reason_missing", "reason", what="退回")])
        locked.return_letter()
        locked.save()
        write_event(locked, Verb.RETURN_LETTER, by=by, before=LetterState.DRAFTED, opinion=reason)
    return locked


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
) -> Letter:
    """修改提醒函: what a leader has returned is put right, and waits for a signature again."""
    with transaction.atomic():
        locked = locked_letter(letter)
        if locked.state != LetterState.RETURNED:
            raise letter_changed(locked)
        if not by.has_perm(permissions.name(Verb.REVISE_LETTER)) or by.posts_in(locked.unit_id):
            raise NotYours(Verb.REVISE_LETTER)
        locked.unit, locked.capacity, locked.lead_matter, locked.case = unit, capacity, lead_matter, case
        locked.matter, locked.problems, locked.requirements = matter, problems, requirements
        refuse(locked, _wrong(locked, by))
        locked.revise_letter()
        locked.save()
        write_event(locked, Verb.REVISE_LETTER, by=by, before=LetterState.RETURNED)
    return locked


def approve_letter(letter: Letter, *, by: User, seen: str) -> Letter:
    """签发提醒函: a leader who wrote none of it signs, and it goes out with its number.

    `seen` is the digest of the text that was shown to them. Raises StateChanged if the letter has moved
    on or has another text by now, NotYours, and Refused for who may not sign it and for a text not shown.
    """
    with transaction.atomic():
        locked = locked_letter(letter)
        if locked.state != LetterState.DRAFTED or seen not in ("", locked.text_digest):
            raise letter_changed(locked)
        if not by.has_perm(permissions.name(Verb.APPROVE_LETTER)):
            raise NotYours(Verb.APPROVE_LETTER)
        reasons = not_the_letters_drafter.reasons(locked, by)
        if reasons:
            raise Refused(*reasons)
        refuse(locked, [] if seen else [found("letter_not_as_shown")])
        locked.approve_letter(approver=by)
        days = OfficeSetting.objects.number("letter_answer_days")
        if days:
            locked.answer_until = add_working_days(clock.today(), days, CalendarDay.objects.calendar())
        locked.save()
        document = issue(DocumentKind.REMINDER_LETTER, locked, by=by)
        facts = {"document": document.number}
        write_event(locked, Verb.APPROVE_LETTER, by=by, before=LetterState.DRAFTED, facts=facts)
        grants.follow_letter(locked)
    return locked


def acknowledge_letter(letter: Letter, *, by: User) -> Letter:
    """签收提醒函: a named person of the unit takes the letter, once."""
    with transaction.atomic():
        locked = locked_letter(letter)
        if not by.has_perm(permissions.name(Verb.ACKNOWLEDGE_LETTER), locked):
            raise NotYours(Verb.ACKNOWLEDGE_LETTER)
        document = locked.document
        voided_at = document.entry.voided_at
        if voided_at is not None:
            refuse(locked, [found("letter_voided", time=official_text.chinese_date(voided_at))])
        receipt = document.receipt_or_none
        if receipt is not None:
            words = {"name": receipt.signer, "time": receipt.signed_at_words}
            refuse(locked, [found("letter_already_acknowledged", **words)])
        Receipt.objects.create(document=document, signed_by=by, signed_title=by.title)
        write_event(locked, Verb.ACKNOWLEDGE_LETTER, by=by, before=locked.state, facts={"document": document.number})
    return locked


def locked_letter(letter: Letter) -> Letter:
    """The letter as it stands now, held until the end of the transaction."""
    related = Letter.objects.select_related("unit", "regulation")
    return related.select_for_update(of=("self",)).get(pk=letter.pk)


def letter_changed(letter: Letter) -> StateChanged:
    """Who moved the letter to where it stands now, when and how, for the inner side."""
    return _changed_by(letter, letter.events.exclude(from_state=F("to_state")), inner=True)


def answer_no_longer_awaited(letter: Letter) -> StateChanged:
    """Who answered the letter or voided it, and when, in what its unit may know."""
    return _changed_by(letter, letter.events.shown_outside().filter(verb__in=ENDS_THE_WAITING), inner=False)


def _changed_by(letter: Letter, events: QuerySet[Event], *, inner: bool) -> StateChanged:
    last = events.select_related("actor").order_by("-created_at", "-id")[0]
    what = f"{last.label}（现为“{letter.get_state_display()}”）"
    return StateChanged(who=last.who(inner=inner), when=last.created_at, what=what)
