"""到会情况: of each of those convened, who came as what and in whose stead; written down once the hour has come.

Of a meeting to which very many were convened a page at a time: what is on no page that is sent stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from yuetan.actions.meeting.meeting_rows import MEETINGS, RECORD, only_while
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.seen import require_as_seen
from yuetan.actions.step import refuse_uncited
from yuetan.models import AgendaItem, Consultation, Invitation, Meeting, Post, User
from yuetan.models.meeting.consultation_answers import of_department
from yuetan.models.meeting.invitation import InvitationQuerySet, person_named
from yuetan.models.people.same_posts import posts_in_stead_of
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.digests import digest_of_words
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.official_text import joined
from yuetan.rules.text.written_text import personal_problems
from yuetan.vocabulary import HEAD_POSTS, MeetingState, Presence

VERB = "record_attendance"
AT_ONCE = 500
WRITTEN = ("presence", "attended_by", "attended_name", "attended_title", "instead_of", "presided")


@dataclass(frozen=True)
class Came:
    """Of one invitation: how they took part, and who came; a post that names nobody else came in person."""

    presence: str
    name: str = ""
    title: str = ""


def record_attendance(
    meeting: Meeting, *, by: User, came: Mapping[int, Came], observers: str, seen: str, presided: int | None = None
) -> Meeting:
    """登记到会情况 by the key of each invitation; with the first who came it was held. May be put right until the
    会议纪要.

    Invitations that `came` does not name stay as they are; that nobody came, or presided, is refused once it is known
    of everybody. `presided` is the key of the invitation of whoever presided,
    none for who was to chair; `seen` is what these were written over. Raises NotYours; Refused before the notice,
    before its hour, for what is missing, where nobody came or who presided did not, where somebody would no longer have
    been there who stands for a conclusion, and for what another wrote meanwhile.
    """
    with room_step(RECORDING, meeting, by=by) as held:
        meeting = held.row
        require_as_seen(seen, attendance_shown(meeting, came), "到会情况", (VERB,), meeting=meeting.title)
        invitations = _to_write(meeting, came, presided)
        fill_all(meeting, [(one, came[one.pk]) for one in invitations if one.pk in came])
        let_preside(meeting, invitations, presided)
        refuse_uncited(attendance_problems(meeting, invitations, observers, asked=came))
        save_attendance(invitations)
        all_invited = Invitation.objects.of_meeting(meeting)
        there = all_invited.filter(presence__in=Presence.there()).count()
        if meeting.held_at is None and there:
            meeting.held_by, meeting.held_at = by, clock.now()
        meeting.observers = observers.strip()
        meeting.save()
        held.facts |= {"there": there, "invited": all_invited.count()}
    return meeting


def _to_write(meeting: Meeting, came: Collection[int], presided: int | None) -> list[Invitation]:
    """The invitations of which something is said, and those that say who presided, or may come to say it."""
    which = Q(pk__in=came) | Q(presided=True) | Q(pk=presided) | Q(post=meeting.chair_id)
    return list(Invitation.objects.of_meeting(meeting).filter(which).order_by("pk"))


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
    for presided in (False, True):
        rows = [one for one in invitations if one.presided == presided]
        Invitation.objects.bulk_update(rows, WRITTEN, batch_size=AT_ONCE)


def attendance_shown(meeting: Meeting, keys: Collection[int] | None = None) -> str:
    """The digest of who came by these invitations, or by all, as it stands, of who presided and who sat in besides."""
    rows = Invitation.objects.of_meeting(meeting).order_by("pk")
    among = rows if keys is None else rows.filter(pk__in=keys)
    came = list(among.values_list("pk", "presence", "attended_name", "attended_title"))
    return digest_of_words([came, list(rows.filter(presided=True).values_list("pk")), meeting.observers])


def fill_all(meeting: Meeting, rows: Sequence[tuple[Invitation, Came]]) -> None:
    """Let these rows say who came, as what and in whose stead; they are not saved. One query for the posts of all."""
    day = meeting.local_begin.date()
    units = {key for one, _ in rows if (key := one.post.unit_id if one.post is not None else one.unit_id) is not None}
    held: dict[int, list[Post]] = {}
    posts = Post.objects.current(day).filter(unit__in=units).as_named().select_related("holder", "unit__parent")
    for post in posts:
        held.setdefault(post.unit_id, []).append(post)
    for one, came in rows:
        one.meeting = meeting
        _fill(one, came, held)


def _fill(invitation: Invitation, came: Came, held: Mapping[int, Sequence[Post]]) -> None:
    name, title = came.name.strip(), came.title.strip()
    invitation.presence = came.presence if came.presence in Presence.values else ""
    invitation.attended_by, invitation.instead_of = None, ""
    if invitation.presence not in Presence.there():
        invitation.attended_name = invitation.attended_title = ""
        return
    convened = _convened(invitation)
    unit = convened.unit_id if convened is not None else invitation.unit_id
    assert unit is not None
    post = _post_of(convened, held.get(unit, ()), name)
    if post is not None:
        invitation.attended_by, name, title = post.holder, post.holder.name, title or post.full_title
    invitation.attended_name, invitation.attended_title = name, title
    invitation.instead_of = _instead_of(convened, held.get(unit, ()), post)


def _post_of(convened: Post | None, held: Sequence[Post], name: str) -> Post | None:
    """The post by which somebody of that name came, of those held in the unit on the day of the meeting; who was
    convened where none is named."""
    if convened is not None and name in ("", convened.holder.name):
        return convened
    return next((post for post in held if post.holder.name == name), None) if name else None


def _convened(invitation: Invitation) -> Post | None:
    """The post that was convened, by whom it was held on the day of the meeting; none where a unit was."""
    sent = invitation.post
    if sent is None:
        return None
    held = posts_in_stead_of(sent, invitation.meeting.local_begin.date())
    return held[0] if held else sent


def _instead_of(convened: Post | None, held: Sequence[Post], post: Post | None) -> str:
    """Whom they stood in for: the holder of the post, or the heads of the unit where no head came."""
    if convened is not None:
        return "" if post is not None and post.holder_id == convened.holder_id else str(convened)
    if post is not None and post.kind in HEAD_POSTS:
        return ""
    return joined([f"{head.title}{head.holder.name}" for head in held if head.kind in HEAD_POSTS])


def attendance_problems(
    meeting: Meeting, invitations: Sequence[Invitation], observers: str, *, asked: Collection[int]
) -> Iterator[Finding]:
    """What is missing of who came by what is `asked`; and who must have been there, because a conclusion rests on them.

    Invitations that are not among these stay as they are kept.
    """
    for one in (each for each in invitations if each.pk in asked):
        needed: dict[str, tuple[str, object]] = {f"presence_{one.pk}": ("到会情况", one.presence)}
        if one.was_there:
            needed[f"name_{one.pk}"] = ("到会人", one.attended_name)
            needed[f"title_{one.pk}"] = ("职务", one.attended_title)
        yield from missing_of("meeting_attendance_missing", needed, who=one.label)
    others = Invitation.objects.of_meeting(meeting).filter(presence__in=Presence.there())
    others = others.exclude(pk__in=[one.pk for one in invitations])
    yield from _came_to_nothing(meeting, invitations, others, asked)
    yield from _rested_on(meeting, invitations, others)
    yield from personal_problems(observers=("其他列席人员", observers))


def _came_to_nothing(
    meeting: Meeting, invitations: Sequence[Invitation], others: InvitationQuerySet, asked: Collection[int]
) -> Iterator[Finding]:
    """Who is named as having presided did not come; or nobody came, or presided, once it is known of everybody: as long
    as others wait to be written down, it may have been one of these."""
    named = next((one for one in invitations if one.presided), None)
    if named is not None and not named.was_there:
        yield finding("presided_not_there", "presided", who=named.label)
    is_anybody = any(one.was_there for one in invitations) or others.exists()
    if is_anybody and named is not None:
        return
    if Invitation.objects.of_meeting(meeting).filter(presence="").exclude(pk__in=asked).exists():
        return
    if not is_anybody:
        yield finding("attendance_of_nobody")
    else:
        yield finding("presided_by_nobody", "presided", chair=str(meeting.chair))


def _rested_on(meeting: Meeting, invitations: Sequence[Invitation], others: InvitationQuerySet) -> Iterator[Finding]:
    """Whoever decided on an item, or stands for its conclusion, was there."""
    items = list(meeting.items.select_related("decided_by"))
    there = _who_was_there(items, invitations, others)
    people = {one.person for one in there}
    attended = {one.attended_by_id for one in there if one.presence == Presence.ATTENDED}
    for item in items:
        names = [each[1] for each in item.concluded_by if person_named(*each) not in people]
        if item.decided_by is not None and item.decided_by.pk not in attended:
            names.append(item.decided_by.name)
        for name in dict.fromkeys(names):
            yield finding("attendance_rests_conclusion", "", name=name, number=item.number)
    yield from _spoken_for(meeting, invitations)


def _spoken_for(meeting: Meeting, invitations: Sequence[Invitation]) -> Iterator[Finding]:
    """Whoever answered there for a department (商有关部门) was there for it; by which title may be put right."""
    answers = list(Consultation.objects.filter(item__meeting=meeting).select_related("item").order_by("item__number"))
    if not answers:
        return
    kept = list(Invitation.objects.of_meeting(meeting))
    written = {one.pk: one for one in invitations}
    for answer in answers:
        sent = of_department(kept, answer.department)
        names = (one.attended_name for one in sent if answer.answered_by.endswith(one.attended_name))
        speaker = max(names, key=len, default="")
        now = (written.get(one.pk, one) for one in sent)
        if not any(one.was_there and one.attended_name == speaker for one in now):
            words = {"department": answer.department, "name": answer.answered_by, "number": answer.item.number}  # type: ignore[union-attr] # asked for
            yield finding("attendance_rests_consultation", "", **words)


def _who_was_there(
    items: Sequence[AgendaItem], invitations: Sequence[Invitation], others: InvitationQuerySet
) -> list[Invitation]:
    """Those who came by these invitations; of the others none but who may be one on whom an item rests."""
    named = [each for item in items for each in item.concluded_by]
    keys = {key for key, *_ in named if key is not None} | {item.decided_by_id for item in items} - {None}
    rests = Q(attended_name__in={each[1] for each in named}) | Q(attended_by__in=keys)
    further = list(others.filter(rests)) if named or keys else []
    return [*(one for one in invitations if one.was_there), *further]


_BEFORE_MINUTES = only_while("登记到会情况", MeetingState.CONVENED, MeetingState.HELD)
RECORDING = RoomStep(VERB, MEETINGS, (_not_convened, _BEFORE_MINUTES, _not_begun), codename=RECORD)
