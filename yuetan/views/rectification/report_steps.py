"""The pages on which tasks are reported on and reviewed, each with the accounts it is about."""

from __future__ import annotations

from yuetan.actions.rectification import paper_reports, report, task
from yuetan.forms.rectification import paper_filing as paper_forms
from yuetan.forms.rectification import report as report_forms
from yuetan.forms.rectification import task as task_forms
from yuetan.views.case import task_details
from yuetan.views.case.available_steps import other_steps
from yuetan.views.case.page_parts import Parts
from yuetan.views.case.step_config import FROM_PAPER, IRREVERSIBLE, StepPage
from yuetan.vocabulary import Verb
from yuetan.vocabulary.naming import in_names

WRITING, READING = "tasks/report.html", "tasks/review.html"
TASKS: Parts = {"accounts": task_details.accounts}  # for both

REPORT_PAGES: dict[str, StepPage] = {
    Verb.PREPARE_REPORT: StepPage(
        report_forms.PrepareReportForm,
        report.prepare_report,
        intro="逐项填写，填几项都可以，随时保存；保存的草稿只有本单位看得到，由主要领导报送。",
        template=WRITING,
        parts={**TASKS, "other_steps": other_steps(Verb.HAND_IN_REPORT)},
        draft=True,
    ),
    Verb.HAND_IN_REPORT: StepPage(
        report_forms.HandInReportForm,
        report.hand_in_report,
        consequences=(in_names("所选各项的整改报告报送{the_office}，等待督查员核查。"), IRREVERSIBLE),
        template=READING,
        parts=TASKS,
    ),
    Verb.PREPARE_PROGRESS: StepPage(
        report_forms.PrepareProgressForm,
        report.prepare_progress,
        intro="写明各项任务做到哪一步；纪要约定了报告节奏的，按期报送，其他的随时可报。任务已经完成的，请改填整改报告。",
        template=WRITING,
        parts={**TASKS, "other_steps": other_steps(Verb.HAND_IN_PROGRESS)},
        draft=True,
    ),
    Verb.HAND_IN_PROGRESS: StepPage(
        report_forms.HandInProgressForm,
        report.hand_in_progress,
        consequences=(
            in_names("所选各项的进展报告报送{the_office}；任务仍待完成，到期另行报送整改报告。"),
            IRREVERSIBLE,
        ),
        template=READING,
        parts=TASKS,
    ),
    Verb.REGISTER_REPORT: StepPage(
        paper_forms.RegisterReportForm,
        paper_reports.register_report,
        intro=f"该单位交来纸质整改报告的，照纸质报告逐项录入，没有写到的任务留空。{FROM_PAPER}",
        template=WRITING,
        parts=TASKS,
    ),
    Verb.REGISTER_PROGRESS: StepPage(
        paper_forms.RegisterProgressForm,
        paper_reports.register_progress,
        intro=f"该单位交来纸质进展报告的，照纸质报告逐项录入，没有写到的任务留空。{FROM_PAPER}",
        template=WRITING,
        parts=TASKS,
    ),
    Verb.NOTE_PROGRESS: StepPage(report_forms.NoteProgressForm, report.note_progress, template=READING, parts=TASKS),
    Verb.ACCEPT_TASK: StepPage(
        task_forms.AcceptTaskForm,
        task.accept_task,
        consequences=("该项整改任务销号。", IRREVERSIBLE),
        template=READING,
        parts={**TASKS, "other_steps": other_steps(Verb.RETURN_TASK)},
        next_task=Verb.ACCEPT_TASK,
    ),
    Verb.RETURN_TASK: StepPage(
        task_forms.ReturnTaskForm, task.return_task, template=READING, parts=TASKS, next_task=Verb.ACCEPT_TASK
    ),
}
