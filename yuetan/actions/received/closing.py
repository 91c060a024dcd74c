"""办结 of a letter that a unit got, by the office; withdrawn by the director where it was not right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yuetan.actions.files.attachment import Offer
from yuetan.actions.files.readable_scan import PAPER_KINDS, scan_problems
from yuetan.actions.received.letter_rows import (
    CLOSINGS,
    DECIDE,
    LETTERS,
    LETTERS_OF_UNIT,
    REPLIES,
    WITHDRAW_CLOSING,
    alert_unit,
    ended_problems,
)
from yuetan.actions.received.repeats import follow_repeats
from yuetan.actions.received.reply import STANDING_REPLY, registrar_problems
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.models import Assignment, ReceivedClosing, ReceivedLetter, ReceivedPaper, ReceivedReply, User
from yuetan.models.people.unit_change import is_without_successor
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.official_text import joined
from yuetan.rules.text.written_text import needed_text_problems, reason_problems, text_problems
from yuetan.vocabulary import ReceivedClosingKind, TaskState


def close_received_letter(reply: ReceivedReply, *, by: User, opinion: str) -> ReceivedClosing:
    """办结 with an opinion on the reply that stands; nothing of the letter changes from then on.

    Raises NotYours (also 回避), Refused without an opinion, for a version that does not stand, for who entered it from
    paper, while tasks of it run, and once the letter is closed or withdrawn. Effect: the unit is alerted.
    """
    with room_step(CLOSING, reply, by=by) as held:
        letter = held.row.letter
        missing = finding("opinion_missing", "opinion")
        refuse_uncited(text_problems("opinion", "办结意见", opinion, missing))
        held.facts["opinion"] = opinion
        closing = _close(letter, ReceivedClosingKind.REPLIED, by, opinion)
        alert_unit(letter, f"{closing.pk}:closed", f"{letter}已办结：{opinion}")
    return closing


def close_unanswered(letter: ReceivedLetter, *, by: User, reason: str) -> ReceivedClosing:
    """办结 without a reply, where the unit has ended and nobody goes on for it (办公室设定).

    Raises NotYours (also 回避), Refused without a reason, where a reply stands, where somebody goes on for the unit,
    while tasks of it run, and once it is closed or withdrawn.
    """
    with room_step(CLOSING_UNANSWERED, letter, by=by) as held:
        refuse_uncited(reason_problems(reason, "办结"))
        held.facts["opinion"] = reason
        return _close(held.row, ReceivedClosingKind.UNIT_ENDED, by, reason)


def record_received_recall(letter: ReceivedLetter, *, by: User, reason: str, scan: Sequence[Offer]) -> ReceivedClosing:
    """来函机关撤回: the organ has taken its letter back by a paper; nothing more is done about it (办公室设定).

    Raises NotYours (also 回避), Refused without a reason or the paper, for who entered the standing reply from paper,
    while tasks of it run, and once it is closed or withdrawn. Effect: the unit is alerted.
    """
    with room_step(RECORDING_RECALL, letter, by=by, scan=scan) as held:
        letter, files = held.row, held.files["scan"]
        needed = {"reason": ("撤回的情况", reason), "scan": ("来函机关的文书", files)}
        refuse_uncited(missing_of("received_recall_incomplete", needed))
        unfit = needed_text_problems("received_recall_incomplete", "reason", "撤回的情况", reason)
        refuse_uncited([*unfit, *scan_problems(files, "scan", kinds=PAPER_KINDS)])
        held.facts["opinion"] = reason
        closing = _close(letter, ReceivedClosingKind.RECALLED, by, reason)
        follow_repeats(letter)
        held.keep("scan", ReceivedPaper, closing=closing)
        alert_unit(letter, f"{closing.pk}:closed", f"来函机关撤回了{letter}，不必再办：{reason}")
    return closing


def _close(letter: ReceivedLetter, kind: ReceivedClosingKind, by: User, opinion: str) -> ReceivedClosing:
    closing = ReceivedClosing.objects.create(
        letter=letter, kind=kind, opinion=opinion, closed_by=by, closed_at=clock.now()
    )
    letter.closing = closing
    letter.save()
    return closing


def withdraw_received_closing(closing: ReceivedClosing, *, by: User, reason: str) -> ReceivedClosing:
    """撤回办结 with a reason: the reply waits for the office again, which may return it.

    Raises NotYours (also 回避), Refused without a reason, or for a 办结 that stands no longer. Effect: the unit is
    alerted.
    """
    with room_step(WITHDRAWING_CLOSING, closing, by=by) as held:
        closing, letter = held.row, held.row.letter
        refuse_uncited(reason_problems(reason, "撤回"))
        closing.withdrawn_by, closing.withdrawn_at, closing.withdrawal_reason = by, clock.now(), reason
        closing.save()
        letter.closing = None
        letter.save()
        follow_repeats(letter)
        held.facts["reason"] = reason
        alert_unit(letter, f"{closing.pk}:reopened", f"{letter}的办结已撤回：{reason}")
    return closing


def _replied(letter: ReceivedLetter, *_by: User) -> Iterator[Finding]:
    if letter.reply is not None:
        yield finding("received_reply_stands", version=letter.reply.version)


def _registrar_of_letter(letter: ReceivedLetter, by: User) -> Iterator[Finding]:
    """That the person entered the reply that stands from paper."""
    if letter.reply is not None:
        yield from registrar_problems(letter.reply, by)


def _somebody_goes_on(letter: ReceivedLetter, *_by: User) -> Iterator[Finding]:
    if not is_without_successor(letter.unit):
        yield finding("received_unit_there", unit=letter.unit.full_name)


def _tasks_problems(letter: ReceivedLetter, *_by: User) -> Iterator[Finding]:
    """That tasks of the letter run: it is closed with them."""
    running = Assignment.objects.running().filter(received_letter=letter).prefetch_related("tasks")
    for assignment in running:
        open_ones = [str(task.number) for task in assignment.tasks.all() if task.state != TaskState.ACCEPTED]
        if open_ones:
            yield finding("received_tasks_open", numbers=joined(open_ones))
        else:
            yield finding("received_tasks_accepted")


def _tasks_of_replied(reply: ReceivedReply, by: User) -> Iterator[Finding]:
    return _tasks_problems(reply.letter, by)


def _reopened_problems(closing: ReceivedClosing, *_by: User) -> Iterator[Finding]:
    if closing.withdrawn_by is not None:
        yield finding("received_closing_withdrawn", "", name=closing.withdrawn_by.name)


_UNANSWERED = (ended_problems, _replied, _somebody_goes_on)
CLOSING = RoomStep("close_received_letter", REPLIES, STANDING_REPLY, (_tasks_of_replied,), codename=DECIDE)
CLOSING_UNANSWERED = RoomStep("close_received_letter", LETTERS, _UNANSWERED, (_tasks_problems,), codename=DECIDE)
_RECALLED = (ended_problems, _registrar_of_letter)
RECORDING_RECALL = RoomStep("record_received_recall", LETTERS_OF_UNIT, _RECALLED, (_tasks_problems,), codename=DECIDE)
WITHDRAWING_CLOSING = RoomStep(WITHDRAW_CLOSING, CLOSINGS, (_reopened_problems,))
