"""What of 三书一函 waits: for a unit its replies, the soonest first; for the office how many to read, or overdue."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.db.models import F
from django.urls import reverse

from yuetan import permissions
from yuetan.actions.received.letter_rows import DECIDE
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.models import ReceivedLetter, User
from yuetan.models.received.letter import ReceivedLetterQuerySet, overdue
from yuetan.views.frame.pagination import capped_count, capped_words
from yuetan.views.home.obligation import EITHER, Obligation, UnitObligations
from yuetan.views.home.rooms import Room
from yuetan.views.home.todos import Todo
from yuetan.vocabulary import ReceivedStanding

MAX_RECEIVED = 10  # on one page


def letters_to_reply_to(own: UnitObligations, user: User, lights: DeadlineLights) -> Iterator[Room[Obligation]]:
    """The letters that the person's units have to reply to; `own` keeps how many more there are."""
    waiting = ReceivedLetter.objects.of_unit_people(user).unreplied()
    yield Room(waiting, partial(_unreplied_letters, waiting, own, lights))


def _unreplied_letters(
    waiting: ReceivedLetterQuerySet, own: UnitObligations, lights: DeadlineLights
) -> list[Obligation]:
    soonest = list(waiting.with_relations().order_by(F("due_on").asc(nulls_last=True), "pk")[: MAX_RECEIVED + 1])
    if len(soonest) > MAX_RECEIVED:
        own.more_received = capped_count(waiting) - MAX_RECEIVED
        own.falls_due_from(soonest[MAX_RECEIVED].due_on)
    return [_reply_obligation(letter, lights) for letter in soonest[:MAX_RECEIVED]]


def _reply_obligation(letter: ReceivedLetter, lights: DeadlineLights) -> Obligation:
    url, again = reverse("received_letter", args=[letter.pk]), "重新" if letter.reply_count else ""
    ask = Obligation(f"{again}回复{letter.get_kind_display()}", letter.matter, url, EITHER, letter.due_on, url=url)
    ask.standing = letter.paper
    ask.deadline = lights.of(letter.due_on)
    return ask


def replies_to_read(user: User) -> Iterator[Room[Todo]]:
    """Lines that say how many replies wait for the person, without those that they entered, and how many are overdue;
    both without those of their own unit."""
    if not user.has_perm(permissions.name(DECIDE)):
        return
    waiting = ReceivedLetter.objects.to_read().exclude(unit__in=user.interviewed_units)
    waiting = waiting.exclude(reply__from_paper=True, reply__entered_by=user)
    yield Room(waiting, partial(_replies, waiting))
    late = ReceivedLetter.objects.filter(overdue()).exclude(unit__in=user.interviewed_units)
    yield Room(late, partial(_overdue_letters, late))


def _overdue_letters(late: ReceivedLetterQuerySet) -> Iterator[Todo]:
    number = capped_words(capped_count(late))
    yield Todo(
        f"{reverse('received_list')}?replies=overdue", "三书一函的回复期限", "", f"{number} 件逾期未回复，请督促"
    )


def _replies(waiting: ReceivedLetterQuerySet) -> Iterator[Todo]:
    url = f"{reverse('received_list')}?standing={ReceivedStanding.REPLIED.value}"
    number = capped_words(capped_count(waiting))
    yield Todo(url, "三书一函的回复", "", f"审阅 {number} 件回复，办结或者退回")
