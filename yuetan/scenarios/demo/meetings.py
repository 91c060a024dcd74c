"""Meetings of the demonstration: one whose 会议纪要 were put right, one that decided on a proposal, one ahead."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from yuetan.actions.meeting.agenda import add_agenda_item
from yuetan.actions.meeting.attendance import Came, attendance_shown, record_attendance
from yuetan.actions.meeting.conclusions import conclude_agenda_item, conclusion_shown
from yuetan.actions.meeting.convening import convene_meeting, receive_meeting_notice, register_meeting_receipt
from yuetan.actions.meeting.correction import (
    Corrected,
    correct_meeting_minutes,
    digest_to_correct,
    issue_meeting_correction,
)
from yuetan.actions.meeting.meeting_rows import people_of
from yuetan.actions.meeting.meetings import Planned, call_meeting
from yuetan.actions.meeting.minutes import digest_of_meeting, issue_meeting_minutes
from yuetan.actions.meeting.resolutions import Agreed, record_resolutions, resolutions_shown
from yuetan.models import CalendarDay, Invitation, Meeting, Post, Unit
from yuetan.models.meeting.agenda_item import cases_to_decide
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import add_working_days
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.scenarios.actors import in_office
from yuetan.scenarios.files import written_scan
from yuetan.vocabulary import DecisionKind, MeetingKind, PostKind, Presence, UnitKind

SIGNED_BY_HAND = "车五五"
PLACE = "市委大院1号楼302会议室"
DEMANDS = "请参会单位携带本季度工作情况汇报（一式三份），会前一天报办公室。"
ITEMS = (
    ("通报第三季度线索摸排和核查情况", "各单位要对未办结的线索逐条倒排时间，办公室每周通报一次进展。"),
    ("研究货运市场秩序整治工作", "同意整治方案，由市市场监管局牵头，分两个阶段推进。"),
)
AGREED = (
    ("对未办结的线索逐条列出责任人和办结时间，报办公室备案。", 30),
    ("完成货运市场经营户登记，公示投诉电话，并书面报告整治情况。", 45),
)
DISCUSSION = "办公室汇报拟约谈的事由和依据；与会人员逐一发表意见，均同意约谈。（演示）"
STAGES_BEFORE, STAGES_AFTER, STAGES_REASON = "两个阶段", "三个阶段", "货运市场整治的阶段数记录有误"
HELD_AGO, DECIDED_AGO = timedelta(days=12), timedelta(minutes=40)
DAY = timedelta(days=1)
HOURS = time(9), time(15)  # at which meetings begin


def play_meetings() -> None:
    """Hold one, write its minutes and put them right; let one decide on a proposal; convene one that is ahead."""
    units = _units_with_people()
    _with_minutes(units)
    _that_decided()
    _ahead(units)


def _units_with_people() -> list[Unit]:
    """Two 镇（街） and two 成员单位 of which a liaison may log in."""
    units = Unit.objects.interviewed().in_use().select_related("parent").order_by("code")
    units = units.filter(posts__kind=PostKind.LIAISON, posts__holder__username__isnull=False).distinct()
    return [unit for kind in (UnitKind.TOWN, UnitKind.MEMBER_UNIT) for unit in units.filter(kind=kind)[:2]]


def _with_minutes(units: list[Unit]) -> None:
    begins = _morning(clock.now() - HELD_AGO, -1)
    meeting = _called(MeetingKind.JOINT, "", begins, ITEMS, units)
    with clock.at(begins - DAY):
        for one in Invitation.objects.of_meeting(meeting):
            if one.unit == units[-1]:
                _received_by_hand(one)
            else:
                receive_meeting_notice(one, by=people_of(one)[0])
    with clock.at(begins + timedelta(hours=3)):
        attend(meeting)
        for item, (_, conclusion) in zip(meeting.items.all(), ITEMS, strict=True):
            _conclude(meeting, item.pk, conclusion)
        due = begins.date()
        agreed = [
            Agreed(text, unit, due + timedelta(days=days)) for (text, days), unit in zip(AGREED, units, strict=False)
        ]
        officer = in_office("officer")
        record_resolutions(meeting, by=officer, agreed=agreed, seen=resolutions_shown(meeting, officer))
    with clock.at(begins + 2 * DAY):
        issue_meeting_minutes(meeting, by=in_office("director"), seen=digest_of_meeting(meeting))
    _put_right(Meeting.objects.with_people().get(pk=meeting.pk), begins + 5 * DAY)


def _received_by_hand(invitation: Invitation) -> None:
    """Somebody of the unit without an account took the notice, and the office registers the receipt with its scan."""
    assert invitation.unit is not None
    register_meeting_receipt(
        invitation,
        by=in_office("officer"),
        signer_name=SIGNED_BY_HAND,
        signer_title=f"{invitation.unit.name}办公室主任",
        signed_on=clock.today(),
        scan=written_scan(f"{invitation.unit.name}会议通知送达回证"),
    )


def _put_right(meeting: Meeting, drafted_at: datetime) -> None:
    """The officer drafts what was written down wrongly, the director issues it the day after."""
    rows = Invitation.objects.of_meeting(meeting)
    corrected = Corrected(
        {one.pk: Came(one.presence, one.attended_name, one.attended_title) for one in rows},
        meeting.observers,
        {item.pk: (item.title, item.conclusion.replace(STAGES_BEFORE, STAGES_AFTER)) for item in meeting.items.all()},
        [Agreed(one.text, one.unit, one.due_on) for one in meeting.resolutions.select_related("unit")],
    )
    seen = digest_to_correct(meeting)
    with clock.at(drafted_at):
        draft = correct_meeting_minutes(
            meeting, by=in_office("officer"), reason=STAGES_REASON, corrected=corrected, seen=seen
        )
    with clock.at(drafted_at + DAY):
        issue_meeting_correction(meeting, by=in_office("director"), seen=draft.digest)


def _that_decided() -> None:
    """A meeting of the leading group that approved the oldest proposal; the office has yet to register it."""
    begins = last_begun(clock.now() - DECIDED_AGO)
    meeting = _called(MeetingKind.LEADING_GROUP, "", begins, (("研究近期重点工作", ""),), [])
    officer = in_office("officer")
    case = cases_to_decide(officer).select_related("unit__parent").first()
    with clock.at(begins - timedelta(minutes=10)):
        if case is not None:
            add_agenda_item(meeting, by=officer, title="", case=case, measure=None, presenter="市扫黑办")
    with clock.at(begins + timedelta(minutes=20)):
        attend(meeting)
        for item in meeting.items.filter(case__isnull=False):
            conclude_agenda_item(
                item,
                by=officer,
                conclusion="会议同意启动约谈程序，由办公室抓紧办理书面通知。",
                decision=DecisionKind.APPROVED,
                decided_by=in_office("group_leader"),
                is_collective=True,
                people=[one for one in Invitation.objects.of_meeting(meeting) if one.was_there],
                discussion=DISCUSSION,
                scan=[written_scan("约谈审定签名页")],
                seen=conclusion_shown(item),
            )


def _ahead(units: list[Unit]) -> None:
    begins = _morning(clock.now() + 6 * DAY, 1)
    topic = "重点行业领域乱象整治"
    items = (("听取整治进展情况汇报", ""), ("部署下一阶段任务", ""))
    meeting = _called(MeetingKind.SPECIAL, topic, begins, items, units)
    for one in list(Invitation.objects.of_meeting(meeting))[::2]:
        receive_meeting_notice(one, by=people_of(one)[0])


def _called(kind: str, topic: str, begins: datetime, items: tuple[tuple[str, str], ...], units: list[Unit]) -> Meeting:
    """Called some days before, with items, and convened the day after."""
    officer = in_office("officer")
    called_at = min(begins - 8 * DAY, clock.now())
    with clock.at(called_at):
        planned = Planned(kind, topic, begins, PLACE, post_of("group_leader"), DEMANDS)
        meeting = call_meeting(by=officer, planned=planned)
        for title, _ in items:
            add_agenda_item(meeting, by=officer, title=title, case=None, measure=None, presenter="市扫黑办")
        posts = [post_of(username) for username in ("first_deputy", "deputy", "director")]
        convene_meeting(meeting, by=officer, units=units, posts=posts)
    return Meeting.objects.with_people().get(pk=meeting.pk)


def attend(meeting: Meeting) -> None:
    """The people in person, the units by their liaisons in the stead of their heads."""
    came = {}
    for one in Invitation.objects.of_meeting(meeting):
        liaison = one.unit.posts.current().filter(kind=PostKind.LIAISON).first() if one.unit else None
        name = liaison.holder.name if liaison else ""
        came[one.pk] = Came(Presence.SAT_IN if liaison else Presence.ATTENDED, name)
    record_attendance(meeting, by=in_office("officer"), came=came, observers="", seen=attendance_shown(meeting))


def _conclude(meeting: Meeting, key: int, conclusion: str) -> None:
    item = meeting.items.get(pk=key)
    conclude_agenda_item(
        item,
        by=in_office("officer"),
        conclusion=conclusion,
        decision="",
        decided_by=None,
        is_collective=False,
        people=[],
        seen=conclusion_shown(item),
    )


def _worked(day: date, direction: int) -> date:
    """The day, or the nearest working day after it (1) or before it (-1)."""
    return add_working_days(day - direction * DAY, direction, CalendarDay.objects.calendar())


def _morning(moment: datetime, direction: int) -> datetime:
    """Nine o'clock of its day, or of the nearest working day after it (1) or before it (-1)."""
    day = _worked(moment.astimezone(CHINA_STANDARD_TIME).date(), direction)
    return datetime.combine(day, HOURS[0], CHINA_STANDARD_TIME)


def last_begun(moment: datetime) -> datetime:
    """The last of the hours at which meetings begin, on a working day, that is not after a moment."""
    today = _worked(moment.astimezone(CHINA_STANDARD_TIME).date(), -1)
    days = (today, _worked(today - DAY, -1))
    hours = [datetime.combine(day, hour, CHINA_STANDARD_TIME) for day in days for hour in HOURS]
    return max(begins for begins in hours if begins <= moment)


def post_of(username: str) -> Post:
    """The post that somebody of the demonstration holds."""
    posts = Post.objects.current().select_related("holder", "unit__parent")
    return posts.filter(holder__username=username).order_by("pk")[0]
