"""Which form a step asks with, what follows from it, and what is shown beside it."""

from __future__ import annotations

from typing import Any

from yuetan.actions.interview import interview, leave, minutes, minutes_correction, notice, submission
from yuetan.actions.proposal import decision, proposal
from yuetan.actions.rectification import (
    chase,
    inspection,
    revisit,
    site_check,
    supervision_letter,
    task,
    task_deadlines,
)
from yuetan.forms.frame.step import StepForm
from yuetan.forms.interview import minutes as minutes_forms
from yuetan.forms.interview import notice as notice_forms
from yuetan.forms.interview.interview import InterviewForm
from yuetan.forms.interview.submission import SubmissionForm
from yuetan.forms.proposal import decision as approval_forms
from yuetan.forms.proposal import returns as forms
from yuetan.forms.rectification import inspection as inspection_forms
from yuetan.forms.rectification import supervision_letter as supervision_forms
from yuetan.forms.rectification import task as task_forms
from yuetan.forms.rectification.chase import AnswerChaseForm, ChaseForm
from yuetan.views.case import notice_sections
from yuetan.views.case.step_config import IRREVERSIBLE, StepPage
from yuetan.views.case.supervision_sections import open_supervision_letters
from yuetan.views.interview import interview_record, minutes_page
from yuetan.views.people import unit_history
from yuetan.views.rectification.report_steps import READING, REPORT_PAGES
from yuetan.vocabulary import Verb

AS_PRINTED: dict[str, Any] = {"template": "cases/paper_step.html", "extra_context": minutes_page.as_printed}

