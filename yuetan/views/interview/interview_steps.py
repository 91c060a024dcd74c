"""The pages of the steps from the notice to the minutes and their correction."""

from __future__ import annotations

from yuetan.actions.interview import absence, interview, leave, minutes, notice, submission
from yuetan.actions.rectification import minutes_correction
from yuetan.forms.interview import leave as leave_forms
from yuetan.forms.interview import minutes as minutes_forms
from yuetan.forms.interview import notice as notice_forms
from yuetan.forms.interview import paper_filing as paper_forms
from yuetan.forms.interview.absence import AbsenceForm
from yuetan.forms.interview.interview import InterviewForm
from yuetan.forms.interview.submission import HandInSubmissionForm, SubmissionForm
from yuetan.views.case import notice_sections
from yuetan.views.case.available_steps import other_steps
from yuetan.views.case.case_sections import SectionKey, sections
from yuetan.views.case.page_parts import Parts
from yuetan.views.case.step_config import FROM_PAPER, IRREVERSIBLE, StepPage
from yuetan.views.interview.interview_record import SIDE_PARTS
from yuetan.views.interview.minutes_page import AS_PRINTED, UNDER_REVISION, text_to_correct
from yuetan.vocabulary import Verb
from yuetan.vocabulary.naming import in_names

PAPER = "cases/paper_step.html"
CORRECTION: Parts = {"before_form": sections(SectionKey.CORRECTION, SectionKey.MINUTES)}
NOTICE_AND_LEAVES = sections(SectionKey.NOTICE, SectionKey.LEAVES)

