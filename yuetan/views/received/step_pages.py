"""What is done about a letter that a unit got: the page of each step, on the letter, its reply or its closing."""

from __future__ import annotations

from yuetan.actions.received import closing, due_day, hand_out_tasks, reply, scans
from yuetan.actions.received import letter as registration
from yuetan.forms.received import letter as forms
from yuetan.models import ReceivedClosing, ReceivedLetter, ReceivedReply, User
from yuetan.views.frame.room_step_page import RoomStepPage, by_name, offered_steps, only_changes, with_one_primary

OF_LETTER = by_name(
    (
        RoomStepPage[ReceivedLetter](
            "reply_received_letter",
            reply.REPLYING,
            "填报回复",
            "填报以后等办公室审阅，不能修改；办公室退回的，重新填报一版，以前的版本保留。逾期的照收，标明逾期天数。",
            "已填报，等办公室审阅。",
            forms.ReceivedReplyForm,
            reply.enter_reply,
            files_of=lambda entered: entered.papers.all(),
        ),
        RoomStepPage(
            "hand_out_received",
            hand_out_tasks.HANDING_OUT,
            "交办整改",
            "交办以后，本单位对每一项报送整改报告，督查人员核查、销号；全部销号、办结交办事项以后，来函才能办结。",
            "已交办，并已告知本单位。",
            forms.HandOutReceivedForm,
            hand_out_tasks.hand_out_received,
        ),
        RoomStepPage(
            "set_received_due",
            due_day.SETTING_DUE,
            "改定回复期限",
            "只用于来函机关同意改定的：改定以后按新的期限提醒、计算是否逾期，原期限和依据保留，不能修改；登记有误的，按来函机关的文书再改定一次。",
            "已改定，并已告知本单位。",
            forms.SetReceivedDueForm,
            due_day.set_received_due,
            lambda letter: {"letter": letter},
            lambda change: change.papers.all(),
            is_next=only_changes,
        ),
        RoomStepPage(
            "add_received_scan",
            scans.ADDING,
            "补传扫描件",
            "用于扫描不清、不全的：补传以后与原来的扫描件一并保留，不能删除。",
            "已补传。",
            forms.AddReceivedScanForm,
            scans.add_received_scan,
            files_of=lambda added: added,
            is_next=only_changes,
        ),
        RoomStepPage(
            "close_unanswered",
            closing.CLOSING_UNANSWERED,
            "不经回复办结",
            "只用于单位已经停用、没有承接单位，不会再有回复的（办公室设定）；办结有误的，由办公室主任撤回。",
            "已办结。",
            forms.CloseUnansweredForm,
            closing.close_unanswered,
        ),
        RoomStepPage(
            "record_received_recall",
            closing.RECORDING_RECALL,
            "来函机关撤回",
            "只用于来函机关已用文书撤回的：登记以后不必再办，已有的回复保留；登记有误的，由办公室主任撤回。",
            "已登记来函机关撤回，并已告知本单位。",
            forms.RecordRecallForm,
            closing.record_received_recall,
            files_of=lambda recall: recall.papers.all(),
            is_next=only_changes,
        ),
        RoomStepPage(
            "withdraw_received_letter",
            registration.WITHDRAWING,
            "撤销登记",
            "只用于登记有误的。撤销后本单位不再看到，办公室仍看得到登记和撤销原因，不能恢复。",
            "已撤销登记，本单位不再看到。",
            forms.WithdrawReceivedForm,
            registration.withdraw_received_letter,
            is_next=only_changes,
        ),
    )
)
OF_REPLY = by_name(
    (
        RoomStepPage[ReceivedReply](
            "close_received_letter",
            closing.CLOSING,
            "办结",
            "办结以后不能再改；办结有误的，由办公室主任撤回。",
            "已办结，并已告知本单位。",
            forms.CloseReceivedForm,
            closing.close_received_letter,
        ),
        RoomStepPage(
            "return_received_reply",
            reply.RETURNING,
            "退回回复",
            "退回以后本单位重新填报一版，回复期限改为所定的日期；这一版和它的逾期天数保留。",
            "已退回，并已告知本单位。",
            forms.ReturnReceivedReplyForm,
            reply.return_received_reply,
            lambda returned: {"letter": returned.letter},
            is_next=only_changes,
        ),
    )
)
OF_CLOSING = RoomStepPage[ReceivedClosing](
    "withdraw_received_closing",
    closing.WITHDRAWING_CLOSING,
    "撤回办结",
    "撤回以后回到等办公室审阅的状态，可以退回回复或者重新办结；撤回的办结意见保留。",
    "已撤回办结。",
    forms.WithdrawClosingForm,
    closing.withdraw_received_closing,
    is_next=only_changes,
)


def steps_of(letter: ReceivedLetter, user: User) -> list[dict[str, str]]:
    """What the person may do with the letter now, with its address."""
    for row in (letter.reply, letter.closing):
        if row is not None:
            row.letter = letter
    on_reply = offered_steps(OF_REPLY.values(), letter.reply, user)
    on_letter = offered_steps(OF_LETTER.values(), letter, user)
    return with_one_primary([*on_reply, *on_letter, *offered_steps([OF_CLOSING], letter.closing, user)])
