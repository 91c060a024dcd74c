"""印发约谈工作统计表: the paper as it would be, then the number; once issued, it is a paper like any other."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yuetan.actions.papers.statistics_sheet import ISSUING, digest_of, issue_statistics, newest_sheet
from yuetan.actions.step import dry_run
from yuetan.documents.content.statistics_sheet import CountedTable
from yuetan.documents.pdf import render_pdf
from yuetan.documents.watermark import watermark
from yuetan.errors import Refused
from yuetan.forms.papers.statistics_sheet import StatisticsSheetForm
from yuetan.ledgers.statistics import Statistics, counted
from yuetan.rules.dates.periods import Period
from yuetan.views.case.page_context import paper_fragment
from yuetan.views.files.files import pdf_answer
from yuetan.views.frame.pagination import show_refusal
from yuetan.views.frame.period_bar import query_of
from yuetan.views.frame.request import Request
from yuetan.views.home.statistics import asked_period
from yuetan.vocabulary.naming import in_names

CONSEQUENCES = (
    "取下一个文号，数字就此固定，不再变动；进入文书和文号簿，可以查验。",
    in_names("通知{the_group}各位领导查阅；须回避某一单位的人员看不到这份统计表。"),
)
REPLACES = "原统计表保留，标明已被替代。"


@require_http_methods(["GET", "HEAD", "POST"])
def statistics_sheet(request: Request) -> HttpResponse:
    """The draft of a quarter or a year to look at, and its issue; raises NotYours for who may not issue it."""
    period = asked_period(request.GET)
    ISSUING.require(period, request.user)
    former, posted = newest_sheet(period), request.method == "POST"
    form = StatisticsSheetForm(request.POST if posted else None, is_first=former is None)
    if "edit" in request.POST and former is None:
        return redirect(f"{reverse('statistics')}{query_of(period)}")
    if "edit" in request.POST or (former is not None and not posted) or (posted and not form.is_valid()):
        return _form_or_refusal(request, period, form, former=former)
    try:
        if "confirmed" in request.POST:
            document = issue_statistics(
                by=request.user, period=period, count=lambda: _counted_tables(request, period), **form.cleaned_data
            )
            messages.success(request, f"{document.title}已印发，文号为{document.number}。")
            return redirect("document", pk=document.pk)
        return _draft_sheet(request, period, form)
    except Refused as refused:
        if posted and former is not None:
            show_refusal(form, refused)
        return _form_or_refusal(request, period, form, former=former, reasons=() if form.errors else refused.reasons)


def _counted_tables(request: Request, period: Period) -> list[CountedTable]:
    return [counted(table) for table in Statistics(request.user, period).tables()]


def _draft_sheet(request: Request, period: Period, form: StatisticsSheetForm) -> HttpResponse:
    """The paper as it would be printed now; nothing is issued."""
    tables = _counted_tables(request, period)
    reason = form.cleaned_data.get("reason", "") if form.is_bound else ""
    with dry_run():
        document = issue_statistics(by=request.user, period=period, count=lambda: tables, reason=reason)
    if "sample" in request.POST:
        return pdf_answer(render_pdf(watermark(document.html, request.user)), "样稿.pdf")
    is_first = "reason" not in form.fields
    seen = StatisticsSheetForm({"reason": reason, "seen": digest_of(tables)}, is_first=is_first)
    context = {
        "period": period,
        "form": None,
        "reasons": (),
        "hidden_fields": seen,
        "preview": paper_fragment(document.html),
        "consequences": CONSEQUENCES if is_first else (*CONSEQUENCES, REPLACES),
    }
    return render(request, "statistics/sheet.html", context)


def _form_or_refusal(request: Request, period: Period, form: StatisticsSheetForm, **facts: object) -> HttpResponse:
    """Why it is issued anew, or why it cannot be issued."""
    context = {"period": period, "form": form, "reasons": (), "preview": "", **facts}
    failed = bool(form.errors or facts.get("reasons"))
    return render(request, "statistics/sheet.html", context, status=422 if failed and request.POST else 200)
