"""回复 of a unit to a letter it got, in versions; returned by the office with what is not right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from yuetan.actions.files.attachment import ExaminedFile, Offer
from yuetan.actions.files.readable_scan import PAPER_KINDS, scan_problems
from yuetan.actions.people.for_unit import is_of_unit
from yuetan.actions.received.letter_rows import DECIDE, LETTERS, REPLIES, REPLY, alert_unit, day_words, ended_problems
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.models import ReceivedLetter, ReceivedPaper, ReceivedReply, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.written_text import needed_text_problems, reason_problems


def enter_reply(
    letter: ReceivedLetter,
    *,
    by: User,
    replied_on: date | None,
    number: str,
    words: str,
    scan: Sequence[Offer],
) -> ReceivedReply:
    """填报回复 by a head or liaison of the unit, or from paper by the office.

    By how many days it is late is kept with it, whatever comes after. Raises NotYours for anybody else (also 回避);
    Refused with what is missing, for impossible days, while a version waits for the office, and once it is closed or
    withdrawn. Effects: the office has it to read; the unit is alerted of what the office entered for it.
    """
    with room_step(REPLYING, letter, by=by, scan=scan) as held:
        letter, files, of_unit = held.row, held.files["scan"], is_of_unit(held.row.unit_id, by)
        refuse_uncited(_incomplete_reply(replied_on, words, files))
        assert replied_on is not None
        refuse_uncited(_reply_problems(letter, replied_on, words, files))
        facts = {"replied_on": replied_on, "number": number, "words": words, "entered_by": by}
        reply = _next_version(letter, from_paper=not of_unit, **facts)
        held.keep("scan", ReceivedPaper, reply=reply)
        held.facts["version"] = reply.version
        if not of_unit:
            alert_unit(letter, f"{reply.version}:entered", f"办公室代录了本单位对{letter}的回复。")
    return reply


def _next_version(letter: ReceivedLetter, **facts: object) -> ReceivedReply:
    """Keep a version with the day that counts and how late it is, and let the letter say that it stands."""
    number = letter.reply_count + 1
    reply = ReceivedReply(letter=letter, version=number, due_on=letter.due_on, entered_at=clock.now(), **facts)
    reply.late_days = letter.days_late_on(reply.replied_on)
    reply.save()
    letter.reply, letter.reply_count = reply, number
    letter.late_days = max(letter.late_days, reply.late_days)
    letter.save()
    return reply


def return_received_reply(
    reply: ReceivedReply, *, by: User, reason: str, again_by: date | None, arrived_on: date | None = None
) -> ReceivedReply:
    """退回 a reply with what is not right in it and the day by which it is expected anew; the version stays as it is.

    `arrived_on` is when it came, where the unit named another day; by that day it is late then.

    Raises NotYours (also 回避), Refused without reason or day, for a day that is past, for an arrival before the letter
    came or ahead, for a version that does not stand, for who entered it from paper, and once the letter is closed or
    withdrawn. Effect: the unit is alerted.
    """
    with room_step(RETURNING, reply, by=by) as held:
        reply, letter = held.row, held.row.letter
        unfit = [*_again_problems(again_by), *_arrival_problems(letter, arrived_on)]
        refuse_uncited([*reason_problems(reason, "退回"), *unfit])
        reply.returned_by, reply.returned_at, reply.return_reason, reply.again_by = by, clock.now(), reason, again_by
        held.facts |= {"version": reply.version, "reason": reason, **_put_arrival_right(letter, reply, arrived_on)}
        reply.save()
        letter.late_days = max(letter.replies.values_list("late_days", flat=True))
        letter.reply, letter.due_on = None, again_by
        letter.save()
        words = f"办公室退回了本单位对{letter}的回复{day_words(again_by)}：{reason}"
        alert_unit(letter, f"{reply.version}:returned", words)
    return reply


def _put_arrival_right(letter: ReceivedLetter, reply: ReceivedReply, arrived_on: date | None) -> dict[str, str]:
    """Keep when it came and how late that is by the day it was to meet, and return what the log keeps of it."""
    if arrived_on is None:
        return {}
    reply.arrived_on, reply.late_days = arrived_on, letter.days_late_on(arrived_on)
    return {"day": arrived_on.isoformat()}


def replied_problems(letter: ReceivedLetter, *_by: User) -> Iterator[Finding]:
    """That a version waits for the office."""
    if letter.reply is not None:
        yield finding("received_replied", "", version=letter.reply.version)


def _ended(reply: ReceivedReply, by: User) -> Iterator[Finding]:
    return ended_problems(reply.letter, by)


def _returned(reply: ReceivedReply, *_by: User) -> Iterator[Finding]:
    """That another version stands, or none."""
    if reply.letter.reply_id != reply.pk:
        assert reply.returned_by is not None
        yield finding("received_reply_returned", "", version=reply.version, name=reply.returned_by.name)


def registrar_problems(reply: ReceivedReply, by: User) -> Iterator[Finding]:
    """That the person entered it from paper: somebody else decides on it."""
    if reply.is_registered_by(by):
        yield finding("registrar_decides", "", name=by.name)


def _incomplete_reply(replied_on: date | None, words: str, files: Sequence[ExaminedFile]) -> list[Finding]:
    needed = {
        "replied_on": ("回复日期", replied_on),
        "words": ("办理和整改情况", words),
        "scan": ("回复扫描件", files),
    }
    return missing_of("received_reply_incomplete", needed)


def _reply_problems(
    letter: ReceivedLetter, replied_on: date, words: str, files: Sequence[ExaminedFile]
) -> list[Finding]:
    problems = needed_text_problems("received_reply_incomplete", "words", "办理和整改情况", words)
    if replied_on > clock.today():
        problems.append(finding("received_reply_ahead", "replied_on"))
    if replied_on < letter.received_on:
        problems.append(finding("received_reply_before", "replied_on", day=chinese_date(letter.received_on)))
    return [*problems, *scan_problems(files, "scan", kinds=PAPER_KINDS)]


def _arrival_problems(letter: ReceivedLetter, arrived_on: date | None) -> Iterator[Finding]:
    if arrived_on is not None and not letter.received_on <= arrived_on <= clock.today():
        yield finding("received_arrival_unfit", "arrived_on", day=chinese_date(letter.received_on))


def _again_problems(again_by: date | None) -> Iterator[Finding]:
    if again_by is None:
        yield finding("received_again_missing", "again_by")
    elif again_by < clock.today():
        yield finding("received_again_past", "again_by")


STANDING_REPLY = (_ended, _returned, registrar_problems)
REPLYING = RoomStep(REPLY, LETTERS, (ended_problems, replied_problems))
RETURNING = RoomStep("return_received_reply", REPLIES, STANDING_REPLY, codename=DECIDE)