STEP_PAGES: dict[str, StepPage] = {
    Verb.SUBMIT: StepPage(StepForm, proposal.submit, intro="报核后不能再修改，除非办公室主任退回。"),
    Verb.RETURN_FOR_CHANGES: StepPage(
        forms.ReturnForm, proposal.return_for_changes, intro="退回后由拟稿人修改，再次报核。"
    ),
    Verb.ENDORSE: StepPage(
        forms.EndorseForm, proposal.endorse, also=(Verb.RETURN_FOR_CHANGES,), extra_context=unit_history.extra_context
    ),
    Verb.APPROVE: StepPage(
        approval_forms.ApproveForm,
        decision.approve,
        also=(Verb.RETURN_FOR_CHANGES, Verb.DECLINE),
        extra_context=unit_history.extra_context,
    ),
    Verb.DECLINE: StepPage(approval_forms.DeclineForm, decision.decline, danger=True),
    Verb.WITHDRAW: StepPage(
        forms.WithdrawForm,
        proposal.withdraw,
        consequences=(IRREVERSIBLE, "已通知的，同时向被约谈单位发出撤销约谈的函，原通知书标为“已被替代”。"),
        prints=True,
        danger=True,
    ),
    Verb.SERVE_NOTICE: StepPage(
        notice_forms.NoticeForm,
        notice.serve_notice,
        consequences=(
            "印发约谈通知书，取发文字号，文字从此不能改动。",
            "被约谈单位主要领导和联络员即可看到本事项（不含建议、依据和内部意见），并可签收。",
            IRREVERSIBLE,
        ),
        prints=True,
        opening_sections=notice_sections.before_a_notice,
    ),
    Verb.RESCHEDULE: StepPage(
        notice_forms.RescheduleForm,
        notice.reschedule,
        consequences=(
            "印发改期通知，取新的发文字号；原通知书标为“已被替代”，须重新签收。",
            "约谈对象有变动的，改期通知写明现任姓名；针对原时间的请假不再有效。",
            IRREVERSIBLE,
        ),
        prints=True,
        opening_sections=notice_sections.before_a_notice,
    ),
    Verb.ACKNOWLEDGE_RECEIPT: StepPage(
        StepForm, notice.acknowledge_receipt, intro="签收即表示已收到通知书，系统记下您的姓名、职务和时间。"
    ),
    Verb.REGISTER_RECEIPT: StepPage(
        notice_forms.RegisterReceiptForm,
        notice.register_receipt,
        intro="被约谈单位在纸质回执上签收的，由办公室登记；单位自己在系统里签收的，不用登记。",
    ),
    Verb.PREPARE_SUBMISSION: StepPage(
        SubmissionForm,
        submission.prepare_submission,
        intro="可随时保存，保存的草稿只有本单位看得到；由主要领导提交后，约谈方才看得到。",
        draft=True,
        opening_sections=notice_sections.before_written_material,
    ),
    Verb.HAND_IN_SUBMISSION: StepPage(
        StepForm,
        submission.hand_in_submission,
        consequences=(
            "书面材料提交约谈方，记下您的姓名、职务和时间；过了期限的，标明“逾期提交”或者“约谈后补交”。",
            "约谈前可再次填写、提交，各次版本都保留；约谈后不能再更换。",
        ),
        opening_sections=notice_sections.before_written_material,
    ),
    Verb.ASK_LEAVE: StepPage(
        notice_forms.AskLeaveForm,
        leave.ask_leave,
        intro="请假由约谈人审批。未获准的，须本人按时到会；不得委托他人代为接受约谈。",
    ),
    Verb.DECIDE_LEAVE: StepPage(
        notice_forms.DecideLeaveForm,
        leave.decide_leave,
        intro="准假的，由承办人改期；有几位约谈对象而其他人照常到会的，约谈可以照常进行。",
    ),
    Verb.HOLD_INTERVIEW: StepPage(
        InterviewForm,
        interview.hold_interview,
        consequences=("约谈记录定稿，并据此生成约谈纪要初稿；整改措施和时限不再改动。", IRREVERSIBLE),
        leads_to=Verb.REVISE_MINUTES,
        template="cases/desk.html",
        extra_context=interview_record.record_context,
    ),
    Verb.REVISE_MINUTES: StepPage(
        minutes_forms.MinutesForm,
        minutes.revise_minutes,
        intro="修改后，约谈人须重新确认，并重新送被约谈方确认。整改措施、责任人、时限照约谈记录，不在此改。",
        template="cases/revise_minutes.html",
        extra_context=minutes_page.revision_context,
    ),
    Verb.CONFIRM_MINUTES: StepPage(
        minutes_forms.SeenForm,
        minutes.confirm_minutes,
        also=(Verb.RETURN_MINUTES,),
        intro="确认后，由承办人送被约谈方确认；文字再有改动的，须由您重新确认。",
        **AS_PRINTED,
    ),
    Verb.RETURN_MINUTES: StepPage(
        minutes_forms.ReturnMinutesForm,
        minutes.return_minutes,
        intro="退回后由办公室修改，改好再请您确认。",
        **AS_PRINTED,
    ),
    Verb.SEND_MINUTES: StepPage(
        minutes_forms.SeenForm,
        minutes.send_minutes,
        **AS_PRINTED,
        intro="送出后，被约谈方可看到纪要文本并反馈意见；逾期未反馈的，可以印发。",
    ),
    Verb.ANSWER_MINUTES: StepPage(
        minutes_forms.MinutesAnswerForm,
        minutes.answer_minutes,
        consequences=("意见送约谈方；有异议的，异议内容随纪要一并印发。", IRREVERSIBLE),
        **AS_PRINTED,
    ),
    Verb.ISSUE_MINUTES: StepPage(
        minutes_forms.SeenForm,
        minutes.issue_minutes,
        consequences=("印发约谈纪要，取发文字号，文字从此不能改动。", "被约谈单位即可看到约谈纪要。", IRREVERSIBLE),
        prints=True,
    ),
    Verb.CORRECT_MINUTES: StepPage(
        minutes_forms.CorrectionForm,
        minutes_correction.correct_minutes,
        intro="只更正文字；整改措施、时限不在此改。保存后请约谈人确认，约谈人确认后印发更正后的纪要，取新的文号，原纪要标为“已被替代”。",
    ),
    Verb.CONFIRM_CORRECTION: StepPage(
        minutes_forms.ConfirmCorrectionForm,
        minutes_correction.confirm_correction,
        consequences=(
            "印发更正后的约谈纪要，取新的发文字号，文中写明替代哪一份；原纪要标为“已被替代”，仍可查阅。",
            "被约谈单位即可看到更正后的纪要和更正原因。",
            IRREVERSIBLE,
        ),
        prints=True,
    ),
    Verb.ASSIGN: StepPage(
        StepForm,
        task.assign,
        consequences=("纪要中的每项整改措施成为一项整改任务，内容、责任人、时限照纪要。", IRREVERSIBLE),
    ),
    **REPORT_PAGES,
    Verb.ASK_EXTENSION: StepPage(
        task_forms.AskExtensionForm,
        task_deadlines.ask_extension,
        intro="应在时限届满前申请；逾期后也可申请，但一直标明“逾期申请”。由办公室主任审批，批准之前时限不变。",
        **READING,
    ),
    Verb.DECIDE_EXTENSION: StepPage(
        task_forms.DecideExtensionForm,
        task_deadlines.decide_extension,
        intro="同意的，时限改为申请的日期；首次时限始终保留。",
        **READING,
    ),
    Verb.CHASE: StepPage(ChaseForm, chase.chase, intro="催办记入台账，被约谈方收到消息，并须回复。"),
    Verb.ANSWER_CHASE: StepPage(AnswerChaseForm, chase.answer_chase),
    Verb.PAUSE_TASK: StepPage(
        task_forms.PauseTaskForm,
        task_deadlines.pause_task,
        intro="自今天起不计入时限，到恢复计时之日为止；中止的工作日数恢复后顺延。被约谈方可以随时报送，报送即恢复计时。",
        **READING,
    ),
    Verb.RESUME_TASK: StepPage(
        task_forms.ResumeTaskForm,
        task_deadlines.resume_task,
        intro="自今天起重新计入时限，中止期间的工作日数顺延。",
        **READING,
    ),
    Verb.ISSUE_SUPERVISION_LETTER: StepPage(
        supervision_forms.SupervisionLetterForm,
        supervision_letter.issue_supervision_letter,
        consequences=("印发督办单，取发文字号，列明所选的整改任务；被约谈单位即可看到，须签收、回复。", IRREVERSIBLE),
        prints=True,
    ),
    Verb.ACKNOWLEDGE_SUPERVISION: StepPage(
        supervision_forms.AcknowledgeSupervisionForm,
        supervision_letter.acknowledge_supervision,
        intro="签收即表示已收到督办单，系统记下您的姓名、职务和时间。",
        opening_sections=open_supervision_letters,
    ),
    Verb.ANSWER_SUPERVISION: StepPage(
        supervision_forms.AnswerSupervisionForm,
        supervision_letter.answer_supervision,
        consequences=("回复送约谈方，记入台账。整改任务仍须按要求报送整改报告。", IRREVERSIBLE),
        opening_sections=open_supervision_letters,
    ),
    Verb.BEGIN_INSPECTION: StepPage(inspection_forms.BeginInspectionForm, inspection.begin_inspection),
    Verb.CONCLUDE_INSPECTION: StepPage(
        inspection_forms.ConcludeInspectionForm, inspection.conclude_inspection, **READING
    ),
    Verb.SEND_BACK: StepPage(
        inspection_forms.SendBackForm,
        inspection.send_back,
        consequences=("所选整改任务退回被约谈单位，按新的时限重新报告。", IRREVERSIBLE),
    ),
    Verb.RECORD_SITE_CHECK: StepPage(inspection_forms.SiteCheckForm, site_check.record_site_check, **READING),
    Verb.RECORD_REVISIT: StepPage(inspection_forms.RecordRevisitForm, revisit.record_revisit),
    Verb.REOPEN: StepPage(
        inspection_forms.ReopenForm,
        revisit.reopen,
        consequences=("所选任务重新整改，按新的时限报告；复发次数记入台账。", IRREVERSIBLE),
        danger=True,
    ),
    Verb.RECORD_CONSEQUENCE: StepPage(
        inspection_forms.ConsequenceForm,
        inspection.record_consequence,
        consequences=("记录后可据此办结本事项。", IRREVERSIBLE),
    ),
    Verb.CLOSE: StepPage(
        inspection_forms.CloseForm,
        inspection.close,
        consequences=("本事项办结销号；到期由督查员回头看，问题复发的重新整改。", IRREVERSIBLE),
    ),
}
