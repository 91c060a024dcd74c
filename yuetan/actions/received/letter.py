"""三书一函: a letter that a unit got is registered by the office or the unit itself, or withdrawn as a mistake."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TypedDict, Unpack

from django.utils import timezone

from yuetan.actions.files.attachment import ExaminedFile, Offer
from yuetan.actions.files.readable_scan import PAPER_KINDS, scan_problems
from yuetan.actions.people.for_unit import is_of_unit
from yuetan.actions.received.letter_rows import (
    LETTERS_OF_UNIT,
    NEW_LETTERS,
    NEW_LETTERS_TOGETHER,
    REGISTER,
    WITHDRAW,
    alert_unit,
    day_words,
    ended_problems,
)
from yuetan.actions.received.repeats import follow_repeats
from yuetan.actions.room_step import Held, RoomStep, Row, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.models import CalendarDay, OfficeSetting, ReceivedLetter, ReceivedPaper, Unit, User
from yuetan.models.received.letter import KEY_LENGTH, REPLY_DAYS, ReceivedLetterQuerySet
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import add_working_days
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.similar_matter import bare
from yuetan.rules.text.written_text import needed_text_problems, reason_problems
from yuetan.vocabulary import ReceivedKind

KEY_ORGAN = 100


@dataclass(frozen=True)
class Received:
    """What stands on the letter, and when it came."""

    kind: str
    organ: str
    number: str
    dated_on: date | None
    received_on: date | None
    matter: str
    asked: str
    reply_due: date | None


class ReceivedFacts(TypedDict):
    """What a letter says of itself, as keywords."""

    kind: str
    organ: str
    number: str
    dated_on: date | None
    received_on: date | None
    matter: str
    asked: str
    reply_due: date | None


def paper_key(organ: str, number: str, matter: str, dated_on: date | None) -> str:
    """Organ, number and day without signs, by which the same paper is known; the matter for a number it lacks."""
    return f"{bare(organ)[:KEY_ORGAN]} {(bare(number) or bare(matter))[:KEY_LENGTH]} {dated_on}"


def register_received_letter(
    *, by: User, unit: Unit | None, scan: Sequence[Offer], **letter: Unpack[ReceivedFacts]
) -> ReceivedLetter:
    """登记来函 that a unit got, by the office or by a head or liaison of the unit.

    Where the letter sets no day for the reply, the office's own counts (办公室设定), or none. Raises NotYours for
    anybody else, also for one's own unit as the office (回避); Refused with what is missing, for impossible days, and
    for a letter that is registered already. Effect: the unit is alerted of what the office registered.
    """
    with room_step(REGISTERING, unit, by=by, scan=scan) as held:
        return _entered(held, held.row, Received(**letter))


def register_received_letters(
    *,
    by: User,
    unit: Unit | None,
    also: Sequence[Unit] = (),
    scan: Sequence[Offer],
    **letter: Unpack[ReceivedFacts],
) -> list[ReceivedLetter]:
    """登记 one paper that several units got: of each unit a letter of its own with its own scan, all of them or none.

    A unit that is named twice got it once. Raises NotYours unless each may be registered, Refused as for one.
    """
    units = list({one and one.pk: one for one in (unit, *also)}.values())
    with room_step(REGISTERING_TOGETHER, units, by=by, scan=scan) as held:
        return [_entered(held, one, Received(**letter)) for one in held.row]


def _entered(held: Held[Row], unit: Unit | None, letter: Received) -> ReceivedLetter:
    """A letter of one unit, with a line of the log."""
    files = held.files["scan"]
    refuse_uncited(_incomplete(unit, letter, files))
    assert unit is not None
    refuse_uncited([*_letter_problems(unit, letter), *scan_problems(files, "scan", kinds=PAPER_KINDS)])
    made = ReceivedLetter.objects.create(
        **asdict(letter),
        unit=unit,
        paper_key=paper_key(letter.organ, letter.number, letter.matter, letter.dated_on),
        matter_key=bare(letter.matter)[:KEY_LENGTH],
        due_on=_due_on(letter),
        registered_by=held.by,
        registered_at=clock.now(),
    )
    follow_repeats(made)
    held.keep("scan", ReceivedPaper, letter=made)
    held.made, held.facts = made, {"unit": unit.full_name, "words": str(made)}
    held.log()
    if not is_of_unit(unit.pk, held.by):
        alert_unit(made, "registered", f"办公室登记了本单位收到的{made}：{made.matter}{day_words(made.due_on)}。")
    return made


def withdraw_received_letter(letter: ReceivedLetter, *, by: User, reason: str) -> ReceivedLetter:
    """撤销 what was registered by mistake; it stays for the office to see, and the unit is alerted.

    Raises NotYours (also 回避), Refused without a reason, twice, while tasks of it run, or once it is closed.
    """
    with room_step(WITHDRAWING, letter, by=by) as held:
        letter = held.row
        refuse_uncited(reason_problems(reason, "撤销"))
        letter.withdrawn_by, letter.withdrawn_at, letter.withdrawal_reason = by, clock.now(), reason
        letter.save()
        follow_repeats(letter)
        held.facts["reason"] = reason
        alert_unit(letter, "withdrawn", f"办公室撤销了本单位收到的{letter}的登记，不必再办：{reason}")
    return letter


def _tasks_run(letter: ReceivedLetter, *_by: User) -> Iterator[Finding]:
    if letter.is_rectifying:
        yield finding("received_tasks_run")


def _incomplete(unit: Unit | None, letter: Received, files: Sequence[ExaminedFile]) -> list[Finding]:
    needed = {
        "unit": ("收到的单位", unit),
        "kind": ("种类", letter.kind in ReceivedKind),
        "organ": ("制发机关", letter.organ),
        "dated_on": ("成文日期", letter.dated_on),
        "received_on": ("收到日期", letter.received_on),
        "matter": ("事由", letter.matter),
        "asked": ("建议、提示的内容", letter.asked),
        "scan": ("来函扫描件", files),
    }
    return missing_of("received_incomplete", needed)


def _letter_problems(unit: Unit, letter: Received) -> Iterator[Finding]:
    yield from _impossible_days(letter)
    for field, label in (("organ", "制发机关"), ("matter", "事由"), ("asked", "建议、提示的内容")):
        yield from needed_text_problems("received_incomplete", field, label, getattr(letter, field))
    if unit.retired_on is not None:
        yield finding("received_unit_ended", "unit", unit=unit.full_name)
    for known in known_letters([unit], paper_key(letter.organ, letter.number, letter.matter, letter.dated_on)):
        day = chinese_date(timezone.localdate(known.registered_at))
        yield finding("received_known", "number", unit=unit.full_name, paper=known.paper, day=day)


def known_letters(units: Collection[Unit], key: str) -> ReceivedLetterQuerySet:
    """The letters in force by which these units were sent this paper before; `key` is its `paper_key`."""
    return ReceivedLetter.objects.in_force().filter(unit__in=units, paper_key=key)


def _impossible_days(letter: Received) -> Iterator[Finding]:
    assert letter.dated_on is not None
    assert letter.received_on is not None
    today = clock.today()
    if letter.dated_on > today:
        yield finding("received_ahead", "dated_on", label="成文日期")
    if letter.received_on > today:
        yield finding("received_ahead", "received_on", label="收到日期")
    if letter.received_on < letter.dated_on:
        yield finding("received_before_dated", "received_on")
    if letter.reply_due and letter.reply_due < letter.dated_on:
        yield finding("received_due_before", "reply_due")


def _due_on(letter: Received) -> date | None:
    """The day that the letter sets, or else the office's, counted from when it came; none where neither sets one."""
    days = OfficeSetting.objects.number(REPLY_DAYS)
    if letter.reply_due or not days:
        return letter.reply_due
    assert letter.received_on is not None
    return add_working_days(letter.received_on, days, CalendarDay.objects.calendar())


REGISTERING = RoomStep(REGISTER, NEW_LETTERS)
REGISTERING_TOGETHER = RoomStep(REGISTER, NEW_LETTERS_TOGETHER)
WITHDRAWING = RoomStep(WITHDRAW, LETTERS_OF_UNIT, (ended_problems,), (_tasks_run,))
