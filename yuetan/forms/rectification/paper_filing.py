"""Forms of 纸质代录 under rectification: reports, progress reports, requests for a later date."""

from __future__ import annotations

from django.forms import BoundField

from yuetan.forms.frame.paper_filing import PAPER_FIELDS, PaperFilingForm
from yuetan.forms.frame.paper_receipt import PaperReceiptForm
from yuetan.forms.rectification.chase import AnswerChaseForm
from yuetan.forms.rectification.report import PrepareReportForm, ReportsField, ReportsWidget
from yuetan.forms.rectification.supervision_letter import AcknowledgeSupervisionForm, AnswerSupervisionForm
from yuetan.forms.rectification.task import AskExtensionForm
from yuetan.models import Task, TaskReport
from yuetan.vocabulary import ReportKind


class PaperReportsWidget(ReportsWidget):
    """A section for every task that waits, empty: what the unit has drafted in the system is its own."""

    def _known(self, task: Task) -> TaskReport | None:
        return None


class PaperReportsField(ReportsField):
    """What the paper says, task by task, as `actions.rectification.paper_reports` takes it."""

    widget_class = PaperReportsWidget


class RegisterReportForm(PrepareReportForm, PaperFilingForm):
    """代录整改报告."""

    reports = PaperReportsField(label="逐项录入")

    @property
    def fields_before_sections(self) -> list[BoundField]:
        """What is asked of the paper itself."""
        return [self[name] for name in PAPER_FIELDS]


class RegisterProgressForm(RegisterReportForm):
    """代录进展报告."""

    kind = ReportKind.PROGRESS


class RegisterExtensionForm(AskExtensionForm, PaperFilingForm):
    """代录延期申请."""


class RegisterChaseAnswerForm(AnswerChaseForm, PaperFilingForm):
    """代录催办回复."""


class RegisterSupervisionAnswerForm(AnswerSupervisionForm, PaperFilingForm):
    """代录督办单回复."""


class RegisterSupervisionReceiptForm(AcknowledgeSupervisionForm, PaperReceiptForm):
    """登记督办单纸质回执."""
