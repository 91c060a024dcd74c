"""What is done about reports and what asks for them: the page of each step."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from yuetan.actions.reporting import (
    acceptance,
    chase_many,
    confirmation,
    marks,
    paper_returns,
    release,
    reports,
    schemes,
)
from yuetan.actions.reporting.running_totals import values_before
from yuetan.actions.reporting.scheme_rows import UnitScheme
from yuetan.forms.reporting import report as report_forms
from yuetan.forms.reporting import settling as settling_forms
from yuetan.forms.reporting.chase import ChaseUnitsForm
from yuetan.forms.reporting.scheme import SchemeForm
from yuetan.models import (
    PeriodicReport,
    ReportFile,
    ReportMark,
    ReportPeriod,
    ReportScheme,
    ReportVersion,
)
from yuetan.views.frame.room_step_page import Keywords, RoomStepPage, by_name

FILLED_IN = "{0.filling_words}"
REGISTERED = "已代录，请由另一人收下或者退回。"
MARKED = "已标记{}，并已告知本单位。"
PAPER_NOTE = (
    "各处标明“纸质代录”，该单位看得到、可以核对；代录的人不得再收下、退回这份报表。代录后不能撤销，有误的代录更正。"
)
SCHEME_NOTE = "一期开始时，当天在用的报送单位各有一份应报的报表；保存后不能改，只能以新的版本从以后的一期起修改。"


def _answers_of(report: PeriodicReport) -> Keywords:
    """What its form asks, with what stands before."""
    asked = report.period.version.form_fields
    return {"asked": asked, "newest": report.newest, "before": values_before(report)}


def _paper_answers_of(report: PeriodicReport) -> Keywords:
    return {**_answers_of(report), "unit": report.unit, "since": report.period.first}


def _answers_at_any_time(asked: UnitScheme) -> Keywords:
    """The form of the running period; where none runs, the step says so."""
    period = asked.scheme.running_period()
    version = period.version if period else asked.scheme.newest_version()
    return {"asked": version.form_fields, "at_any_time": True}


def _files_of(made: ReportVersion | ReportMark) -> Iterable[ReportFile]:
    """What came with it."""
    return made.files.all()


def _mark_concealed(asked: UnitScheme, **given: object) -> ReportMark:
    return marks.mark_concealed(asked.scheme, **given)  # type: ignore[arg-type] # what its form hands over


def _register_incident(asked: UnitScheme, **given: object) -> ReportVersion:
    of_unit = {**given, "unit": asked.unit}
    return paper_returns.register_paper_incident(asked.scheme, **of_unit)  # type: ignore[arg-type] # as above


def _report_incident(asked: UnitScheme, **given: object) -> ReportVersion:
    of_unit = {**given, "unit": asked.unit}
    return reports.report_at_any_time(asked.scheme, **of_unit)  # type: ignore[arg-type] # as above


NEW_SCHEME = RoomStepPage[None](
    "create_scheme",
    schemes.CREATING,
    "设立报送事项",
    SCHEME_NOTE,
    "已设立报送事项“{0.title}”，报送单位可以在“信息报送”中看到。",
    SchemeForm,
    schemes.create_scheme,
    button="保存",
)
OF_SCHEME = by_name(
    (
        RoomStepPage[ReportScheme](
            "revise_scheme",
            schemes.REVISING,
            "修改",
            SCHEME_NOTE,
            "已保存第{0.version}版，{0.span_words}施行。",
            SchemeForm,
            schemes.revise_scheme,
            lambda scheme: {"former": scheme.newest_version()},
            button="保存",
        ),
        RoomStepPage(
            "end_scheme",
            release.ENDING,
            "停止报送",
            "停止以后不再开期，也不能恢复；已经逾期未报的仍然算未报，已报的各期照常查看、汇总。",
            "{0.scheme.title}{0}，并已告知报送单位。",
            settling_forms.EndSchemeForm,
            release.end_scheme,
        ),
    )
)
OF_UNIT_SCHEME = by_name(
    (
        RoomStepPage[UnitScheme](
            "register_paper_incident",
            paper_returns.REGISTERING_INCIDENT,
            "代录",
            PAPER_NOTE,
            REGISTERED,
            settling_forms.PaperIncidentForm,
            _register_incident,
            lambda asked: {"scheme": asked.scheme, "unit": asked.unit},
            _files_of,
            link="代录纸质报送",
        ),
        RoomStepPage(
            "mark_concealed",
            marks.MARKING_CONCEALED,
            "标记瞒报",
            "标记以后本单位看得到标记和认定的事实，须补报这一件；标记有误的由办公室主任撤销，不能修改。",
            MARKED,
            settling_forms.ConcealedForm,
            _mark_concealed,
            files_of=_files_of,
            link="标记瞒报（没有报送的）",
        ),
    )
)
AT_ANY_TIME = RoomStepPage[UnitScheme](
    "report_any_time",
    reports.FILLING_AT_ANY_TIME,
    "填报",
    "只填数目和工作情况，不得写入群众个人的信息。",
    FILLED_IN,
    report_forms.ReportForm,
    _report_incident,
    _answers_at_any_time,
    _files_of,
    button="提交",
)
OF_PERIOD = RoomStepPage[ReportPeriod](
    "excuse_reports",
    release.EXCUSING,
    "本期不报",
    "不报的单位不再提醒、催报，不算未报；已经报送的不变。决定以后不能撤销。",
    "已决定 {} 个单位本期不报，并已告知这些单位。",
    settling_forms.ExcuseForm,
    release.excuse_reports,
)
CHASED = RoomStepPage[ReportPeriod](
    "chase_period",
    chase_many.CHASING_MANY,
    "催报未报单位",
    "逐个单位催报它在本事项到期未报的各期，发给主要领导和联络员；一个单位一天催报一次，催报不了的列明原因。",
    "",
    ChaseUnitsForm,
    chase_many.chosen_units,
    lambda period: {"period": period},
    button="催报所选单位",
    is_of_reader=True,
)
FILLED = RoomStepPage[PeriodicReport](
    "fill_report",
    reports.FILLING,
    "填报",
    AT_ANY_TIME.note,
    FILLED_IN,
    report_forms.ReportForm,
    reports.fill_report,
    _answers_of,
    _files_of,
    button="提交",
)
OF_REPORT = by_name(
    (
        RoomStepPage[PeriodicReport](
            "register_paper_report",
            paper_returns.REGISTERING_PAPER,
            "代录纸质报表",
            PAPER_NOTE,
            REGISTERED,
            settling_forms.PaperReportForm,
            paper_returns.register_paper_report,
            _paper_answers_of,
            _files_of,
        ),
        RoomStepPage(
            "mark_report",
            marks.MARKING_REPORTED,
            "标记瞒报、谎报",
            "标记以后本单位看得到标记和认定的事实；标记有误的由办公室主任撤销，不能修改。",
            MARKED,
            report_forms.MarkForm,
            marks.mark_report,
            files_of=_files_of,
            button="标记",
        ),
    )
)
OF_MARK = RoomStepPage[ReportMark](
    "withdraw_report_mark",
    marks.WITHDRAWING,
    "撤销标记",
    "撤销后本单位不再看到，办公室仍看得到标记和撤销原因，不能恢复。",
    "已撤销标记，并已告知本单位。",
    report_forms.WithdrawMarkForm,
    marks.withdraw_report_mark,
    button="撤销",
)
# Pressed on the page of the report itself, by the names of their buttons.
OF_CONFIRMER = by_name(
    (
        RoomStepPage[ReportVersion](
            "confirm",
            confirmation.CONFIRMING,
            "确认报送",
            "确认即为报送，时间以确认时为准。",
            "已确认报送。",
            forms.Form,
            confirmation.confirm_report,
        ),
        RoomStepPage(
            "send_back",
            confirmation.SENDING_BACK,
            "退回修改",
            "",
            "已退回，由填报人修改后重新填报。",
            report_forms.SendBackReportForm,
            confirmation.send_back_report,
        ),
    )
)
OF_ACCEPTOR = by_name(
    (
        RoomStepPage[ReportVersion](
            "accept",
            acceptance.ACCEPTING,
            "收下",
            "收下的数字计入汇总。",
            "已收下，数字计入汇总。",
            forms.Form,
            acceptance.accept_report,
        ),
        RoomStepPage(
            "return",
            acceptance.RETURNING,
            "退回",
            "",
            "已退回，并已告知本单位。",
            report_forms.ReturnReportForm,
            acceptance.return_report,
        ),
    )
)
