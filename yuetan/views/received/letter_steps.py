"""What is done about a letter that a unit got: one table of who, with which form, in which words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django import forms
from django.urls import reverse

from yuetan.actions.received.closing import (
    close_received_letter,
    close_unanswered,
    closing_problems,
    record_received_recall,
    tasks_problems,
    unanswered_problems,
    withdraw_received_closing,
)
from yuetan.actions.received.due_day import replied_problems, set_received_due
from yuetan.actions.received.hand_out_tasks import hand_out_received
from yuetan.actions.received.letter import withdraw_received_letter, withdrawal_problems
from yuetan.actions.received.letter_rows import DECIDE, REPLY, WITHDRAW, WITHDRAW_CLOSING, may_do
from yuetan.actions.received.reply import enter_reply, registrar_problems, return_received_reply
from yuetan.forms.received.letter import (
    CloseReceivedForm,
    CloseUnansweredForm,
    HandOutReceivedForm,
    ReceivedReplyForm,
    RecordRecallForm,
    ReturnReceivedReplyForm,
    SetReceivedDueForm,
    WithdrawClosingForm,
    WithdrawReceivedForm,
)
from yuetan.models import Assignment, ReceivedClosing, ReceivedLetter, ReceivedReply, User
from yuetan.models.people.unit_change import pending_succession
from yuetan.rules.refusals import Finding
from yuetan.views.frame.reasons import nothing_against
from yuetan.vocabulary import Verb

OF_LETTER = (ReturnReceivedReplyForm, SetReceivedDueForm)  # what they begin with depends on it
Row = ReceivedLetter | ReceivedReply | ReceivedClosing


@dataclass(frozen=True)
class LetterStep:
    """One thing that may be done: its address, right, form and action, and what its page says.

    `against` is what refuses it as things stand, shown in place of the form.
    """

    name: str
    codename: str
    title: str
    note: str
    done: str
    form: type[forms.Form]
    action: Callable[..., object]
    against: Callable[[ReceivedLetter, User], Iterable[Finding]] = nothing_against

    def form_of(self, letter: ReceivedLetter) -> Callable[..., forms.Form]:
        """What makes its form for a letter."""
        return partial(self.form, letter=letter) if self.form in OF_LETTER else self.form


STEPS = {
    step.name: step
    for step in (
        LetterStep(
            "reply_received_letter",
            REPLY,
            "填报回复",
            "填报以后等办公室审阅，不能修改；办公室退回的，重新填报一版，以前的版本保留。逾期的照收，标明逾期天数。",
            "已填报，等办公室审阅。",
            ReceivedReplyForm,
            enter_reply,
        ),
        LetterStep(
            "close_received_letter",
            DECIDE,
            "办结",
            "办结以后不能再改；办结有误的，由办公室主任撤回。",
            "已办结，并已告知本单位。",
            CloseReceivedForm,
            close_received_letter,
            closing_problems,
        ),
        LetterStep(
            "hand_out_received",
            Verb.HAND_OUT_ASSIGNMENT,
            "交办整改",
            "交办以后，本单位对每一项报送整改报告，督查人员核查、销号；全部销号、办结交办事项以后，来函才能办结。",
            "已交办，并已告知本单位。",
            HandOutReceivedForm,
            hand_out_received,
        ),
        LetterStep(
            "return_received_reply",
            DECIDE,
            "退回回复",
            "退回以后本单位重新填报一版，回复期限改为所定的日期；这一版和它的逾期天数保留。",
            "已退回，并已告知本单位。",
            ReturnReceivedReplyForm,
            return_received_reply,
            registrar_problems,
        ),
        LetterStep(
            "set_received_due",
            DECIDE,
            "改定回复期限",
            "只用于来函机关同意改定的：改定以后按新的期限提醒、计算是否逾期，原期限和依据保留，不能修改；登记有误的，按来函机关的文书再改定一次。",
            "已改定，并已告知本单位。",
            SetReceivedDueForm,
            set_received_due,
            replied_problems,
        ),
        LetterStep(
            "close_unanswered",
            DECIDE,
            "不经回复办结",
            "只用于单位已经停用、没有承接单位，不会再有回复的（办公室设定）；办结有误的，由办公室主任撤回。",
            "已办结。",
            CloseUnansweredForm,
            close_unanswered,
            unanswered_problems,
        ),
        LetterStep(
            "record_received_recall",
            DECIDE,
            "来函机关撤回",
            "只用于来函机关已用文书撤回的：登记以后不必再办，已有的回复保留；登记有误的，由办公室主任撤回。",
            "已登记来函机关撤回，并已告知本单位。",
            RecordRecallForm,
            record_received_recall,
            tasks_problems,
        ),
        LetterStep(
            "withdraw_received_letter",
            WITHDRAW,
            "撤销登记",
            "只用于登记有误的。撤销后本单位不再看到，办公室仍看得到登记和撤销原因，不能恢复。",
            "已撤销登记，本单位不再看到。",
            WithdrawReceivedForm,
            withdraw_received_letter,
            withdrawal_problems,
        ),
        LetterStep(
            "withdraw_received_closing",
            WITHDRAW_CLOSING,
            "撤回办结",
            "撤回以后回到等办公室审阅的状态，可以退回回复或者重新办结；撤回的办结意见保留。",
            "已撤回办结。",
            WithdrawClosingForm,
            withdraw_received_closing,
        ),
    )
}


def row_of(letter: ReceivedLetter, name: str) -> Row | None:
    """On what a step is done as the letter stands: itself, its reply or its closing; None where it cannot be now."""
    if letter.withdrawn_at is not None:
        return None
    if name == "withdraw_received_closing":
        return letter.closing
    if letter.closing is not None:
        return None
    if name in ("withdraw_received_letter", "record_received_recall"):
        return letter
    if name == "close_unanswered":
        return letter if letter.reply is None and _is_left_alone(letter) else None
    if name == "hand_out_received":
        return None if Assignment.objects.running().filter(received_letter=letter).exists() else letter
    if name in ("reply_received_letter", "set_received_due"):
        return letter if letter.reply is None else None
    return letter.reply


def _is_left_alone(letter: ReceivedLetter) -> bool:
    """Whether the unit has ended and nobody goes on for it."""
    return letter.unit.retired_on is not None and pending_succession(letter.unit) is None


def steps_of(letter: ReceivedLetter, user: User) -> list[dict[str, str]]:
    """What the person may do with the letter now, with its address."""
    return [
        {"title": step.title, "url": reverse(name, args=[row.pk])}
        for name, step in STEPS.items()
        if (row := row_of(letter, name)) is not None
        and may_do(letter.unit_id, user, step.codename)
        and not (step.codename == DECIDE and letter.reply is not None and letter.reply.is_registered_by(user))
    ]
