"""统计: the figures of a year, a quarter or a month, on a page that prints as a sheet, and as an Excel file."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from yuetan.actions.files import prepared_file as actions
from yuetan.actions.papers.statistics_sheet import newest_sheet
from yuetan.forms.frame.options import FormData
from yuetan.ledgers.statistics import Statistics
from yuetan.ledgers.statistics_file import make_statistics_file
from yuetan.models import Document, User
from yuetan.models.papers.statistics_sheet import issues_statistics
from yuetan.rules.dates import clock
from yuetan.rules.dates.periods import Period, PeriodKind
from yuetan.rules.files.file_kind import FileKind
from yuetan.views.files.files import file_answer
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.period_bar import period_bar, period_of_address
from yuetan.views.frame.request import Request
from yuetan.views.home.charts import chart_of
from yuetan.vocabulary import PreparedKind

KINDS = (PeriodKind.YEAR, PeriodKind.QUARTER, PeriodKind.MONTH)  # of which the counters say how often what happened


@require_safe
def statistics_page(request: Request) -> HttpResponse:
    """One period, this year where an address asks for none, each table with its chart.

    Raises NotYours for the interviewed side.
    """
    require_permission(request, "see_inner_case")
    period = asked_period(request.GET)
    tables = Statistics(request.user, period).tables()
    today = clock.today()
    context = {
        "period": period,
        "bar": period_bar(period, KINDS),
        "tables": [(table, chart_of(table)) for table in tables],
        "query": period.query,
        "running": period.first <= today <= period.last,
        "now": clock.now(),
        **_sheet(request.user, period),
    }
    return render(request, "statistics/statistics.html", context)


@require_POST
def statistics_file(request: Request) -> HttpResponseBase:
    """A period's statistics as an Excel file among the person's files; raises NotYours for the other side."""
    require_permission(request, "see_inner_case")
    period = asked_period(request.GET)
    made = actions.make_file(
        by=request.user,
        kind=PreparedKind.STATISTICS,
        title=f"{period.label}约谈工作统计",
        arguments={"kind": period.kind.value, "year": period.year, "number": period.number},
        build=make_statistics_file,
    )
    return file_answer(made.file, made.file_name, FileKind.XLSX.content_type)


def _sheet(user: User, period: Period) -> dict[str, object]:
    """The paper in force with these figures, for who may read it, and whether the person may issue one."""
    if period.kind == PeriodKind.MONTH:
        return {}
    issued = newest_sheet(period) if Document.objects.shows_all_to(user) else None
    return {"issued": issued, "may_issue": issues_statistics(user) and period.first <= clock.today()}


def asked_period(asked: FormData) -> Period:
    """The year, quarter or month that an address asks for, this year where it asks for none."""
    return period_of_address(asked, KINDS)
