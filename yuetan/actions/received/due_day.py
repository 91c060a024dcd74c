"""改定回复期限 of a letter that a unit got, where the organ that wrote it granted another day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from yuetan.actions.files.attachment import ExaminedFile, Offer
from yuetan.actions.files.readable_scan import PAPER_KINDS, scan_problems
from yuetan.actions.received.letter_rows import DECIDE, LETTERS, alert_unit, ended_problems
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.seen import require_as_seen
from yuetan.actions.step import refuse_uncited
from yuetan.models import ReceivedDueChange, ReceivedLetter, ReceivedPaper, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.written_text import needed_text_problems

SET_DUE = "set_received_due"
LOGGED = (SET_DUE, "return_received_reply")  # by which the day changes


def set_received_due(
    letter: ReceivedLetter, *, by: User, due_on: date | None, ground: str, scan: Sequence[Offer], seen: str
) -> ReceivedDueChange:
    """改定回复期限 by the office, on the organ's word, which is kept with the day before it (办公室设定).

    The day may be past where the word is entered late: by it a reply is late or not. `seen` is the day that was looked
    at. Raises NotYours for the unit and anybody else (also 回避); Refused with what is missing, for a day not after
    the letter came or the same as before, once it is replied to, closed or withdrawn, and for what changed meanwhile.
    Effects: light, lists, reminders and lateness follow the day; the unit is alerted.
    """
    with room_step(SETTING_DUE, letter, by=by, scan=scan) as held:
        letter, files = held.row, held.files["scan"]
        require_as_seen(seen, due_shown(letter), "回复期限", LOGGED, unit=letter.unit.full_name, words=str(letter))
        needed = {"due_on": ("改定的回复期限", due_on), "ground": ("依据", ground), "scan": ("来函机关的文书", files)}
        refuse_uncited(missing_of("received_due_incomplete", needed))
        assert due_on is not None
        refuse_uncited(_due_problems(letter, due_on, ground, files))
        change = _set(letter, by, due_on, ground)
        held.keep("scan", ReceivedPaper, due_change=change)
        held.facts |= {"day": due_on.isoformat(), "reason": ground}
        alert_unit(letter, f"{change.pk}:due", f"来函机关改定了{letter}的回复期限，{_changed_words(change)}：{ground}")
    return change


def due_shown(letter: ReceivedLetter) -> str:
    """The day that counts, as a form keeps it, with how many versions of the reply there are."""
    return f"{letter.reply_count} {letter.due_on or ''}"


def _replied_problems(letter: ReceivedLetter, *_by: User) -> Iterator[Finding]:
    """That a reply stands, which met the day or did not."""
    if letter.reply is not None:
        yield finding("received_due_replied", "", version=letter.reply.version)


def _due_problems(
    letter: ReceivedLetter, due_on: date, ground: str, files: Sequence[ExaminedFile]
) -> Iterator[Finding]:
    yield from needed_text_problems("received_due_incomplete", "ground", "依据", ground)
    if due_on <= letter.received_on:
        yield finding("received_due_unfit", "due_on", day=chinese_date(letter.received_on))
    elif due_on == letter.due_on:
        yield finding("received_due_same", "due_on", day=chinese_date(due_on))
    yield from scan_problems(files, "scan", kinds=PAPER_KINDS)


def _set(letter: ReceivedLetter, by: User, due_on: date, ground: str) -> ReceivedDueChange:
    """Keep the change with the day before it, and let the letter follow."""
    facts = {"former_due": letter.due_on, "due_on": due_on, "ground": ground, "set_by": by, "set_at": clock.now()}
    change = ReceivedDueChange.objects.create(letter=letter, after_version=letter.reply_count, **facts)
    letter.due_on = due_on
    letter.save()
    return change


def _changed_words(change: ReceivedDueChange) -> str:
    former = f"由{chinese_date(change.former_due)}" if change.former_due else ""
    return f"{former}改为{chinese_date(change.due_on)}"


SETTING_DUE = RoomStep(SET_DUE, LETTERS, (ended_problems, _replied_problems), codename=DECIDE)
