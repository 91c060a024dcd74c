"""到会情况: of each of those convened, who came as what and in whose stead; written down once the hour has come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from yuetan.actions.meeting.meeting_rows import MEETINGS, RECORD, only_while
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.seen import require_as_seen
from yuetan.actions.step import refuse_uncited
from yuetan.models import AgendaItem, Invitation, Meeting, Post, User
from yuetan.models.meeting.consultation_answers import speakers_of
from yuetan.models.meeting.invitation import person_named
from yuetan.models.people.same_posts import posts_in_stead_of
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.digests import digest_of_words
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.official_text import joined
from yuetan.rules.text.written_text import personal_problems
from yuetan.vocabulary import HEAD_POSTS, MeetingState, Presence

VERB = "record_attendance"


@dataclass(frozen=True)
class Came:
    """Of one invitation: how they took part, and who came; a post that names nobody else came in person."""

    presence: str
    name: str = ""
    title: str = ""


def record_attendance(
    meeting: Meeting, *, by: User, came: Mapping[int, Came], observers: str, seen: str, presided: int | None = None
) -> Meeting:
    """登记到会情况 by the key of each invitation; with it the meeting was held. May be put right until the 会议纪要.

    `presided` is the key of the invitation of whoever presided, none for who was to chair; `seen` is what it was
    written over. Raises NotYours; Refused before the notice, before its hour, for what is missing, where nobody came
    or who presided did not, where somebody would no longer have been there who stands for a conclusion, and for what
    another wrote meanwhile.
    """
    with room_step(RECORDING, meeting, by=by) as held:
        meeting = held.row
        require_as_seen(seen, attendance_shown(meeting), "到会情况", (VERB,), meeting=meeting.title)
        invitations = list(Invitation.objects.of_meeting(meeting))
        for one in invitations:
            fill_attendance(one, came.get(one.pk, Came("")))
        let_preside(meeting, invitations, presided)
        refuse_uncited(attendance_problems(meeting, invitations, observers))
        save_attendance(invitations)
        if meeting.held_at is None:
            meeting.held_by, meeting.held_at = by, clock.now()
        meeting.observers = observers.strip()
        meeting.save()
        held.facts |= {"there": sum(one.was_there for one in invitations), "invited": len(invitations)}
    return meeting


def _not_convened(meeting: Meeting, *_by: User) -> Iterator[Finding]:
    if meeting.state == MeetingState.PLANNED:
        yield finding("attendance_before_notice")


def _not_begun(meeting: Meeting, *_by: User) -> Iterator[Finding]:
    if meeting.held_at is None and not meeting.has_begun:
        yield finding("attendance_before_meeting", "", when=meeting.when)


def let_preside(meeting: Meeting, invitations: Sequence[Invitation], presided: int | None) -> None:
    """Let the rows say who presided: who is named, or who was to chair, if they came; nothing is saved."""
    for one in invitations:
        is_chair = one.post_id == meeting.chair_id and one.was_there
        one.presided = one.pk == presided if presided is not None else is_chair


def save_attendance(invitations: Sequence[Invitation]) -> None:
    """Keep what the rows say; who presided last, because never two do."""
    for one in sorted(invitations, key=lambda each: each.presided):
        one.save()


def attendance_shown(meeting: Meeting) -> str:
    """The digest of who came, as it stands."""
    rows = Invitation.objects.filter(meeting=meeting).order_by("pk")
    came = list(rows.values_list("pk", "presence", "attended_name", "attended_title", "presided"))
    return digest_of_words([came, meeting.observers])


def fill_attendance(invitation: Invitation, came: Came) -> None:
    """Let the row say who came, as what and in whose stead; it is not saved."""
    name, title = came.name.strip(), came.title.strip()
    invitation.presence = came.presence if came.presence in Presence.values else ""
    invitation.attended_by, invitation.instead_of = None, ""
    if invitation.presence not in Presence.there():
        invitation.attended_name = invitation.attended_title = ""
        return
    post = _post_of(invitation, name)
    if post is not None:
        invitation.attended_by, name, title = post.holder, post.holder.name, title or post.full_title
    invitation.attended_name, invitation.attended_title = name, title
    invitation.instead_of = _instead_of(invitation, post)


def _post_of(invitation: Invitation, name: str) -> Post | None:
    """The post by which somebody of that name came, on the day of the meeting; who was convened where none is named."""
    convened, day = _convened(invitation), invitation.meeting.local_begin.date()
    if convened is not None and name in ("", convened.holder.name):
        return convened
    unit = convened.unit if convened is not None else invitation.unit
    assert unit is not None
    posts = unit.posts.current(day).filter(holder__name=name).as_named().select_related("holder", "unit__parent")
    return posts.first() if name else None


def _convened(invitation: Invitation) -> Post | None:
    """The post that was convened, by whom it was held on the day of the meeting; none where a unit was."""
    sent = invitation.post
    if sent is None:
        return None
    held = posts_in_stead_of(sent, invitation.meeting.local_begin.date())
    return held[0] if held else sent


def _instead_of(invitation: Invitation, post: Post | None) -> str:
    """Whom they stood in for: the holder of the post, or the heads of the unit where no head came."""
    convened = _convened(invitation)
    if convened is not None:
        return "" if post is not None and post.holder_id == convened.holder_id else str(convened)
    if post is not None and post.kind in HEAD_POSTS:
        return ""
    assert invitation.unit is not None
    heads = invitation.unit.heads(invitation.meeting.local_begin.date())
    return joined([f"{head.title}{head.holder.name}" for head in heads])


def attendance_problems(meeting: Meeting, invitations: Sequence[Invitation], observers: str) -> Iterator[Finding]:
    """What is missing of who came; and who must have been there, because a conclusion rests on them."""
    for one in invitations:
        needed: dict[str, tuple[str, object]] = {f"presence_{one.pk}": ("到会情况", one.presence)}
        if one.was_there:
            needed[f"name_{one.pk}"] = ("到会人", one.attended_name)
            needed[f"title_{one.pk}"] = ("职务", one.attended_title)
        yield from missing_of("meeting_attendance_missing", needed, who=one.label)
    if not any(one.was_there for one in invitations):
        yield finding("attendance_of_nobody")
    yield from _not_presided(meeting, invitations)
    yield from _rested_on(meeting, invitations)
    yield from personal_problems(observers=("其他列席人员", observers))


def _not_presided(meeting: Meeting, invitations: Sequence[Invitation]) -> Iterator[Finding]:
    """Nobody who came presided: who was to chair did not come, or who is named as having presided."""
    named = next((one for one in invitations if one.presided), None)
    if named is None and any(one.was_there for one in invitations):
        yield finding("presided_by_nobody", "presided", chair=str(meeting.chair))
    elif named is not None and not named.was_there:
        yield finding("presided_not_there", "presided", who=named.label)


def _rested_on(meeting: Meeting, invitations: Sequence[Invitation]) -> Iterator[Finding]:
    """Whoever decided on an item, or stands for its conclusion, was there."""
    there = {one.person for one in invitations if one.was_there}
    attended = {one.attended_by_id for one in invitations if one.presence == Presence.ATTENDED}
    for item in meeting.items.select_related("decided_by"):
        names = [each[1] for each in item.concluded_by if person_named(*each) not in there]
        if item.decided_by is not None and item.decided_by.pk not in attended:
            names.append(item.decided_by.name)
        for name in dict.fromkeys(names):
            yield finding("attendance_rests_conclusion", "", name=name, number=item.number)
        yield from _spoken_for(item, invitations)


def _spoken_for(item: AgendaItem, invitations: Sequence[Invitation]) -> Iterator[Finding]:
    """Whoever answered there for a department (商有关部门) was there, as who they are named."""
    there = {f"{one.attended_title}{one.attended_name}" for one in invitations if one.was_there}
    for department, speaker in speakers_of(item).items():
        if speaker not in there:
            words = {"department": department, "name": speaker, "number": item.number}
            yield finding("attendance_rests_consultation", "", **words)


_BEFORE_MINUTES = only_while("登记到会情况", MeetingState.CONVENED, MeetingState.HELD)
RECORDING = RoomStep(VERB, MEETINGS, (_not_convened, _BEFORE_MINUTES, _not_begun), codename=RECORD)
