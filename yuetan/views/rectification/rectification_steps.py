"""The pages of the steps from the assigned tasks to the closing of the case and what comes back after it."""

from __future__ import annotations

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
from yuetan.forms.rectification import inspection as inspection_forms
from yuetan.forms.rectification import supervision_letter as supervision_forms
from yuetan.forms.rectification import task as task_forms
from yuetan.forms.rectification.chase import AnswerChaseForm, ChaseForm
from yuetan.views.case.case_sections import SectionKey, sections
from yuetan.views.case.step_config import IRREVERSIBLE, StepPage
from yuetan.views.case.supervision_sections import open_supervision_letters
from yuetan.views.rectification.report_steps import READING, REPORT_PAGES, TASKS
from yuetan.vocabulary import Verb

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
    Verb.DECIDE_EXTENSION: StepPage(
        task_forms.DecideExtensionForm,
        task_deadlines.decide_extension,
        intro="同意的，时限改为申请的日期；首次时限始终保留。",
        template=READING,
        parts=TASKS,
    ),
    Verb.CHASE: StepPage(ChaseForm, chase.chase, intro="催办记入台账，被约谈方收到消息，并须回复。"),
    Verb.ANSWER_CHASE: StepPage(AnswerChaseForm, chase.answer_chase),
    Verb.PAUSE_TASK: StepPage(
        task_forms.PauseTaskForm,
        task_deadlines.pause_task,
        intro="自今天起不计入时限，到恢复计时之日为止；中止的工作日数恢复后顺延。被约谈方可以随时报送，报送即恢复计时。",
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
        consequences=("印发督办单，取发文字号，列明所选的整改任务；被约谈单位即可看到，须签收、回复。", IRREVERSIBLE),
        prints=True,
    ),
    Verb.ACKNOWLEDGE_SUPERVISION: StepPage(
        supervision_forms.AcknowledgeSupervisionForm,
        supervision_letter.acknowledge_supervision,
        intro="签收即表示已收到督办单，系统记下您的姓名、职务和时间。",
        parts={"form_sidebar": open_supervision_letters},
    ),
    Verb.ANSWER_SUPERVISION: StepPage(
        supervision_forms.AnswerSupervisionForm,
        supervision_letter.answer_supervision,
        consequences=("回复送约谈方，记入台账。整改任务仍须按要求报送整改报告。", IRREVERSIBLE),
        parts={"form_sidebar": open_supervision_letters},
    ),
    Verb.BEGIN_INSPECTION: StepPage(inspection_forms.BeginInspectionForm, inspection.begin_inspection),
    Verb.CONCLUDE_INSPECTION: StepPage(
        inspection_forms.ConcludeInspectionForm, inspection.conclude_inspection, template=READING, parts=TASKS
    ),
    Verb.SEND_BACK: StepPage(
        inspection_forms.SendBackForm,
        inspection.send_back,
        consequences=("所选整改任务退回被约谈单位，按新的时限重新报告。", IRREVERSIBLE),
    ),
    Verb.RECORD_SITE_CHECK: StepPage(
        inspection_forms.SiteCheckForm, site_check.record_site_check, template=READING, parts=TASKS
    ),
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
        parts={"before_form": sections(SectionKey.INSPECTION, SectionKey.CONSEQUENCES)},
    ),
    **REPORT_PAGES,
}