INTERVIEW_PAGES: dict[str, StepPage] = {
    Verb.SERVE_NOTICE: StepPage(
        notice_forms.NoticeForm,
        notice.serve_notice,
        consequences=(
            "印发约谈通知书，取发文字号，文字从此不能改动。",
            "被约谈单位主要领导和联络员即可看到本事项（不含建议、依据和内部意见），并可签收。",
            IRREVERSIBLE,
        ),
        prints=True,
        parts={"before_form": notice_sections.as_approved, "form_sidebar": notice_sections.before_a_notice},
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
        parts={"before_form": notice_sections.as_approved, "form_sidebar": notice_sections.before_a_notice},
    ),
    Verb.ACKNOWLEDGE_RECEIPT: StepPage(
        notice_forms.SignNoticeForm,
        notice.acknowledge_receipt,
        consequences=(
            in_names("签收即表示已收到通知书，系统记下您的姓名、职务和时间，{the_office}看得到。"),
            IRREVERSIBLE,
        ),
        parts={"before_form": sections(SectionKey.NOTICE)},
    ),
    Verb.REGISTER_RECEIPT: StepPage(
        notice_forms.RegisterReceiptForm,
        notice.register_receipt,
        intro="被约谈单位在纸质回执上签收的，由办公室登记；单位自己在系统里签收的，不用登记。",
        consequences=("通知书即为已签收，签收人、日期和回执扫描件被约谈方看得到；登记有误的，在通知书的页面更正。",),
        parts={"before_form": sections(SectionKey.RECEIPT)},
    ),
    Verb.PREPARE_SUBMISSION: StepPage(
        SubmissionForm,
        submission.prepare_submission,
        intro="可随时保存，保存的草稿只有本单位看得到；由主要领导提交后，约谈方才看得到。",
        draft=True,
        parts={"form_sidebar": notice_sections.before_written_material},
    ),
    Verb.HAND_IN_SUBMISSION: StepPage(
        HandInSubmissionForm,
        submission.hand_in_submission,
        consequences=(
            "书面材料提交约谈方，记下您的姓名、职务和时间；过了期限的，标明“逾期提交”或者“约谈后补交”。",
            "约谈前可再次填写、提交，各次版本都保留；约谈后不能再更换。",
        ),
        parts={
            "before_form": sections(SectionKey.SUBMISSION),
            "form_sidebar": notice_sections.before_written_material,
        },
    ),
    Verb.ASK_LEAVE: StepPage(
        leave_forms.AskLeaveForm,
        leave.ask_leave,
        intro="请假由约谈人审批。未获准的，须本人按时到会；不得委托他人代为接受约谈。",
        parts={"before_form": NOTICE_AND_LEAVES},
    ),
    Verb.REGISTER_SUBMISSION: StepPage(
        paper_forms.RegisterSubmissionForm,
        submission.register_submission,
        intro=f"被约谈单位交来纸质书面材料的，由办公室代录为新的一稿。{FROM_PAPER}",
        parts={"before_form": sections(SectionKey.SUBMISSION)},
    ),
    Verb.REGISTER_LEAVE: StepPage(
        paper_forms.RegisterLeaveForm,
        leave.register_leave,
        intro=f"约谈对象以纸质材料请假的，由办公室代录，约谈人审批。{FROM_PAPER}",
        parts={"before_form": NOTICE_AND_LEAVES},
    ),
    Verb.REGISTER_MINUTES_ANSWER: StepPage(
        paper_forms.RegisterMinutesAnswerForm,
        minutes.register_minutes_answer,
        intro=f"被约谈方以纸质材料反馈意见的，由办公室代录；异议照原文录入，随纪要一并印发。{FROM_PAPER}",
        template=PAPER,
        parts=AS_PRINTED,
    ),
    Verb.DECIDE_LEAVE: StepPage(
        leave_forms.DecideLeaveForm,
        leave.decide_leave,
        intro="准假的，由承办人改期；有几位约谈对象而其他人照常到会的，约谈可以照常进行。",
        consequences=("准假与否和您的意见，被约谈方即可看到；本次请假不能再审批。", IRREVERSIBLE),
        parts={"before_form": NOTICE_AND_LEAVES},
    ),
    Verb.RECORD_ABSENCE: StepPage(
        AbsenceForm,
        absence.record_absence,
        intro="约谈对象均未到会、又没有获准请假的，在此记录，不能记为已约谈；有人到会的，请办理“记录约谈”。",
        consequences=(
            in_names("缺席情况报{the_leaders}、办公室主任，列入统计。"),
            "随后由承办人改期；也可以由督查员起草提醒函。",
            IRREVERSIBLE,
        ),
        parts={"before_form": NOTICE_AND_LEAVES},
    ),
    Verb.HOLD_INTERVIEW: StepPage(
        InterviewForm,
        interview.hold_interview,
        consequences=(
            "约谈记录定稿，并据此生成约谈纪要初稿；纪要的文字、整改措施和时限，印发前还可以修改，各稿都保留。",
            IRREVERSIBLE,
        ),
        template="cases/interview_record.html",
        parts=SIDE_PARTS,
    ),
    Verb.REVISE_MINUTES: StepPage(
        minutes_forms.MinutesForm,
        minutes.revise_minutes,
        intro="到会情况、文字、整改措施和时限都可以修改，修改前的一稿照样保留。修改后，约谈人须重新确认，并重新送被约谈方确认。",
        template="cases/revise_minutes.html",
        parts=UNDER_REVISION,
    ),
    Verb.CONFIRM_MINUTES: StepPage(
        minutes_forms.SeenForm,
        minutes.confirm_minutes,
        intro="确认后，由承办人送被约谈方确认；文字再有改动的，须由您重新确认。",
        template=PAPER,
        parts={**AS_PRINTED, "other_steps": other_steps(Verb.RETURN_MINUTES)},
    ),
    Verb.RETURN_MINUTES: StepPage(
        minutes_forms.ReturnMinutesForm,
        minutes.return_minutes,
        intro="退回后由办公室修改，改好再请您确认。",
        template=PAPER,
        parts=AS_PRINTED,
    ),
    Verb.SEND_MINUTES: StepPage(
        minutes_forms.SeenForm,
        minutes.send_minutes,
        template=PAPER,
        parts=AS_PRINTED,
        consequences=(
            "被约谈方即可看到纪要文本（不含内部意见），由其主要领导反馈意见；逾期未反馈的，可以印发。",
            "文字再有修改的，须由约谈人重新确认、重新送出。",
            IRREVERSIBLE,
        ),
    ),
    Verb.ANSWER_MINUTES: StepPage(
        minutes_forms.MinutesAnswerForm,
        minutes.answer_minutes,
        consequences=("意见送约谈方；有异议的，异议内容随纪要一并印发。", IRREVERSIBLE),
        template=PAPER,
        parts=AS_PRINTED,
    ),
    Verb.ISSUE_MINUTES: StepPage(
        minutes_forms.IssueMinutesForm,
        minutes.issue_minutes,
        consequences=("印发约谈纪要，取发文字号，文字从此不能改动。", "被约谈单位即可看到约谈纪要。", IRREVERSIBLE),
        prints=True,
        parts={"before_form": sections(SectionKey.MINUTES, SectionKey.INTERVIEW)},
    ),
    Verb.CORRECT_MINUTES: StepPage(
        minutes_forms.CorrectionForm,
        minutes_correction.correct_minutes,
        intro="保存后请约谈人确认，约谈人确认后印发更正后的纪要，取新的文号，原纪要标为“已被替代”；更正的措施和时限同时改到整改任务上。",
        parts={"before_form": text_to_correct},
    ),
    Verb.CONFIRM_CORRECTION: StepPage(
        minutes_forms.ConfirmCorrectionForm,
        minutes_correction.confirm_correction,
        consequences=(
            "印发更正后的约谈纪要，取新的发文字号，文中写明替代哪一份；原纪要标为“已被替代”，仍可查阅。",
            "被约谈单位即可看到更正后的纪要和更正原因。",
            "更正了整改措施或者时限的，整改任务同时改动；更正前的文字保留，可以对比。",
            IRREVERSIBLE,
        ),
        prints=True,
        parts={**CORRECTION, "other_steps": other_steps(Verb.DROP_CORRECTION)},
    ),
    Verb.DROP_CORRECTION: StepPage(
        minutes_forms.DropCorrectionForm,
        minutes_correction.drop_correction,
        consequences=(
            "更正稿不再待确认，已印发的纪要和整改任务不变；仍要更正的，由办公室主任重新拟定。",
            IRREVERSIBLE,
        ),
        parts=CORRECTION,
    ),
}
