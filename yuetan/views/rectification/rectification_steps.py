"""The pages of the steps from the assigned tasks to the closing of the case and what comes back after it."""

from __future__ import annotations

from yuetan.actions.rectification import (
    chase,
    consequence,
    inspection,
    revisit,
    rework,
    site_check,
    supervision_letter,
    task,
    task_deadlines,
    team,
)
from yuetan.forms.frame.step import StepForm
from yuetan.forms.rectification import consequence as consequence_forms
from yuetan.forms.rectification import inspection as inspection_forms
from yuetan.forms.rectification import paper_filing as paper_forms
from yuetan.forms.rectification import rework as rework_forms
from yuetan.forms.rectification import supervision_letter as supervision_forms
from yuetan.forms.rectification import task as task_forms
from yuetan.forms.rectification import team as team_forms
from yuetan.forms.rectification.chase import AnswerChaseForm, ChaseForm
from yuetan.views.case.available_steps import other_steps
from yuetan.views.case.case_sections import SectionKey, sections
from yuetan.views.case.step_config import FROM_PAPER, IRREVERSIBLE, StepPage
from yuetan.views.case.supervision_sections import open_supervision_letters
from yuetan.views.rectification.report_steps import READING, REPORT_PAGES, TASKS
from yuetan.vocabulary import Verb
from yuetan.vocabulary.naming import in_names

REWORK = {"before_form": sections(SectionKey.INSPECTION, SectionKey.REWORK)}
DECIDING_REWORK = {**REWORK, "other_steps": other_steps(Verb.REFUSE_REWORK)}

