"""Meetings told by the real actions, one step at a time: those of their own, and those that decide on a measure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from yuetan.actions.meeting.agenda import add_agenda_item
from yuetan.actions.meeting.conclusions import conclude_agenda_item, conclusion_shown
from yuetan.actions.meeting.convening import convene_meeting, receive_meeting_notice
from yuetan.actions.meeting.meetings import Planned, call_meeting
from yuetan.actions.meeting.minutes import digest_of_meeting, issue_meeting_minutes
from yuetan.actions.meeting.resolutions import Agreed, record_resolutions, resolutions_shown
from yuetan.models import AccountabilityMeasure, AgendaItem, Invitation, Meeting, Unit
from yuetan.scenarios.actors import in_office
from yuetan.scenarios.bulk.story import at
from yuetan.scenarios.demo.meetings import DEMANDS, PLACE, attend, post_of
from yuetan.scenarios.files import blank_scan
from yuetan.vocabulary import DecisionKind, MeetingKind

CALL, CONVENE, RECEIVE, HOLD, WRITE = "call", "convene", "receive", "hold", "write"
HOUR = time(9)
AT_THE_TABLE = ("first_deputy", "deputy", "director")
DECIDED = {DecisionKind.APPROVED: "会议研究后一致同意。", DecisionKind.DECLINED: "会议研究后未予同意。"}
DISCUSSION = "办公室汇报情况，与会人员逐一发表意见后表决。"


def call(kind: MeetingKind, topic: str, day: date) -> Meeting:
    """A meeting in the morning of a day, with nothing on its agenda yet."""
    chair = post_of("group_leader")
    return call_meeting(by=in_office("officer"), planned=Planned(kind, topic, at(day, HOUR), PLACE, chair, DEMANDS))


def add_item(meeting: Meeting, title: str = "", measure: AccountabilityMeasure | None = None) -> AgendaItem:
    """Put something on its agenda."""
    about = {"title": title, "case": None, "measure": measure}
    return add_agenda_item(meeting, by=in_office("officer"), presenter="市扫黑办", **about)  # type: ignore[arg-type]


def convene(meeting: Meeting, units: Sequence[Unit] = ()) -> None:
    """Send the notice to the leaders and these units."""
    convene_meeting(meeting, by=in_office("officer"), units=units, posts=[post_of(name) for name in AT_THE_TABLE])


def receive(meeting: Meeting) -> None:
    """Every leader signs for the notice."""
    for one in Invitation.objects.of_meeting(meeting):
        if one.post is not None:
            receive_meeting_notice(one, by=one.post.holder)


def hold(meeting: Meeting, decision: DecisionKind | None = None) -> None:
    """Everybody came; each item has its conclusion, or with a decision what was decided together."""
    attend(meeting)
    there = [one for one in Invitation.objects.of_meeting(meeting) if one.was_there and one.unit is None]
    for item in AgendaItem.objects.filter(meeting=meeting).order_by("number"):
        conclude_agenda_item(
            item,
            by=in_office("officer"),
            conclusion=DECIDED[decision] if decision else "同意整治方案，由承办单位分两个阶段推进。",
            decision=decision or "",
            decided_by=in_office("group_leader") if decision else None,
            is_collective=decision is not None,
            people=there if decision else [],
            discussion=DISCUSSION if decision else "",
            scan=[blank_scan("集体结论签名页")] if decision else [],
            seen=conclusion_shown(item),
        )


def agree(meeting: Meeting, agreed: Sequence[Agreed]) -> None:
    """What units are to do, in place of what was written down before."""
    officer = in_office("officer")
    record_resolutions(meeting, by=officer, agreed=agreed, seen=resolutions_shown(meeting, officer))


def write(meeting: Meeting) -> None:
    """Issue the 会议纪要."""
    issue_meeting_minutes(meeting, by=in_office("director"), seen=digest_of_meeting(meeting))
