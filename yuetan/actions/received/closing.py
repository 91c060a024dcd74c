"""办结 of a letter that a unit got, by the office; withdrawn by the director where it was not right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import transaction

from yuetan.actions.files.attachment import Offer, examine_loose
from yuetan.actions.files.kept_whole import kept_whole
from yuetan.actions.files.readable_scan import PAPER_KINDS, scan_problems
from yuetan.actions.log_event import log_event
from yuetan.actions.received.letter_rows import (
    DECIDE,
    WITHDRAW_CLOSING,
    alert_unit,
    ended_problems,
    letter_facts,
    locked_letter,
    reason_problems,
    require_may_do,
    store_papers,
    text_problems,
)
from yuetan.actions.received.repeats import follow_repeats, locked_unit
from yuetan.actions.received.reply import registrar_problems, standing_reply
from yuetan.actions.step import refuse_uncited
from yuetan.models import Assignment, ReceivedClosing, ReceivedLetter, ReceivedReply, User
from yuetan.models.people.unit_change import pending_succession
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import ReceivedClosingKind, TaskState


@transaction.atomic
def close_received_letter(reply: ReceivedReply, *, by: User, opinion: str) -> ReceivedClosing:
    """办结 with an opinion on the reply that stands; nothing of the letter changes from then on.

    Raises NotYours (also 回避), Refused without an opinion, for a version that does not stand, for who entered it from
    paper, while tasks of it run, and once the letter is closed or withdrawn. Effect: the unit is alerted.
    """
    letter = standing_reply(reply, by)
    refuse_uncited(closing_problems(letter, by))
    missing = finding("opinion_missing", "opinion")
    refuse_uncited(text_problems("opinion", "办结意见", opinion, missing))
    closing = _close(letter, ReceivedClosingKind.REPLIED, by, opinion)
    alert_unit(letter, f"{closing.pk}:closed", f"{letter}已办结：{opinion}")
    return closing


@transaction.atomic
def close_unanswered(letter: ReceivedLetter, *, by: User, reason: str) -> ReceivedClosing:
    """办结 without a reply, where the unit has ended and nobody goes on for it (办公室设定).

    Raises NotYours (also 回避), Refused without a reason, where somebody goes on for the unit, while tasks of it run,
    and once it is closed or withdrawn.
    """
    letter = _open_letter(letter, by)
    refuse_uncited([*unanswered_problems(letter, by), *reason_problems(reason, "办结")])
    return _close(letter, ReceivedClosingKind.UNIT_ENDED, by, reason)


def record_received_recall(letter: ReceivedLetter, *, by: User, reason: str, scan: Sequence[Offer]) -> ReceivedClosing:
    """来函机关撤回: the organ has taken its letter back by a paper; nothing more is done about it (办公室设定).

    Raises NotYours (also 回避), Refused without a reason or the paper, while tasks of it run, and once it is closed or
    withdrawn. Effect: the unit is alerted.
    """
    files = examine_loose(scan, "scan")
    with kept_whole() as stored:
        locked_unit(letter.unit_id)
        letter = _open_letter(letter, by)
        refuse_uncited(tasks_problems(letter))
        needed = {"reason": ("撤回的情况", reason), "scan": ("来函机关的文书", files)}
        refuse_uncited(missing_of("received_recall_incomplete", needed))
        missing = finding("received_recall_incomplete", "reason", missing="撤回的情况")
        unfit = text_problems("reason", "撤回的情况", reason, missing)
        refuse_uncited([*unfit, *scan_problems(files, "scan", kinds=PAPER_KINDS)])
        closing = _close(letter, ReceivedClosingKind.RECALLED, by, reason)
        follow_repeats(letter)
        store_papers(files, by, stored, closing=closing)
        alert_unit(letter, f"{closing.pk}:closed", f"来函机关撤回了{letter}，不必再办：{reason}")
    return closing


def _open_letter(letter: ReceivedLetter, by: User) -> ReceivedLetter:
    require_may_do(letter.unit_id, by, DECIDE)
    letter = locked_letter(letter.pk)
    refuse_uncited(ended_problems(letter))
    return letter


def _close(letter: ReceivedLetter, kind: ReceivedClosingKind, by: User, opinion: str) -> ReceivedClosing:
    closing = ReceivedClosing.objects.create(
        letter=letter, kind=kind, opinion=opinion, closed_by=by, closed_at=clock.now()
    )
    letter.closing = closing
    letter.save()
    verb = "record_received_recall" if kind == ReceivedClosingKind.RECALLED else "close_received_letter"
    log_event(verb, by, **letter_facts(letter), opinion=opinion)
    return closing


def unanswered_problems(letter: ReceivedLetter, *_by: User) -> Iterator[Finding]:
    """What stands against 办结 without a reply, whatever the reason is."""
    if letter.unit.retired_on is None or pending_succession(letter.unit) is not None:
        yield finding("received_unit_there", unit=letter.unit.full_name)
    yield from tasks_problems(letter)


def closing_problems(letter: ReceivedLetter, by: User) -> Iterator[Finding]:
    """What stands against 办结 by a person, whatever the opinion on the reply is."""
    yield from registrar_problems(letter, by)
    yield from tasks_problems(letter)


def tasks_problems(letter: ReceivedLetter, *_by: User) -> Iterator[Finding]:
    """That tasks of the letter run: it is closed with them."""
    running = Assignment.objects.running().filter(received_letter=letter).prefetch_related("tasks")
    for assignment in running:
        open_ones = [str(task.number) for task in assignment.tasks.all() if task.state != TaskState.ACCEPTED]
        if open_ones:
            yield finding("received_tasks_open", numbers=joined(open_ones))
        else:
            yield finding("received_tasks_accepted")


@transaction.atomic
def withdraw_received_closing(closing: ReceivedClosing, *, by: User, reason: str) -> ReceivedClosing:
    """撤回办结 with a reason: the reply waits for the office again, which may return it.

    Raises NotYours (also 回避), Refused without a reason, or for a 办结 that stands no longer. Effect: the unit is
    alerted.
    """
    require_may_do(closing.letter.unit_id, by, WITHDRAW_CLOSING)
    locked_unit(closing.letter.unit_id)
    letter = locked_letter(closing.letter_id)
    closing = ReceivedClosing.objects.select_related("withdrawn_by").get(pk=closing.pk)
    if closing.withdrawn_by is not None:
        refuse_uncited([finding("received_closing_withdrawn", "", name=closing.withdrawn_by.name)])
    refuse_uncited(reason_problems(reason, "撤回"))
    closing.withdrawn_by, closing.withdrawn_at, closing.withdrawal_reason = by, clock.now(), reason
    closing.save()
    letter.closing = None
    letter.save()
    follow_repeats(letter)
    log_event(WITHDRAW_CLOSING, by, **letter_facts(letter), reason=reason)
    alert_unit(letter, f"{closing.pk}:reopened", f"{letter}的办结已撤回：{reason}")
    return closing