RECTIFICATION_PAGES: dict[str, StepPage] = {
    Verb.ASSIGN: StepPage(
        StepForm,
        task.assign,
        consequences=("纪要中的每项整改措施成为一项整改任务，内容、责任人、时限照纪要。", IRREVERSIBLE),
        parts={"before_form": sections(SectionKey.INTERVIEW)},
    ),
    Verb.ASK_EXTENSION: StepPage(
        task_forms.AskExtensionForm,
        task_deadlines.ask_extension,
        intro="应在时限届满前申请；逾期后也可申请，但一直标明“逾期申请”。由办公室主任审批，批准之前时限不变。",
        template=READING,
        parts=TASKS,
    ),
    Verb.REGISTER_EXTENSION: StepPage(
        paper_forms.RegisterExtensionForm,
        task_deadlines.register_extension,
        intro=f"该单位交来纸质延期申请的，由办公室代录，办公室主任审批；批准之前时限不变。{FROM_PAPER}",
        template=READING,
        parts=TASKS,
    ),
    Verb.DECIDE_EXTENSION: StepPage(
        task_forms.DecideExtensionForm,
        task_deadlines.decide_extension,
        intro="同意的，时限改为申请的日期；首次时限始终保留。",
        template=READING,
        parts=TASKS,
    ),
    Verb.CHASE: StepPage(ChaseForm, chase.chase, intro="催办记入台账，该单位收到消息，并须回复。"),
    Verb.ANSWER_CHASE: StepPage(AnswerChaseForm, chase.answer_chase),
    Verb.PAUSE_TASK: StepPage(
        task_forms.PauseTaskForm,
        task_deadlines.pause_task,
        intro="自今天起不计入时限，到计划的日期自动恢复，也可以提前恢复；中止的工作日数恢复后顺延。该单位收到消息，看得到由谁提出、到哪天；可以随时报送，报送即恢复计时。",
        template=READING,
        parts=TASKS,
    ),
    Verb.RESUME_TASK: StepPage(
        task_forms.ResumeTaskForm,
        task_deadlines.resume_task,
        intro="自今天起重新计入时限，中止期间的工作日数顺延。",
        template=READING,
        parts=TASKS,
    ),
    Verb.ISSUE_SUPERVISION_LETTER: StepPage(
        supervision_forms.SupervisionLetterForm,
        supervision_letter.issue_supervision_letter,
        consequences=("印发督办单，取发文字号，列明所选的整改任务；该单位即可看到，须签收、回复。", IRREVERSIBLE),
        prints=True,
    ),
    Verb.ACKNOWLEDGE_SUPERVISION: StepPage(
        supervision_forms.AcknowledgeSupervisionForm,
        supervision_letter.acknowledge_supervision,
        consequences=(
            in_names("签收即表示已收到督办单，系统记下您的姓名、职务和时间，{the_office}看得到。"),
            IRREVERSIBLE,
        ),
        parts={"form_sidebar": open_supervision_letters},
    ),
    Verb.ANSWER_SUPERVISION: StepPage(
        supervision_forms.AnswerSupervisionForm,
        supervision_letter.answer_supervision,
        consequences=(in_names("回复送{the_office}，记入台账。整改任务仍须按要求报送整改报告。"), IRREVERSIBLE),
        parts={"form_sidebar": open_supervision_letters},
    ),
    Verb.REGISTER_CHASE_ANSWER: StepPage(
        paper_forms.RegisterChaseAnswerForm,
        chase.register_chase_answer,
        intro=f"该单位以纸质材料回复催办的，由办公室照原文代录。{FROM_PAPER}",
    ),
    Verb.REGISTER_SUPERVISION_RECEIPT: StepPage(
        paper_forms.RegisterSupervisionReceiptForm,
        supervision_letter.register_supervision_receipt,
        intro="该单位在督办单的纸质回执上签收的，由办公室登记；单位自己在系统里签收的，不用登记。",
        consequences=("督办单即为已签收，签收人、日期和回执扫描件该单位看得到；登记有误的，在督办单的页面更正。",),
        parts={"form_sidebar": open_supervision_letters},
    ),
    Verb.REGISTER_SUPERVISION_ANSWER: StepPage(
        paper_forms.RegisterSupervisionAnswerForm,
        supervision_letter.register_supervision_answer,
        intro=f"该单位以纸质材料回复督办单的，由办公室照原文代录；是否逾期以收到时间为准。{FROM_PAPER}",
        parts={"form_sidebar": open_supervision_letters},
    ),
    Verb.BEGIN_INSPECTION: StepPage(
        inspection_forms.BeginInspectionForm,
        inspection.begin_inspection,
        consequences=("事项进入督查，被约谈方收到消息；此后不再受理整改报告，退回整改的除外。", IRREVERSIBLE),
    ),
    Verb.CONCLUDE_INSPECTION: StepPage(
        inspection_forms.ConcludeInspectionForm,
        inspection.conclude_inspection,
        consequences=(
            "督查结论从此不能改动，只能再记录一次督查；参加人员逐一签认或者有全体签字的扫描件后，结论才作数。",
            "结论报办公室主任，据以办结销号或者提请退回整改。",
            IRREVERSIBLE,
        ),
        template=READING,
        parts=TASKS,
    ),
    Verb.REQUEST_SEND_BACK: StepPage(
        rework_forms.RequestSendBackForm,
        rework.request_send_back,
        consequences=("报办公室主任决定；主任照准以前，任务和时限都不变。", IRREVERSIBLE),
        parts=REWORK,
    ),
    Verb.SEND_BACK: StepPage(
        rework_forms.DecideReworkForm,
        rework.send_back,
        intro="照准督查员提请的任务和新时限。不照准的，请办理“不同意重新整改”。",
        consequences=("提请的整改任务退回被约谈单位，按新的时限重新报告。", IRREVERSIBLE),
        parts=DECIDING_REWORK,
    ),
    Verb.REFUSE_REWORK: StepPage(
        rework_forms.RefuseReworkForm,
        rework.refuse_rework,
        consequences=("本次提请不予照准，任务和时限不变；督查员可以重新提请。", IRREVERSIBLE),
        parts=REWORK,
    ),
    Verb.RECORD_SITE_CHECK: StepPage(
        inspection_forms.SiteCheckForm, site_check.record_site_check, template=READING, parts=TASKS
    ),
    Verb.RECORD_REVISIT: StepPage(
        inspection_forms.RecordRevisitForm,
        revisit.record_revisit,
        consequences=(
            "本次回头看就此完成，结果不能改动；问题复发的，由督查员“提请重启整改”，办公室主任决定。",
            IRREVERSIBLE,
        ),
    ),
    Verb.REQUEST_REOPENING: StepPage(
        rework_forms.RequestReopeningForm,
        rework.request_reopening,
        consequences=("报办公室主任决定；主任照准以前，事项仍为已办结。", IRREVERSIBLE),
        parts=REWORK,
    ),
    Verb.REOPEN: StepPage(
        rework_forms.DecideReworkForm,
        rework.reopen,
        intro="照准督查员提请的任务和新时限。不照准的，请办理“不同意重新整改”。",
        consequences=("提请的任务重新整改，按新的时限报告；复发次数记入台账。", IRREVERSIBLE),
        danger=True,
        parts=DECIDING_REWORK,
    ),
    Verb.SIGN_INSPECTION: StepPage(
        team_forms.SignInspectionForm,
        team.sign_inspection,
        intro="看过记录，情况属实的，由参加人员本人签认。不能登录的（如成员单位人员），上传全体签字的记录扫描件。",
        consequences=("记下签认；上传签字记录的，即为全体签认。", IRREVERSIBLE),
        parts={"before_form": sections(SectionKey.INSPECTION)},
    ),
    Verb.RECORD_CONSEQUENCE: StepPage(
        consequence_forms.ConsequenceForm,
        consequence.record_consequence,
        intro="登记有关机关已经作出的决定，须附决定文书，由另一人核对；问责处理不代替督查结论，不能据此办结。",
        consequences=("记下问责处理，请另一人对照决定文书核对；核对无误后被约谈方看得到。", IRREVERSIBLE),
        parts={"before_form": sections(SectionKey.CONSEQUENCES)},
    ),
    Verb.CONFIRM_CONSEQUENCE: StepPage(
        consequence_forms.ConfirmConsequenceForm,
        consequence.confirm_consequence,
        intro="打开决定文书，逐项对照登记的内容。登记人本人不能核对。",
        consequences=("核对无误的即作数，被约谈方看得到；不符的标明不作数，原登记保留。", IRREVERSIBLE),
        parts={"before_form": sections(SectionKey.CONSEQUENCES)},
    ),
    Verb.CLOSE: StepPage(
        inspection_forms.CloseForm,
        inspection.close,
        consequences=("本事项办结销号；到期由督查员回头看，问题复发的重新整改。", IRREVERSIBLE),
        parts={"before_form": sections(SectionKey.INSPECTION, SectionKey.CONSEQUENCES)},
    ),
    **REPORT_PAGES,
}
