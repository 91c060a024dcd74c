"""What tests of meetings begin with: one that is called, convened, held, with its record written, and with minutes."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import time_machine

from tests import cast
from tests.factories import pdf
from tests.nothing_sent_twice import copied, copied_if_again
from yuetan.actions.meeting.agenda import add_agenda_item
from yuetan.actions.meeting.attendance import Came, attendance_shown, record_attendance
from yuetan.actions.meeting.conclusions import conclude_agenda_item, conclusion_shown
from yuetan.actions.meeting.convening import convene_meeting
from yuetan.actions.meeting.meetings import Planned, call_meeting
from yuetan.actions.meeting.minutes import digest_of_meeting, issue_meeting_minutes
from yuetan.actions.meeting.resolutions import Agreed, record_resolutions, resolutions_shown
from yuetan.models import AgendaItem, Case, Document, Invitation, Meeting, Post, Resolution, User
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import DecisionKind, MeetingKind, Presence

BEGINS = datetime(2026, 11, 25, 9, 0, tzinfo=CHINA_STANDARD_TIME)  # the Wednesday after the Monday of the cast
LASTS = timedelta(hours=3)
AFTER = BEGINS + LASTS
DUE = date(2026, 12, 20)
TOPIC = "农贸市场乱象整治"
WORDS = "会议同意启动约谈程序。"
DISCUSSION = "办公室汇报了情况，与会人员逐一发表意见，均表示同意。"
SHEET = "集体结论签名页.pdf"


def planned(**changed: Any) -> Planned:
    """A meeting of the leading group on Wednesday morning, chaired by its leader."""
    usual: dict[str, Any] = {
        "kind": MeetingKind.LEADING_GROUP,
        "topic": "",
        "begins_at": BEGINS,
        "place": "市委大院1号楼302会议室",
        "chair": post_of("group_leader"),
        "demands": "请携带本单位的情况汇报。",
    }
    return Planned(**usual | changed)


def post_of(username: str) -> Post:
    """The post that somebody of the cast holds."""
    return Post.objects.select_related("holder", "unit__parent").get(holder__username=username)


@copied
def called(**changed: Any) -> Meeting:
    """A meeting that the officer called."""
    return call_meeting(by=cast.person("officer"), planned=planned(**changed))


@copied_if_again
def with_item(meeting: Meeting, case: Case | None = None, title: str = "研究年度工作安排") -> AgendaItem:
    """One item on its agenda: a proposal, or what the title names."""
    words = "" if case else title
    officer = cast.person("officer")
    return add_agenda_item(meeting, by=officer, title=words, case=case, measure=None, presenter="市扫黑办")


@copied
def convened(case: Case | None = None, **changed: Any) -> Meeting:
    """Called, with one item, and the notice sent to a town, to the chair, to the director and the deputy leader."""
    meeting = called(**changed)
    with_item(meeting, case)
    posts = [post_of("director"), post_of("deputy")]
    convene_meeting(meeting, by=cast.person("officer"), units=[cast.unit(cast.TOWN)], posts=posts)
    return fresh(meeting)


@copied
def held(case: Case | None = None, *, came: dict[str, Came] | None = None, **changed: Any) -> Meeting:
    """Held on Wednesday; all attended in person unless `came` has it otherwise, by label of the invitation."""
    meeting = convened(case, **changed)
    with time_machine.travel(meeting.begins_at + LASTS, tick=False):
        return attended(meeting, **(came or {}))


@copied_if_again
def attended(meeting: Meeting, *, presided: int | None = None, **came: Came) -> Meeting:
    """Who came, by user name or by the code of a unit behind a `unit_`; others attended in person."""
    rows = {}
    for one in Invitation.objects.of_meeting(meeting):
        usual = Came(Presence.ATTENDED) if one.post else Came(Presence.SAT_IN, "冯十")
        key = one.post.holder.username if one.post else f"unit_{one.unit.code}" if one.unit else ""
        rows[one.pk] = came.get(key or "", usual)
    facts = {"observers": "", "presided": presided, "seen": attendance_shown(meeting)}
    return record_attendance(meeting, by=cast.person("officer"), came=rows, **facts)


@copied_if_again
def concluded(item: AgendaItem, *, by: str = "officer", **changed: Any) -> AgendaItem:
    """A proposal approved by the leader who was there; anything else concluded in words."""
    decides = item.case_id is not None
    usual: dict[str, Any] = {
        "conclusion": WORDS,
        "decision": DecisionKind.APPROVED if decides else "",
        "decided_by": cast.person("group_leader") if decides else None,
        "is_collective": False,
        "people": [],
        **({"discussion": DISCUSSION, "scan": [pdf(SHEET)]} if changed.get("is_collective") else {}),
        "seen": conclusion_shown(AgendaItem.objects.get(pk=item.pk)),
    }
    return conclude_agenda_item(AgendaItem.objects.get(pk=item.pk), by=cast.person(by), **usual | changed)


def signed(item: AgendaItem, **changed: Any) -> AgendaItem:
    """A 集体结论 of all who were there."""
    people = [one for one in Invitation.objects.of_meeting(item.meeting) if one.was_there]
    return concluded(item, **{"is_collective": True, "people": people} | changed)


def agreed(text: str = "逐户清退违规收取的费用。", code: str = cast.TOWN, due_on: date | None = DUE) -> Agreed:
    """One thing agreed: a town is to do it by a day."""
    return Agreed(text, cast.unit(code) if code else None, due_on)


@copied_if_again
def recorded(meeting: Meeting, *rows: Agreed, by: str = "officer") -> list[Resolution]:
    """These rows in place of what was agreed before."""
    who = cast.person(by)
    return record_resolutions(meeting, by=who, agreed=rows, seen=resolutions_shown(meeting, who))


@copied
def written(case: Case | None = None) -> Meeting:
    """Held, with its item concluded and one resolution."""
    meeting = held(case)
    with time_machine.travel(AFTER, tick=False):
        for item in meeting.items.all():
            concluded(item)
        recorded(meeting, agreed())
    return fresh(meeting)


@copied
def minuted(case: Case | None = None, *, by: User | None = None) -> Document:
    """The 会议纪要 of such a meeting."""
    meeting = written(case)
    with time_machine.travel(AFTER, tick=False):
        return issue_meeting_minutes(meeting, by=by or cast.person("director"), seen=digest_of_meeting(meeting))


def printed(paper: Document) -> str:
    """The wording of a paper in one line, without any sign of how it is set."""
    return "".join(re.sub(r"<[^>]+>", "", Document.objects.get(pk=paper.pk).html).split())


def fresh(meeting: Meeting) -> Meeting:
    """The meeting read anew."""
    return Meeting.objects.with_people().get(pk=meeting.pk)


def invitation_of(meeting: Meeting, username: str) -> Invitation:
    """The notice that somebody of the cast is to sign for."""
    return Invitation.objects.of_person(cast.person(username)).filter(meeting=meeting).get()
