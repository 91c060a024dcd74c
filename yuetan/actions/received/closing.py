"""办结 of a letter that a unit got, by the office; withdrawn by the director where it was not right."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from yuetan.actions.log_event import log_event
from yuetan.actions.received.letter_rows import (
    WITHDRAW_CLOSING,
    alert_unit,
    letter_facts,
    locked_letter,
    reason_problems,
    require_may_do,
    text_problems,
)
from yuetan.actions.received.reply import registrar_problems, standing_reply
from yuetan.actions.step import refuse_uncited
from yuetan.models import Assignment, ReceivedClosing, ReceivedLetter, ReceivedReply, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import TaskState


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
    closing = ReceivedClosing.objects.create(letter=letter, opinion=opinion, closed_by=by, closed_at=clock.now())
    letter.closing = closing
    letter.save()
    log_event("close_received_letter", by, **letter_facts(letter), opinion=opinion)
    alert_unit(letter, f"{closing.pk}:closed", f"{letter}已办结：{opinion}")
    return closing


def closing_problems(letter: ReceivedLetter, by: User) -> Iterator[Finding]:
    """What stands against 办结 by a person, whatever the opinion on the reply is."""
    yield from registrar_problems(letter, by)
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
    letter = locked_letter(closing.letter_id)
    closing = ReceivedClosing.objects.select_related("withdrawn_by").get(pk=closing.pk)
    if closing.withdrawn_by is not None:
        refuse_uncited([finding("received_closing_withdrawn", "", name=closing.withdrawn_by.name)])
    refuse_uncited(reason_problems(reason, "撤回"))
    closing.withdrawn_by, closing.withdrawn_at, closing.withdrawal_reason = by, clock.now(), reason
    letter.closing = None
    letter.save()
    closing.save()
    log_event(WITHDRAW_CLOSING, by, **letter_facts(letter), reason=reason)
    alert_unit(letter, f"{closing.pk}:reopened", f"{letter}的办结已撤回：{reason}")
    return closing
