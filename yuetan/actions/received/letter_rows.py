"""What every step on 三书一函 shares: how its rows are held, who may act on them, what log and unit read of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction

from yuetan.actions.hold_row import hold_row
from yuetan.actions.people.for_unit import may_for_unit
from yuetan.actions.people.unit_people import people_of_unit
from yuetan.actions.room_step import LogFacts, RoomRows, itself, may_by_role
from yuetan.alerts import send_alert
from yuetan.models import ReceivedClosing, ReceivedLetter, ReceivedReply, Unit, User
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date

REGISTER, REPLY = "register_received_letter", "reply_received_letter"
WITHDRAW, DECIDE = "withdraw_received_letter", "decide_received_reply"
WITHDRAW_CLOSING = "withdraw_received_closing"


def _held_letter(letter: ReceivedLetter) -> ReceivedLetter:
    related = ReceivedLetter.objects.select_related("unit__parent", "reply", "closing", "withdrawn_by")
    return hold_row(related, letter.pk)


def _held_with_unit(letter: ReceivedLetter) -> ReceivedLetter:
    """With its unit, whose other letters it repeats or are repeats of it: the one to which it has gone over meanwhile.

    The unit is held first; a wrong one is let go again, for who holds the right one may wait for the letter.
    """
    while True:
        unit_id = ReceivedLetter.objects.values_list("unit_id", flat=True).get(pk=letter.pk)
        before = transaction.savepoint()
        hold_unit(unit_id)
        held = _held_letter(letter)
        if held.unit_id == unit_id:
            transaction.savepoint_commit(before)
            return held
        transaction.savepoint_rollback(before)


def _held_reply(reply: ReceivedReply) -> ReceivedReply:
    letter = _held_letter(reply.letter)
    reply = ReceivedReply.objects.select_related("returned_by").get(pk=reply.pk)
    reply.letter = letter
    return reply


def _held_closing(closing: ReceivedClosing) -> ReceivedClosing:
    letter = _held_with_unit(closing.letter)
    closing = ReceivedClosing.objects.select_related("withdrawn_by").get(pk=closing.pk)
    closing.letter = letter
    return closing


def hold_unit(key: int) -> Unit:
    """What is registered, withdrawn and taken back of one unit comes one by one: the same paper twice, what repeats
    another. It is locked before any letter of it."""
    return Unit.objects.select_for_update(no_key=True).get(pk=key)


def _held_units(units: Sequence[Unit | None]) -> list[Unit | None]:
    """In one order of keys, so that two who name the same units never wait for each other."""
    held = {key: hold_unit(key) for key in sorted(unit.pk for unit in units if unit)}
    return [held[unit.pk] if unit else None for unit in units]


def _letter_facts(letter: ReceivedLetter) -> LogFacts:
    return {"unit": letter.unit.full_name, "words": str(letter)}


def _may_on_letter(letter: ReceivedLetter, by: User, codename: str) -> bool:
    return may_for_unit(letter.unit_id, by, codename)


def _may_register(unit: Unit | None, by: User, codename: str) -> bool:
    """For the unit that got the letter; while none is named, for some unit."""
    if unit is not None:
        return may_for_unit(unit.pk, by, codename)
    return may_by_role(unit, by, codename) or any(may_for_unit(own, by, codename) for own in by.interviewed_units)


NEW_LETTERS = RoomRows["Unit | None"](
    lambda unit: hold_unit(unit.pk) if unit else None,
    _may_register,
    lambda unit: {},
    lambda unit: None,
)
NEW_LETTERS_TOGETHER = RoomRows["Sequence[Unit | None]"](
    _held_units,
    lambda units, by, codename: all(_may_register(unit, by, codename) for unit in units),
    lambda units: {},
    lambda units: None,
)
LETTERS = RoomRows[ReceivedLetter](_held_letter, _may_on_letter, _letter_facts, itself)
LETTERS_OF_UNIT = RoomRows[ReceivedLetter](_held_with_unit, _may_on_letter, _letter_facts, itself)
REPLIES = RoomRows[ReceivedReply](
    _held_reply,
    lambda reply, by, codename: may_for_unit(reply.letter.unit_id, by, codename),
    lambda reply: _letter_facts(reply.letter),
    lambda reply: reply.letter,
)
CLOSINGS = RoomRows[ReceivedClosing](
    _held_closing,
    lambda closing, by, codename: may_for_unit(closing.letter.unit_id, by, codename),
    lambda closing: _letter_facts(closing.letter),
    lambda closing: closing.letter,
)


def ended_problems(letter: ReceivedLetter, *_by: User) -> Iterator[Finding]:
    """That the letter was withdrawn or closed: nothing of it changes then."""
    if letter.withdrawn_by is not None:
        yield finding("received_withdrawn", "")
    elif letter.closing is not None:
        yield finding("received_closed")


def alert_unit(letter: ReceivedLetter, key: str, words: str) -> None:
    """Alert the heads and liaisons of the unit."""
    send_alert(people_of_unit(letter.unit), key=f"received:{letter.pk}:{key}", words=words)


def day_words(day: date | None) -> str:
    """，回复期限为2026年12月1日; empty where no day is set."""
    return f"，回复期限为{chinese_date(day)}" if day else ""
