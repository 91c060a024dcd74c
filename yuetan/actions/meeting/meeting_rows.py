"""What every step on 会议 shares: how its rows are held, who may, what the log says; and who is alerted of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from django.db.models import Q, QuerySet

from yuetan.actions.hold_row import hold_row
from yuetan.actions.people.unit_people import people_of_unit, people_of_units
from yuetan.actions.room_step import LogFacts, Problems, RoomRows, itself, may_by_role
from yuetan.alerts import alert_all
from yuetan.models import AgendaFile, AgendaItem, Invitation, Meeting, MeetingCorrection, Post, Resolution, Unit, User
from yuetan.models.people.same_posts import posts_in_stead_of
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import MeetingState

CALL, CONVENE, RECEIVE = "call_meeting", "convene_meeting", "receive_meeting_notice"
REGISTER_RECEIPT = "register_meeting_receipt"
RECORD, ISSUE = "record_meeting", "issue_meeting_minutes"
OPEN = (MeetingState.PLANNED, MeetingState.CONVENED)
DECIDED_ON = ("case", "measure_laid__rung", "measure_laid__plea", "measure_laid__paper__entry")


def sees_items(meeting: Meeting, by: User) -> bool:
    """Whether no item of it is hidden from the person (回避, 知悉范围)."""
    return not AgendaItem.objects.filter(meeting=meeting).meetings_not_whole_to(by).exists()


def sees_all_agreed(meeting: Meeting, by: User) -> bool:
    """Whether nothing that was agreed is kept from the person until the 会议纪要 (回避)."""
    return not Resolution.objects.kept_from(by).filter(meeting=meeting).exists()


def sees_whole(meeting: Meeting, by: User) -> bool:
    """Whether no item of it is hidden from the person, nor, until the 会议纪要, what it gives their own unit (回避)."""
    return sees_items(meeting, by) and sees_all_agreed(meeting, by)


def gives_own_unit(meeting: Meeting, by: User) -> bool:
    """Whether the record, or the draft under way, gives a unit in which the person holds a post something to do."""
    units = by.interviewed_units
    if meeting.resolutions.filter(unit__in=units).exists():
        return True
    return MeetingCorrection.objects.not_issued().filter(meeting=meeting).about_units(units).exists()


def may_correct(meeting: Meeting, by: User) -> bool:
    """Whether the person sees the whole record, and it gives no unit of theirs something to do, nor does the draft."""
    return sees_whole(meeting, by) and not gives_own_unit(meeting, by)


def _held_meeting(meeting: Meeting) -> Meeting:
    return hold_row(Meeting.objects.with_people(), meeting.pk)


def _held_item(item: AgendaItem) -> AgendaItem:
    """With its meeting. One that was removed meanwhile comes as it was, and is nobody's to see."""
    meeting = _held_meeting(item.meeting)
    item = AgendaItem.objects.select_related(*DECIDED_ON).filter(pk=item.pk).first() or item
    item.meeting = meeting
    return item


def _held_file(file: AgendaFile) -> AgendaFile:
    """As an item is."""
    item = _held_item(file.item)
    file = AgendaFile.objects.filter(pk=file.pk).first() or file
    file.item = item
    return file


def _held_invitation(invitation: Invitation) -> Invitation:
    meeting = _held_meeting(invitation.meeting)
    invitation = Invitation.objects.with_names().get(pk=invitation.pk)
    invitation.meeting = meeting
    return invitation


def _meeting_facts(meeting: Meeting) -> LogFacts:
    return {"meeting": meeting.title}


def _may_of_item(item: AgendaItem, by: User, codename: str) -> bool:
    return may_by_role(item, by, codename) and AgendaItem.objects.visible_to(by).filter(pk=item.pk).exists()


def _may_of_file(file: AgendaFile, by: User, codename: str) -> bool:
    return may_by_role(file, by, codename) and AgendaFile.objects.visible_to(by).filter(pk=file.pk).exists()


def may_receive(invitation: Invitation, by: User, *_codename: str) -> bool:
    """Whether the notice is for this person to sign for, by the posts of today."""
    return by.pk in {person.pk for person in people_of(invitation)}


def _may_register(invitation: Invitation, by: User, codename: str) -> bool:
    """Whether a role of the person's gives it, and the notice went neither to them nor to a unit of theirs (回避)."""
    return may_by_role(invitation, by, codename) and Invitation.objects.not_of(by).filter(pk=invitation.pk).exists()


