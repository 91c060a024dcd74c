"""What every act on a meeting shares: its row held, refused where it stands elsewhere, and named in the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from yuetan.actions.log_event import log_event
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.models import AgendaItem, Invitation, Meeting, Unit, User
from yuetan.models.people.same_posts import posts_in_stead_of
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.personal_data import personal_data
from yuetan.vocabulary import MeetingState, PostKind


def locked_meeting(meeting: Meeting) -> Meeting:
    """The meeting as it is once nobody else acts on it."""
    return Meeting.objects.with_people().select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)


def require_state(meeting: Meeting, what: str, *states: MeetingState) -> None:
    """Raise Refused unless the meeting stands in one of these states; `what` names what was to be done."""
    if meeting.state not in states:
        words = {"meeting": meeting.title, "state": meeting.state.label, "what": what}
        refuse_uncited([finding("meeting_over", "", **words)])


def require_held(meeting: Meeting, what: str) -> None:
    """Raise Refused before it is written down who came, and once the 会议纪要 is issued."""
    if meeting.state in (MeetingState.PLANNED, MeetingState.CONVENED):
        refuse_uncited([finding("meeting_not_held", "", meeting=meeting.title, what=what)])
    require_state(meeting, f"登记{what}", MeetingState.HELD)


def sees_items(meeting: Meeting, by: User) -> bool:
    """Whether no item of it is hidden from the person (回避, 知悉范围)."""
    return not AgendaItem.objects.filter(meeting=meeting).meetings_not_whole_to(by).exists()


def personal_problems(**texts: tuple[str, str]) -> Iterator[Finding]:
    """Numbers of persons in free text, by field: its label and what was written there."""
    for field, (label, text) in texts.items():
        yield from personal_data(field, label, text, clock.today().year)


def note_meeting(verb: str, by: User, meeting: Meeting, **facts: object) -> None:
    """The line of the log about it."""
    log_event(verb, by, meeting=meeting.title, **facts)


def alert_convened(meeting: Meeting, words: str, *, key: str, but: User, also: Iterable[Unit] = ()) -> None:
    """Tell everybody who was sent the notice, and the people of further units."""
    _alert_people([*Invitation.objects.of_meeting(meeting), *_as_invited(also)], words, key=key, but=but)


def alert_units(units: Iterable[Unit], words: str, *, key: str, but: User) -> None:
    """Tell the people of units."""
    _alert_people(_as_invited(units), words, key=key, but=but)


def _as_invited(units: Iterable[Unit]) -> list[Invitation]:
    return [Invitation(unit=unit) for unit in units]


def _alert_people(addressed: Iterable[Invitation], words: str, *, key: str, but: User) -> None:
    people = {person.pk: person for one in addressed for person in people_of(one)}
    send_alert([person for person in people.values() if person.pk != but.pk], key=key, words=words)


def people_of(invitation: Invitation) -> Sequence[User]:
    """Who receives it: who holds the post today, or the heads and liaisons of the unit, as far as they may log in."""
    if invitation.unit is None:
        assert invitation.post is not None
        holders = [post.holder for post in posts_in_stead_of(invitation.post)]
    else:
        posts = invitation.unit.posts.current().select_related("holder").order_by("pk")
        holders = [post.holder for post in posts if post.party and post.kind != PostKind.SUPERVISING_LEADER]
    return [holder for holder in holders if holder.username and holder.is_active]
