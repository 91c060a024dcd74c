"""What of 三书一函 waits: for a unit its replies, the soonest first; for the office how many it has to read."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F
from django.urls import reverse

from yuetan import permissions
from yuetan.actions.received.letter_rows import DECIDE
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.models import ReceivedLetter, User
from yuetan.models.flow.pending_step import FAR
from yuetan.views.frame.pagination import capped_count, capped_words
from yuetan.views.home.todos import Todo
from yuetan.views.home.unit_obligations import EITHER, Obligation, UnitObligations
from yuetan.vocabulary import ReceivedStanding

MAX_RECEIVED = 10  # on one page


def add_received(own: UnitObligations, user: User, lights: DeadlineLights) -> None:
    """Put the letters that the person's units have to reply to among their obligations."""
    waiting = ReceivedLetter.objects.of_unit_people(user).unreplied()
    soonest = list(waiting.with_relations().order_by(F("due_on").asc(nulls_last=True), "pk")[: MAX_RECEIVED + 1])
    own.shown += [_reply_obligation(letter, lights) for letter in soonest[:MAX_RECEIVED]]
    if len(soonest) > MAX_RECEIVED:
        own.more_received = capped_count(waiting) - MAX_RECEIVED
        own.reach = min(own.reach, soonest[MAX_RECEIVED].due_on or FAR)
    own.shown.sort(key=lambda ask: (not ask.is_open, ask.due_on or FAR))


def _reply_obligation(letter: ReceivedLetter, lights: DeadlineLights) -> Obligation:
    url, again = reverse("received_letter", args=[letter.pk]), "重新" if letter.reply_count else ""
    ask = Obligation(f"{again}回复{letter.get_kind_display()}", letter.matter, url, EITHER, letter.due_on, url=url)
    ask.standing = letter.paper
    ask.deadline = lights.of(letter.due_on)
    return ask


def replies_to_read(user: User) -> Iterator[Todo]:
    """A line that says how many replies wait for the office, without those of one's own unit."""
    if not user.has_perm(permissions.name(DECIDE)):
        return
    number = capped_count(ReceivedLetter.objects.to_read().exclude(unit__in=user.interviewed_units))
    if number:
        url = f"{reverse('received_list')}?standing={ReceivedStanding.REPLIED.value}"
        yield Todo(url, "三书一函的回复", "", f"审阅 {capped_words(number)} 件回复，办结或者退回")