MEETINGS = RoomRows[Meeting](_held_meeting, may_by_role, _meeting_facts, itself)
MEETINGS_OF_SEEN_ITEMS = RoomRows[Meeting](
    _held_meeting,
    lambda meeting, by, codename: may_by_role(meeting, by, codename) and sees_items(meeting, by),
    _meeting_facts,
    itself,
)
MEETINGS_SEEN_WHOLE = RoomRows[Meeting](
    _held_meeting,
    lambda meeting, by, codename: may_by_role(meeting, by, codename) and sees_whole(meeting, by),
    _meeting_facts,
    itself,
)
MEETINGS_TO_CORRECT = RoomRows[Meeting](
    _held_meeting,
    lambda meeting, by, codename: may_by_role(meeting, by, codename) and may_correct(meeting, by),
    _meeting_facts,
    itself,
)
ITEMS = RoomRows[AgendaItem](
    _held_item, _may_of_item, lambda item: _meeting_facts(item.meeting), lambda item: item.meeting
)
ITEM_FILES = RoomRows[AgendaFile](
    _held_file, _may_of_file, lambda file: _meeting_facts(file.item.meeting), lambda file: file.item.meeting
)
INVITATIONS = RoomRows[Invitation](
    _held_invitation, may_receive, lambda one: _meeting_facts(one.meeting), lambda one: one.meeting
)
INVITATIONS_OF_OTHERS = RoomRows[Invitation](
    _held_invitation, _may_register, lambda one: _meeting_facts(one.meeting), lambda one: one.meeting
)


def only_while(what: str, *states: MeetingState) -> Problems[Meeting]:
    """The problem that a meeting stands in none of these states; `what` names what was to be done."""

    def stands_elsewhere(meeting: Meeting, *_by: User) -> Iterator[Finding]:
        if meeting.state not in states:
            yield finding("meeting_over", "", meeting=meeting.title, state=meeting.state.label, what=what)

    return stands_elsewhere


def only_held(what: str) -> Problems[Meeting]:
    """The problem that it is not written down yet who came, or that the 会议纪要 are issued."""
    is_over = only_while(f"登记{what}", MeetingState.HELD)

    def is_not_held(meeting: Meeting, by: User) -> Iterable[Finding]:
        if meeting.is_open:
            return [finding("meeting_not_held", "", meeting=meeting.title, what=what)]
        return is_over(meeting, by)

    return is_not_held


def of_items(problems: Problems[Meeting]) -> Problems[AgendaItem]:
    """What stands against a step on an item, where its meeting does."""
    return lambda item, by: problems(item.meeting, by)


def alert_convened(
    meeting: Meeting,
    words: str,
    *,
    key: str,
    but: User,
    also: Iterable[Unit] = (),
    without: Collection[int] = (),
) -> None:
    """Tell everybody who was sent the notice, and the people of further units; not those of the units `without`."""
    convened = Invitation.objects.of_meeting(meeting)
    posts = [one.post for one in convened.exclude(post=None) if one.post is not None]
    invited = convened.exclude(unit=None).exclude(unit__in=without).order_by().values("unit")
    units = Unit.objects.filter(Q(pk__in=invited) | Q(pk__in=[unit.pk for unit in also])).order_by()
    _alert_people(people_of_units(units, also=_people_of_posts(posts)), words, key=key, but=but)


def alert_units(units: Iterable[Unit], words: str, *, key: str, but: User) -> None:
    """Tell the people of units."""
    _alert_people(people_of_units([unit.pk for unit in units]), words, key=key, but=but)


def _alert_people(people: QuerySet[User], words: str, *, key: str, but: User) -> None:
    alert_all(people.exclude(pk=but.pk), key=key, words=words)


def people_of(invitation: Invitation) -> Sequence[User]:
    """Who receives it: who holds the post today, or the heads and liaisons of the unit, as far as they may log in."""
    if invitation.unit is not None:
        return people_of_unit(invitation.unit)
    assert invitation.post is not None
    return _people_of_posts([invitation.post])


def _people_of_posts(posts: Iterable[Post]) -> list[User]:
    """Who holds each of them today and may log in. A query for each that has changed hands."""
    holders = [held.holder for post in posts for held in posts_in_stead_of(post)]
    return [holder for holder in holders if holder.username and holder.is_active]
