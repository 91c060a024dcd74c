"""What is done with meetings: the page of each step, on none yet, on one, and on an item of its agenda."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from yuetan.actions.meeting import (
    agenda,
    agenda_changes,
    agenda_files,
    attendance,
    conclusions,
    convening,
    correction,
    meetings,
    resolutions,
)
from yuetan.actions.meeting import minutes as papers
from yuetan.forms.frame.paper_receipt import ReceiptFields
from yuetan.forms.meeting import meeting as forms
from yuetan.forms.meeting import record
from yuetan.forms.meeting.agenda_changes import AgendaOrderForm, ItemWordingForm
from yuetan.forms.meeting.correction import CorrectMinutesForm, WithdrawCorrectionForm
from yuetan.models import AgendaItem, Invitation, Meeting, User
from yuetan.views.frame.room_step_page import Keywords, RoomStepPage, by_name, offered_steps, only_changes


def _of_meeting(meeting: Meeting) -> Keywords:
    return {"meeting": meeting}


def _seen_correction(meeting: Meeting) -> Keywords:
    waits = correction.open_correction(meeting)
    return {"initial": {"seen": waits.digest if waits is not None else ""}}


CALLING = RoomStepPage[None](
    "call_meeting",
    meetings.CALLING,
    "召集会议",
    "",
    "已安排{0.title}，请列入议题，再印发会议通知。",
    forms.MeetingForm,
    meetings.call_meeting,
    button="保存",
)
OF_MEETING = by_name(
    (
        RoomStepPage[Meeting](
            "revise_meeting",
            meetings.REVISING,
            "修改会议",
            "",
            "已修改。",
            forms.MeetingForm,
            meetings.revise_meeting,
            _of_meeting,
            button="保存",
            link="修改",
            is_next=only_changes,
        ),
        RoomStepPage(
            "cancel_meeting",
            meetings.CANCELLING,
            "取消会议",
            "取消后不能恢复；另行召集的重新安排、重新通知。",
            "会议已取消，已告知收到通知的单位和人员。",
            forms.CancelMeetingForm,
            meetings.cancel_meeting,
            is_next=only_changes,
        ),
        RoomStepPage(
            "add_agenda_item",
            agenda.ADDING,
            "列入议题",
            "审定事项在会议通知上只写“审定有关事项”，不写单位和事由。",
            "已列入议程。",
            forms.AgendaItemForm,
            agenda.add_agenda_item,
            button="列入",
            is_of_reader=True,
        ),
        RoomStepPage(
            "order_agenda",
            agenda_changes.ORDERING,
            "调整议程顺序",
            "已印发会议通知的，保存后告知参会单位和人员。",
            "已调整议程顺序。",
            AgendaOrderForm,
            agenda_changes.order_agenda,
            _of_meeting,
            button="保存",
            is_next=only_changes,
        ),
        RoomStepPage(
            "convene_meeting",
            convening.CONVENING,
            "印发会议通知",
            "印发后时间、地点、主持人不能再改；有变的，取消后另行召集。",
            "已印发会议通知（{0.number}），已告知参会单位和人员。",
            forms.ConveneForm,
            convening.convene_meeting,
            _of_meeting,
            button="印发",
        ),
        RoomStepPage(
            "record_attendance",
            attendance.RECORDING,
            "登记到会情况",
            "",
            "已登记到会情况，可以登记结论和议定事项。",
            record.AttendanceForm,
            attendance.record_attendance,
            _of_meeting,
            button="保存",
            fields="meeting/attendance_fields.html",
            is_next=lambda meeting: meeting.is_open,
        ),
        RoomStepPage(
            "record_resolutions",
            resolutions.RECORDING,
            "登记议定事项",
            "",
            "已登记议定事项。",
            record.ResolutionsForm,
            resolutions.record_resolutions,
            _of_meeting,
            button="保存",
            is_of_reader=True,
        ),
        RoomStepPage(
            "meeting_minutes",
            papers.ISSUING,
            "印发会议纪要",
            "印发后到会情况、结论、议定事项有误的，只能另行更正，由另一人核对后重新印发；议定事项随即交办承办单位。",
            "会议纪要已印发，文号为{0.number}。",
            record.MinutesOfMeetingForm,
            papers.issue_meeting_minutes,
            lambda meeting: {"initial": {"seen": papers.digest_of_meeting(meeting)}},
            button="印发",
            is_next=lambda meeting: not papers.lacking_of(meeting),
        ),
        RoomStepPage(
            "correct_meeting_minutes",
            correction.CORRECTING,
            "更正会议纪要",
            "",
            "已保存更正稿，请由另一人核对后印发；印发前原纪要继续有效。",
            CorrectMinutesForm,
            correction.correct_meeting_minutes,
            _of_meeting,
            button="保存更正稿",
            fields="meeting/correction_fields.html",
            is_next=only_changes,
        ),
        RoomStepPage(
            "issue_meeting_correction",
            correction.ISSUING,
            "核对并印发更正",
            "印发后原纪要标明已被替代，仍可查阅；补记的议定事项随即交办。",
            "更正的会议纪要已印发，文号为{0.number}；有关单位和人员已收到消息。",
            record.MinutesOfMeetingForm,
            correction.issue_meeting_correction,
            _seen_correction,
            button="印发更正",
            link="核对更正稿",
        ),
        RoomStepPage(
            "withdraw_meeting_correction",
            correction.WITHDRAWING,
            "放弃更正",
            "更正稿不再印发，原纪要继续有效；要更正的可以另行拟定。",
            "已放弃更正，原纪要继续有效。",
            WithdrawCorrectionForm,
            correction.withdraw_meeting_correction,
        ),
    )
)
OF_ITEM = by_name(
    (
        RoomStepPage[AgendaItem](
            "conclude_agenda_item",
            conclusions.CONCLUDING,
            "登记结论",
            "",
            "已登记结论。",
            record.ConclusionForm,
            conclusions.conclude_agenda_item,
            lambda item: {"item": item},
            lambda item: item.sorted_files().signed,
            button="保存",
        ),
        RoomStepPage(
            "revise_agenda_item",
            agenda_changes.REVISING,
            "改写议题",
            "材料和列席单位不变；已印发会议通知的，保存后告知参会单位和人员。",
            "已改写议题。",
            ItemWordingForm,
            agenda_changes.revise_agenda_item,
            lambda item: {"item": item},
            button="保存",
        ),
        RoomStepPage(
            "add_agenda_files",
            agenda_files.ADDING,
            "上传议题材料",
            "看得到这一议题的人员，和只列席这一议题的单位看得到材料，其他参会单位看不到。",
            "已上传议题材料。",
            forms.AgendaFilesForm,
            agenda_files.add_agenda_files,
            files_of=iter,
            button="上传",
        ),
    )
)
REGISTERING = RoomStepPage[Invitation](
    "register_meeting_receipt",
    convening.REGISTERING,
    "登记会议通知的纸质回执",
    "在纸质回执上签收的，由办公室登记；自己在系统里签收的，不用登记。登记后即为已签收，受通知的单位、人员看得到签收人、日期和回执扫描件。",
    "会议通知的纸质回执已登记。",
    ReceiptFields,
    convening.register_meeting_receipt,
    files_of=lambda scan: (scan,),
    button="登记",
)
REWRITING = replace(OF_MEETING["correct_meeting_minutes"], link="修改更正稿")  # once a correction waits


def steps_of(meeting: Meeting, user: User, names: Iterable[str]) -> list[dict[str, str]]:
    """Which of the named steps the person may take with the meeting now, with their addresses."""
    return offered_steps([OF_MEETING[name] for name in names], meeting, user)
