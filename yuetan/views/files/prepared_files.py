"""导出与打包: files that are made in the background, how far they are, and fetching them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from yuetan.actions.files import prepared_file as actions
from yuetan.actions.papers.batch import record_papers_printed
from yuetan.actions.record.case_file import record_case_file_fetched
from yuetan.errors import NotYours, StoredFileMissing
from yuetan.ledgers.export import LEDGERS, make_ledger_file
from yuetan.ledgers.ledger import Ledger
from yuetan.models import PreparedFile
from yuetan.rules.dates import clock
from yuetan.rules.files.file_kind import FileKind
from yuetan.views.files.case_files import OF_CASES, page_of_subject
from yuetan.views.files.files import file_answer
from yuetan.views.frame.pagination import MAX_COUNTED, capped_count, paginate
from yuetan.views.frame.request import Request
from yuetan.vocabulary import PreparedKind

CONTENT_TYPES = {
    PreparedKind.LEDGER: FileKind.XLSX.content_type,
    PreparedKind.STATISTICS: FileKind.XLSX.content_type,
    PreparedKind.MERGED: FileKind.PDF.content_type,
    PreparedKind.ARCHIVE: "application/zip",
    PreparedKind.CASE_FILE: "application/zip",
    PreparedKind.BOUND_CASE_FILE: FileKind.PDF.content_type,
}
OF_PAPERS = (PreparedKind.MERGED, PreparedKind.ARCHIVE)
COUNTED = {PreparedKind.LEDGER: "条", **dict.fromkeys(OF_CASES, "件")}
LOGGED = {
    **dict.fromkeys(OF_PAPERS, "取走时逐份记入打印记录。"),
    **dict.fromkeys(OF_CASES, "取走时记入操作日志（含本文件的 SHA-256）。"),
}
NOT_BEGUN_AFTER = timedelta(minutes=1)  # nobody is at work where a file has waited so long untouched


@require_POST
def export_ledger(request: Request, key: str) -> HttpResponseBase:
    """A ledger as it is filtered: at once if it is short, else in the background.

    Raises Http404 for no such ledger, NotYours without its permission, Refused while too many files wait.
    """
    ledger = ledger_of(request, key)
    ledger_filter = ledger.filtered(request.user, request.GET)
    if not ledger_filter.is_valid():
        return HttpResponseRedirect(f"{reverse(ledger.list_url)}?{request.GET.urlencode()}")
    arguments = {"ledger": ledger.key, "filters": dict(request.GET.lists())}
    if capped_count(ledger_filter.qs) > MAX_COUNTED:
        waiting = actions.request_file(
            by=request.user, kind=PreparedKind.LEDGER, title=ledger.title, arguments=arguments
        )
        return redirect("prepared_file", pk=waiting.pk)
    made = actions.make_file(
        by=request.user, kind=PreparedKind.LEDGER, title=ledger.title, arguments=arguments, build=make_ledger_file
    )
    return _file_of(made)


def ledger_of(request: Request, key: str) -> Ledger:
    """The ledger of a key. Raises Http404 for none, NotYours for one that the person may not open."""
    if key not in LEDGERS:
        raise Http404
    if not LEDGERS[key].is_open_to(request.user):
        raise NotYours(key)
    return LEDGERS[key]


@require_safe
def prepared_file_list(request: Request) -> HttpResponse:
    """The person's own files, the newest first."""
    own = PreparedFile.objects.filter(asked_by=request.user)
    context = {**paginate(request, own), "kept_days": actions.KEPT_DAYS}
    return render(request, "files/prepared_list.html", context)


@require_safe
def prepared_file_page(request: Request, pk: UUID) -> HttpResponse:
    """How far one file is; looked at again by itself every other second where there are scripts."""
    prepared = _own(request, pk)
    context = {
        "prepared": prepared,
        "kept_days": actions.KEPT_DAYS,
        "origin_url": _origin(prepared),
        "counted": COUNTED.get(PreparedKind(prepared.kind), "份"),
        "back": "返回原页面" if prepared.kind in OF_CASES else "返回列表",
        "logged": LOGGED.get(PreparedKind(prepared.kind), ""),
        "sha256": prepared.arguments.get("sha256", ""),
        "nobody_at_work": prepared.attempts == 0 and prepared.asked_at < clock.now() - NOT_BEGUN_AFTER,
    }
    return render(request, "files/prepared.html", context)


@require_POST
def fetch_prepared_file(request: Request, pk: UUID) -> HttpResponseBase:
    """Fetch the file. Papers in it are written into the print log, a 卷宗 into the log.

    Raises Http404 before it is ready and after it was removed, Refused if the person's posts have changed since.
    """
    prepared = _own(request, pk)
    if not prepared.file:
        raise Http404
    actions.refuse_if_rights_changed(prepared)
    answer = _file_of(prepared)
    if prepared.kind in OF_PAPERS:
        record_papers_printed(prepared)
    if prepared.kind in OF_CASES:
        record_case_file_fetched(prepared)
    return answer


def _own(request: Request, pk: UUID) -> PreparedFile:
    return get_object_or_404(PreparedFile.objects.filter(asked_by=request.user).select_related("asked_by"), pk=pk)


def _file_of(prepared: PreparedFile) -> HttpResponseBase:
    try:
        return file_answer(prepared.file, prepared.file_name, CONTENT_TYPES[PreparedKind(prepared.kind)])
    except StoredFileMissing:
        if PreparedFile.objects.filter(pk=prepared.pk).exclude(file="").exists():
            raise
        raise Http404 from None  # it was removed after its days, just now


def _origin(prepared: PreparedFile) -> str:
    """The list or the figures that the file was asked for from, as they were asked for then."""
    arguments = prepared.arguments
    if prepared.kind in OF_PAPERS:
        return reverse("document_list")
    if prepared.kind in OF_CASES:
        return page_of_subject(arguments)
    if prepared.kind == PreparedKind.STATISTICS:
        return f"{reverse('statistics')}?{urlencode(arguments)}"
    return f"{reverse(LEDGERS[arguments['ledger']].list_url)}?{urlencode(arguments['filters'], doseq=True)}"
