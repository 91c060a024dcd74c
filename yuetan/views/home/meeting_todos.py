"""What of meetings waits: a notice to be signed for; for the office what is to be written down, and to be planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from yuetan import permissions
from yuetan.actions.meeting.correction import ISSUING
from yuetan.actions.meeting.meeting_rows import RECORD
from yuetan.actions.meeting.meetings import CALLING
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.models import AgendaItem, Invitation, Meeting, MeetingCorrection, User
from yuetan.models.meeting.correction import MeetingCorrectionQuerySet
from yuetan.models.meeting.invitation import InvitationQuerySet
from yuetan.models.meeting.meeting import MeetingQuerySet
from yuetan.models.record.meeting_rhythm import Unplanned, unplanned_on
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date
from yuetan.views.frame.pagination import shown_of
from yuetan.views.home.obligation import EITHER, Obligation
from yuetan.views.home.rooms import Room
from yuetan.views.home.todos import Todo
from yuetan.vocabulary import MeetingKind, MeetingState

MAX_MEETINGS = 10
PENDING = {
    MeetingState.PLANNED: "列入议题，印发会议通知",
    MeetingState.CONVENED: "登记到会情况",
    MeetingState.HELD: "登记结论和议定事项，印发会议纪要",
}


def meeting_notices(user: User, lights: DeadlineLights) -> Iterator[Room[Obligation]]:
    """The notices that wait for the person's units, the soonest meeting first."""
    waiting = Invitation.objects.unsigned().filter(unit__in=user.interviewed_units)
    yield Room(waiting, partial(_notices, waiting, lights))


def _notices(waiting: InvitationQuerySet, lights: DeadlineLights) -> Iterator[Obligation]:
    shown, others = shown_of(waiting.select_related("meeting").order_by("meeting__begins_at", "pk"), MAX_MEETINGS)
    for one in shown:
        url = reverse("meeting", args=[one.meeting.pk])
        day = timezone.localtime(one.meeting.begins_at).date()
        ask = Obligation("签收会议通知", one.meeting.title, url, EITHER, day, url=url)
        ask.standing, ask.deadline = f"{one.meeting.when}，{one.meeting.place}", lights.of(day)
        yield ask
    if others:
        yield Obligation("签收会议通知", others, reverse("meeting_list"), EITHER, url=reverse("meeting_list"))


def meeting_todos(user: User) -> Iterator[Room[Todo]]:
    """A line for each notice sent to the person by a post, and for each meeting on which the office has to go on."""
    own = Invitation.objects.unsigned().filter(post__in=[post.pk for post in user.current_posts])
    yield Room(own, partial(_of_person, own))
    if user.has_perm(permissions.name(RECORD)):
        waiting = _to_go_on_with()
        yield Room(waiting, partial(_of_office, waiting))
    if user.has_perm(permissions.name(ISSUING.permission)):
        corrections = _corrections_to_issue(user)
        yield Room(corrections, partial(_to_issue, corrections))


def meetings_to_plan(user: User) -> Iterator[Todo]:
    """A line for each kind of which none is planned, and for each that was missed, of however many spans."""
    if not CALLING.is_offered(None, user):
        return
    wanted = sorted(unplanned_on(clock.today()), key=_kind_and_missed)
    for (kind, _), spans in groupby(wanted, key=_kind_and_missed):
        yield Todo(reverse("call_meeting"), f"召集{MeetingKind(kind).label}", "", _words_of_spans(list(spans)))


def _kind_and_missed(one: Unplanned) -> tuple[str, bool]:
    return one.kind.value, not one.is_missed


def _words_of_spans(spans: Sequence[Unplanned]) -> str:
    """One span in its words; of several from when to when, and how many."""
    first, last = spans[0], spans[-1]
    if len(spans) == 1:
        return first.words
    between = f"{chinese_date(first.first)}至{chinese_date(last.last)}"
    return f"{between}连续{len(spans)}期没有召开{first.kind.label}，应当补开"


def _of_person(own: InvitationQuerySet) -> Iterator[Todo]:
    shown, others = shown_of(own.select_related("meeting").order_by("meeting__begins_at", "pk"), MAX_MEETINGS)
    for one in shown:
        words = f"签收会议通知：{one.meeting.when}，{one.meeting.place}"
        yield Todo(reverse("meeting", args=[one.meeting.pk]), one.meeting.title, "", words)
    yield from _others(others, "签收会议通知")


def _of_office(waiting: MeetingQuerySet) -> Iterator[Todo]:
    shown, others = shown_of(waiting.order_by("begins_at", "pk"), MAX_MEETINGS)
    for meeting in shown:
        yield Todo(reverse("meeting", args=[meeting.pk]), meeting.title, "", PENDING[meeting.state])
    yield from _others(others, "印发会议通知、登记会议记录、印发会议纪要")


def _to_issue(waiting: MeetingCorrectionQuerySet) -> Iterator[Todo]:
    oldest = waiting.select_related("meeting", "drafted_by").order_by("drafted_at", "pk")
    shown, others = shown_of(oldest, MAX_MEETINGS)
    for one in shown:
        url = reverse("issue_meeting_correction", args=[one.meeting_id])
        yield Todo(url, one.meeting.title, "", f"核对并印发会议纪要的更正（{one.drafted_by.name}拟定）")
    yield from _others(others, "核对并印发会议纪要的更正")


def _others(words: str, pending: str) -> Iterator[Todo]:
    """The line for those not shown, where there are any."""
    if words:
        yield Todo(reverse("meeting_list"), f"会议：{words}", "", pending)


def _corrections_to_issue(user: User) -> MeetingCorrectionQuerySet:
    """Those that another drafted, of meetings of which nothing is hidden from the person, nor of a unit of theirs."""
    waiting = MeetingCorrection.objects.not_issued()
    own = waiting.about_units(user.interviewed_units).values("pk")
    hidden = AgendaItem.objects.meetings_not_whole_to(user)
    return waiting.exclude(drafted_by=user).exclude(meeting__in=hidden).exclude(pk__in=own)


def _to_go_on_with() -> MeetingQuerySet:
    """Those not convened yet, those whose hour has come and nobody has written down who came, and those held."""
    begun = Q(held_at=None, begins_at__lte=clock.now())
    waiting = Meeting.objects.filter(minuted_at=None, cancelled_at=None)
    return waiting.filter(Q(convened_at=None) | begun | Q(held_at__isnull=False))
